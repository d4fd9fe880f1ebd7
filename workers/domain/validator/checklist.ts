import { inEnglish, type Said, said } from "../../../genesis/document/said.ts";
import type { CeremonyView } from "../ceremony/ceremony-api.ts";
import { CeremonyUnreachable } from "../ceremony/door.ts";
import type { ReadinessView } from "../ceremony/words-api.ts";
import {
  attestCommand,
  beaconCommand,
  type CommandFacts,
  createValidatorCommand,
  gentxCommand,
  peerCommand,
  registerByGentxCommand,
  registerCommand,
  unjailCommand,
} from "./commands.ts";
import { gentxIn, lookAtCeremony } from "./gentx-of.ts";
import { namesOf } from "./names.ts";
import { type PeerLook, standingLook } from "./peer-look.ts";
import type { Directory, OnChain } from "./ports.ts";
import { publicProfile, type Registration } from "./registration.ts";

/** The steps, in the order in which an operator takes them. */
export const steps = [
  "registered",
  "approved",
  "account",
  "gentx",
  "peer",
  "genesis",
  "ready",
  "bonded",
  "signing",
  "unjailed",
] as const;
/** See {@link steps}. */
export type Step = (typeof steps)[number];

/** One step: what is known of it and from where, and what to type where it is open. */
export type Item = {
  readonly step: Step;
  /** `unknown`: who could tell gave no answer. `not_needed`: this operator's way doesn't lead there. */
  readonly state: "done" | "open" | "unknown" | "not_needed";
  readonly evidence: string;
  /** The evidence with its values apart. */
  readonly said: Said;
  readonly command: string | null;
};

/** What is known of an operator. `asked` is false where the ceremony gave no answer. */
export type Evidence = {
  readonly asked: boolean;
  readonly registration: Registration | null;
  readonly view: CeremonyView | null;
  readonly readiness: ReadinessView | null;
  /** Their balance of the bond denom in the genesis as it would be made now; null: not in it, or there is none. */
  readonly balance: string | null;
  /** The newest look at their node; null: none yet. */
  readonly look: PeerLook | null;
  /** Null: the chain was not asked. */
  readonly chain: OnChain | null;
};

type Judged = Omit<Item, "step">;

const most = (one: bigint, other: bigint) => (one > other ? one : other);
const least = (one: bigint, other: bigint) => (one < other ? one : other);

/** Gathers the evidence and tells an operator's checklist. */
export async function checklistOf(directory: Directory, operator: string, site: string): Promise<Item[]> {
  const { store, room, chain, looks } = directory;
  const registration = await store.one(operator);
  const look = await lookAtCeremony(room);
  const told = async <T>(question: Promise<T> | undefined): Promise<T | null> => {
    try {
      return (await question) ?? null;
    } catch (error) {
      if (error instanceof CeremonyUnreachable) return null;
      throw error;
    }
  };
  const there = look.view !== null;
  // Anybody may ask about any address: the chain's nodes are asked about those alone who are in the directory.
  const known = registration !== null || gentxIn(look, operator) !== null;
  const [readiness, balance, seen, onChain] = await Promise.all([
    told(there ? room?.readiness() : undefined),
    told(there ? room?.balance(operator) : undefined),
    registration?.state === "approved" ? looks?.of([operator]) : undefined,
    known ? chain.look(namesOf(directory.prefix, operator), registration?.profile?.consensusKey ?? null) : null,
  ]);
  const found = {
    registration,
    readiness,
    balance,
    look: registration && seen ? standingLook(registration, seen) : null,
    chain: onChain,
  };
  return judgeSteps(directory, operator, site, { ...look, ...found });
}

/** The steps by the evidence alone. */
export function judgeSteps(directory: Directory, operator: string, site: string, evidence: Evidence): Item[] {
  const { registration, view } = evidence;
  const wanted = most(BigInt(directory.binary.stake), BigInt(view?.parameters.bounds.selfDelegationMin ?? 0));
  // What is left pays fees: nobody is told to stake all that they were given, unless it is too little.
  const amount = least(wanted, registration?.allocation?.amount ?? wanted).toString();
  // Commands are as public as the profile that they quote.
  const facts = { directory, site, operator, profile: registration && publicProfile(registration), amount };
  const judge: Readonly<Record<Step, () => Judged>> = {
    registered: () => registered(facts, evidence),
    approved: () => approved(evidence),
    account: () => account(evidence, facts),
    gentx: () => gentx(facts, evidence),
    peer: () => peer(facts, evidence, directory.looks !== null),
    genesis: () => attested(facts, evidence),
    ready: () => ready(facts, evidence),
    bonded: () => bonded(facts, evidence),
    signing: () => signing(evidence),
    unjailed: () => unjailed(facts, evidence),
  };
  return steps.map((step) => ({ step, ...judge[step]() }));
}

const item = (state: Item["state"], words: Said, command: string | null = null): Judged => ({
  state,
  evidence: inEnglish(words),
  said: words,
  command,
});
const noCeremony = item("unknown", said`The ceremony gives no answer.`);
/** Why the chain tells nothing. Before the genesis time no node answers: that is no fault of any. */
function silent({ chain, view }: Evidence): Judged {
  if (chain === null) return item("unknown", said`Looked up once they are in the directory.`);
  if (view !== null && !["live", "done", "aborted"].includes(view.phase))
    return item("open", said`The chain has not started yet.`);
  return item("unknown", said`The chain gives no answer.`);
}

const proofWords: Readonly<Record<Registration["proof"], Said>> = {
  adr036: said`a wallet`,
  tx: said`the chain's binary`,
  gentx: said`a gentx`,
};

function registered(facts: CommandFacts, { registration, view, asked }: Evidence): Judged {
  if (registration !== null && registration.state !== "withdrawn")
    return item("done", said`Registered, proved by ${proofWords[registration.proof]}.`);
  const own = gentxIn({ view, asked }, facts.operator);
  if (own !== null && registration === null)
    return item("open", said`Their gentx stands in the ceremony and can register them.`, registerByGentxCommand(facts));
  return item("open", registration === null ? said`Not registered.` : said`Withdrawn.`, registerCommand(facts));
}

function approved({ registration }: Evidence): Judged {
  switch (registration?.state) {
    case "approved":
      return item("done", said`A coordinator approved it.`);
    case "pending":
      return item("open", said`A coordinator looks at it.`);
    case "rejected":
      return item("open", said`Rejected: ${registration.reason} Amend it.`);
    default:
      return item("open", said`There is nothing to approve.`);
  }
}

function account(evidence: Evidence, { directory, operator }: CommandFacts): Judged {
  const { registration, asked, balance, chain, view } = evidence;
  if (balance !== null && balance !== "0") return item("done", said`${balance}${directory.denom} in the genesis.`);
  if (gentxIn({ view, asked }, operator) !== null)
    return item("done", said`Their gentx was judged against its balance.`);
  const there = chain?.account ?? null;
  if (there === true) return item("done", said`The account is on the chain.`);
  const allocation = registration?.allocation;
  if (allocation) {
    const words = said`A coordinator granted ${allocation.amount}${allocation.denom}; it is not in the genesis yet.`;
    return item("open", words);
  }
  if (!asked) return noCeremony;
  if (view !== null && there === null) return item("open", said`The account is not in the genesis.`);
  return there === null ? silent(evidence) : item("open", said`No such account yet.`);
}

/** Whether the genesis is made without who is not in it. */
function isPast({ view }: Evidence): boolean {
  return view === null || !["draft", "accounts", "collecting"].includes(view.phase);
}

function gentx(facts: CommandFacts, evidence: Evidence): Judged {
  const { view, asked } = evidence;
  const own = gentxIn({ view, asked }, facts.operator);
  if (own !== null) return item("done", said`Accepted with power ${own.power}, SHA-256 ${own.sha256}.`);
  if (!asked) return noCeremony;
  if (isPast(evidence)) return item("not_needed", said`No gentx is taken (any more): join by create-validator.`);
  const words =
    view?.phase === "collecting" ? said`None stands in the ceremony.` : said`The ceremony does not collect yet.`;
  return item("open", words, gentxCommand(facts));
}

function peer(facts: CommandFacts, { registration, look }: Evidence, looking: boolean): Judged {
  if (!looking) return item("unknown", said`This deployment looks at nobody's node.`);
  if (registration?.state !== "approved") return item("unknown", said`Looked at once a coordinator approved them.`);
  if (!registration.profile?.peer)
    return item("not_needed", said`They named no node for others to dial: theirs has to dial others.`);
  if (look === null) return item("unknown", said`Not looked at yet: each node's turn comes by itself.`);
  const at = new Date(look.atMs).toISOString().slice(0, 16).replace("T", " ");
  return item(
    look.outcome === "reachable" ? "done" : "open",
    said`${lookWords(look, facts)} Looked at on ${at} UTC.`,
    peerCommand(facts, look.outcome),
  );
}

function lookWords({ outcome, seen, peer: text }: PeerLook, { directory: { chainId } }: CommandFacts): Said {
  const [nodeId = "", address = ""] = text.split("@");
  switch (outcome) {
    case "reachable":
      return said`At ${address} a node answers that holds the key of ${nodeId}, on ${chainId}.`;
    case "other_node":
      return said`At ${address} another node answers: ${seen}.`;
    case "other_chain":
      return said`The node at ${address} is on another chain: ${seen || said`its name is no chain id`}.`;
    case "no_answer":
      return said`At ${address} no node answers within five seconds.`;
    case "unresolved":
      return said`The name in ${address} has no address.`;
    case "refused":
      return said`${address} is no public address with a port of 1024 or more: it is not connected to.`;
  }
}

/** What keeps a step about the sealed genesis from being asked; null: nothing. */
function sealFirst({ operator }: CommandFacts, evidence: Evidence): Judged | null {
  const { view, asked, readiness } = evidence;
  if (!asked) return noCeremony;
  if (isPast(evidence) && gentxIn({ view, asked }, operator) === null)
    return item("not_needed", said`They are not in the genesis.`);
  return readiness === null ? item("open", said`No genesis is sealed yet.`) : null;
}

function attested(facts: CommandFacts, evidence: Evidence): Judged {
  const first = sealFirst(facts, evidence);
  if (first !== null) return first;
  const { readiness } = evidence;
  const held = readiness?.hashes.find(({ operators }) => operators.includes(facts.operator));
  if (held === undefined) return item("open", said`They have not attested the sealed genesis.`, attestCommand(facts));
  return held.sha256 === readiness?.sha256
    ? item("done", said`They attested ${held.sha256}.`)
    : item("open", said`They hold another genesis: ${held.sha256}.`, attestCommand(facts));
}

function ready(facts: CommandFacts, evidence: Evidence): Judged {
  const first = sealFirst(facts, evidence);
  if (first !== null) return first;
  const node = evidence.readiness?.nodes.find(({ operator }) => operator === facts.operator);
  if (node?.initChainPassed === true) return item("done", said`Node ${node.node} took it with ${node.binaryVersion}.`);
  return item(
    "open",
    node ? said`Node ${node.node} did not take it.` : said`Their node said nothing.`,
    beaconCommand(facts),
  );
}

function bonded(facts: CommandFacts, evidence: Evidence): Judged {
  const { chain, view, asked, balance } = evidence;
  if (chain === null || chain.bonded === null) return silent(evidence);
  if (chain.bonded) return item("done", said`The chain has them in the set.`);
  const inGenesis = gentxIn({ view, asked }, facts.operator) !== null;
  const words = said`The chain does not have them in the set.`;
  if (inGenesis) return item("open", words);
  // Who is not in the genesis has what the faucet pays.
  const amount =
    balance !== null && BigInt(balance) > BigInt(facts.amount) ? facts.amount : facts.directory.binary.lateStake;
  return item("open", words, createValidatorCommand({ ...facts, amount }));
}

function signing(evidence: Evidence): Judged {
  const { chain } = evidence;
  const signed = chain?.signed ?? null;
  // Of who is not in the set, or whose key nobody told, no commit can tell.
  if (signed === null) return chain?.bonded === false ? item("open", said`They are not in the set.`) : silent(evidence);
  const words = said`${signed.commits} of ${signed.of} commits looked at among the last 100 blocks.`;
  // A missed block is no fault; a tenth of them is one.
  return item(signed.of > 0 && signed.commits * 10 >= signed.of * 9 ? "done" : "open", words);
}

function unjailed(facts: CommandFacts, evidence: Evidence): Judged {
  const { chain } = evidence;
  const jailed = chain?.jailed ?? null;
  if (jailed === true) return item("open", said`Jailed.`, unjailCommand(facts));
  if (jailed === false) return item("done", said`Not jailed.`);
  return chain?.bonded === true ? item("done", said`They are in the set, so not jailed.`) : silent(evidence);
}

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

type Said = Omit<Item, "step">;

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
  const judge: Readonly<Record<Step, () => Said>> = {
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

const said = (state: Item["state"], evidence: string, command: string | null = null): Said => ({
  state,
  evidence,
  command,
});
const noCeremony = said("unknown", "The ceremony gives no answer.");
/** Why the chain tells nothing. */
const silent = (chain: OnChain | null): Said =>
  said("unknown", chain === null ? "Looked up once they are in the directory." : "The chain gives no answer.");

function registered(facts: CommandFacts, { registration, view, asked }: Evidence): Said {
  if (registration !== null && registration.state !== "withdrawn")
    return said("done", `Registered, proved by ${registration.proof}.`);
  const own = gentxIn({ view, asked }, facts.operator);
  if (own !== null && registration === null)
    return said("open", "Their gentx stands in the ceremony and can register them.", registerByGentxCommand(facts));
  return said("open", registration === null ? "Not registered." : "Withdrawn.", registerCommand(facts));
}

function approved({ registration }: Evidence): Said {
  switch (registration?.state) {
    case "approved":
      return said("done", "A coordinator approved it.");
    case "pending":
      return said("open", "A coordinator looks at it.");
    case "rejected":
      return said("open", `Rejected: ${registration.reason} Amend it.`);
    default:
      return said("open", "There is nothing to approve.");
  }
}

function account({ registration, asked, balance, chain, view }: Evidence, { directory, operator }: CommandFacts): Said {
  if (balance !== null && balance !== "0") return said("done", `${balance}${directory.denom} in the genesis.`);
  if (gentxIn({ view, asked }, operator) !== null) return said("done", "Their gentx was judged against its balance.");
  const there = chain?.account ?? null;
  if (there === true) return said("done", "The account is on the chain.");
  const allocation = registration?.allocation;
  if (allocation) {
    const words = `A coordinator granted ${allocation.amount}${allocation.denom}; it is not in the genesis yet.`;
    return said("open", words);
  }
  if (!asked) return noCeremony;
  if (view !== null && there === null) return said("open", "The account is not in the genesis.");
  return there === null ? silent(chain) : said("open", "No such account yet.");
}

/** Whether the genesis is made without who is not in it. */
function isPast({ view }: Evidence): boolean {
  return view === null || !["draft", "accounts", "collecting"].includes(view.phase);
}

function gentx(facts: CommandFacts, evidence: Evidence): Said {
  const { view, asked } = evidence;
  const own = gentxIn({ view, asked }, facts.operator);
  if (own !== null) return said("done", `Accepted with power ${own.power}, SHA-256 ${own.sha256}.`);
  if (!asked) return noCeremony;
  if (isPast(evidence)) return said("not_needed", "No gentx is taken (any more): join by create-validator.");
  const words = view?.phase === "collecting" ? "None stands in the ceremony." : "The ceremony does not collect yet.";
  return said("open", words, gentxCommand(facts));
}

function peer(facts: CommandFacts, { registration, look }: Evidence, looking: boolean): Said {
  if (!looking) return said("unknown", "This deployment looks at nobody's node.");
  if (registration?.state !== "approved") return said("unknown", "Looked at once a coordinator approved them.");
  if (!registration.profile?.peer)
    return said("not_needed", "They named no node for others to dial: theirs has to dial others.");
  if (look === null) return said("unknown", "Not looked at yet: each node's turn comes by itself.");
  const at = new Date(look.atMs).toISOString().slice(0, 16).replace("T", " ");
  return said(
    look.outcome === "reachable" ? "done" : "open",
    `${lookWords(look, facts)} Looked at on ${at} UTC.`,
    peerCommand(facts, look.outcome),
  );
}

function lookWords({ outcome, seen, peer: text }: PeerLook, { directory: { chainId } }: CommandFacts): string {
  const [nodeId, address] = text.split("@");
  switch (outcome) {
    case "reachable":
      return `At ${address} a node answers that holds the key of ${nodeId}, on ${chainId}.`;
    case "other_node":
      return `At ${address} another node answers: ${seen}.`;
    case "other_chain":
      return `The node at ${address} is on another chain: ${seen || "its name is no chain id"}.`;
    case "no_answer":
      return `At ${address} no node answers within five seconds.`;
    case "unresolved":
      return `The name in ${address} has no address.`;
    case "refused":
      return `${address} is no public address with a port of 1024 or more: it is not connected to.`;
  }
}

/** What keeps a step about the sealed genesis from being asked; null: nothing. */
function sealFirst({ operator }: CommandFacts, evidence: Evidence): Said | null {
  const { view, asked, readiness } = evidence;
  if (!asked) return noCeremony;
  if (isPast(evidence) && gentxIn({ view, asked }, operator) === null)
    return said("not_needed", "They are not in the genesis.");
  return readiness === null ? said("open", "No genesis is sealed yet.") : null;
}

function attested(facts: CommandFacts, evidence: Evidence): Said {
  const first = sealFirst(facts, evidence);
  if (first !== null) return first;
  const { readiness } = evidence;
  const held = readiness?.hashes.find(({ operators }) => operators.includes(facts.operator));
  if (held === undefined) return said("open", "They have not attested the sealed genesis.", attestCommand(facts));
  return held.sha256 === readiness?.sha256
    ? said("done", `They attested ${held.sha256}.`)
    : said("open", `They hold another genesis: ${held.sha256}.`, attestCommand(facts));
}

function ready(facts: CommandFacts, evidence: Evidence): Said {
  const first = sealFirst(facts, evidence);
  if (first !== null) return first;
  const node = evidence.readiness?.nodes.find(({ operator }) => operator === facts.operator);
  if (node?.initChainPassed === true) return said("done", `Node ${node.node} took it with ${node.binaryVersion}.`);
  return said("open", node ? `Node ${node.node} did not take it.` : "Their node said nothing.", beaconCommand(facts));
}

function bonded(facts: CommandFacts, evidence: Evidence): Said {
  const { chain, view, asked, balance } = evidence;
  if (chain === null || chain.bonded === null) return silent(chain);
  if (chain.bonded) return said("done", "The chain has them in the set.");
  const inGenesis = gentxIn({ view, asked }, facts.operator) !== null;
  const words = "The chain does not have them in the set.";
  if (inGenesis) return said("open", words);
  // Who is not in the genesis has what the faucet pays.
  const amount =
    balance !== null && BigInt(balance) > BigInt(facts.amount) ? facts.amount : facts.directory.binary.lateStake;
  return said("open", words, createValidatorCommand({ ...facts, amount }));
}

function signing({ chain }: Evidence): Said {
  const signed = chain?.signed ?? null;
  // Of who is not in the set, or whose key nobody told, no commit can tell.
  if (signed === null) return chain?.bonded === false ? said("open", "They are not in the set.") : silent(chain);
  const words = `${signed.commits} of ${signed.of} commits looked at among the last 100 blocks.`;
  // A missed block is no fault; a tenth of them is one.
  return said(signed.of > 0 && signed.commits * 10 >= signed.of * 9 ? "done" : "open", words);
}

function unjailed(facts: CommandFacts, { chain }: Evidence): Said {
  const jailed = chain?.jailed ?? null;
  if (jailed === true) return said("open", "Jailed.", unjailCommand(facts));
  if (jailed === false) return said("done", "Not jailed.");
  return chain?.bonded === true ? said("done", "They are in the set, so not jailed.") : silent(chain);
}

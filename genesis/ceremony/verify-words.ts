import { judgeAttestation, readAttestation } from "../attest/attestation.ts";
import { judgeBeacon, readBeacon } from "../attest/beacon.ts";
import { digestOf } from "../attest/digest.ts";
import type { WordFlaw } from "../attest/flaw.ts";
import type { Act } from "./act.ts";
import type { Finding } from "./download.ts";
import type { GentxFacts, GentxReader } from "./gentx-facts.ts";
import type { Replayed } from "./replay.ts";
import type { Seal } from "./state.ts";

type Attestation = Extract<Act, { kind: "attestation" }>;
type Beacon = Extract<Act, { kind: "beacon" }>;
type Contents = ReadonlyMap<string, Uint8Array>;

/**
 * Checks what operators and nodes signed against what their leaves say: the signatures, that an attestation was made
 * with the sealed file in hand, and that a beacon's node is the operator's by the words before it. Whether a nonce
 * came from the server can't be told without its secret.
 */
export function checkWords(replayed: Replayed, contents: Contents, origin: string, read: GentxReader): Finding[] {
  if (!replayed.ok || replayed.state === null) return [];
  const { seals, parameters } = replayed.state;
  const versions = seals.map((seal): Version => {
    const gentxs = gentxsOf(seal, contents, read);
    const consensusKeys = new Set([...gentxs.values()].map(({ consensusKey }) => consensusKey));
    return { seal, gentxs, consensusKeys, nodes: new Map() };
  });
  return replayed.acts.flatMap((act, index): Finding[] => {
    if (act.kind !== "attestation" && act.kind !== "beacon") return [];
    const of = versions[act.version - 1];
    const bytes = contents.get(act.content.sha256);
    // Missing content was named already; the rules let in no word on a version that was not sealed.
    if (of === undefined || bytes === undefined) return [];
    const { chainId, prefix } = parameters;
    const where = { chainId, origin, prefix };
    const wrong =
      act.kind === "attestation"
        ? wrongAttestation(act, bytes, contents.get(of.seal.genesis.sha256), where)
        : wrongBeacon(act, bytes, of, where);
    if (act.kind === "attestation") of.nodes.set(act.operator, act.node ?? null);
    const path = `content/${act.content.sha256}`;
    return wrong === null ? [] : [{ what: act.kind, index, path, message: wrong }];
  });
}

type Where = { readonly chainId: string; readonly origin: string; readonly prefix: string };
type Version = {
  readonly seal: Seal;
  readonly gentxs: ReadonlyMap<string, GentxFacts>;
  readonly consensusKeys: ReadonlySet<string>;
  /** The node that each operator's newest attestation names. */
  readonly nodes: Map<string, string | null>;
};

function gentxsOf({ gentxs }: Seal, contents: Contents, read: GentxReader): ReadonlyMap<string, GentxFacts> {
  const facts = new Map<string, GentxFacts>();
  for (const [operator, { content }] of gentxs) {
    const bytes = contents.get(content.sha256);
    const said = bytes === undefined ? null : read(bytes, 1n);
    if (said !== null) facts.set(operator, said);
  }
  return facts;
}

function wrongAttestation(
  act: Attestation,
  bytes: Uint8Array,
  genesis: Uint8Array | undefined,
  where: Where,
): string | null {
  const file = readAttestation(bytes);
  if (typeof file === "string") return `its content is no attestation: ${file}`;
  const judged = judgeAttestation(file, { ...where, operator: act.operator });
  if (!judged.ok) return told(judged.flaws);
  const { version, node, expiresSec, nonce, digest } = judged.word;
  const same = version === act.version && (node ?? undefined) === act.node && expiresSec === act.expires;
  if (!same) return `the word says otherwise: version ${version}, node ${node ?? "none"}, expires ${expiresSec}`;
  if (genesis === undefined || digestOf(nonce, genesis) === digest) return null;
  return "the word was made with another file than the sealed genesis";
}

function wrongBeacon(act: Beacon, bytes: Uint8Array, of: Version, where: Where): string | null {
  const file = readBeacon(bytes);
  if (typeof file === "string") return `its content is no beacon: ${file}`;
  const judged = judgeBeacon(file, { ...where, consensusKeys: of.consensusKeys });
  if (!judged.ok) return told(judged.flaws);
  const { facts } = judged;
  const same =
    facts.operator === act.operator &&
    facts.version === act.version &&
    facts.genesisSha256 === act.genesisSha256 &&
    facts.node === act.node &&
    facts.expiresSec === act.expires &&
    facts.initChainPassed === act.initChainPassed &&
    facts.binaryVersion === act.binaryVersion &&
    facts.clockSkewMs === act.clockSkewMs;
  if (!same) return "the beacon says otherwise";
  const tied = [of.nodes.get(act.operator), of.gentxs.get(act.operator)?.node];
  if (tied.includes(facts.node)) return null;
  return `neither an attestation nor the gentx of ${act.operator} names the node ${facts.node}`;
}

function told(flaws: readonly WordFlaw[]): string {
  return flaws.map(({ rule, message }) => `${rule}: ${message}`).join("; ");
}

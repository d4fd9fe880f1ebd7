import type { Act } from "./act.ts";
import { type Applied, allowed, counted, handInsMax, refuse } from "./applied.ts";
import type { Phase } from "./phases.ts";
import type { CeremonyState, NodeWord, Word } from "./state.ts";

/** Phases in which words are taken. */
export const wordPhases: readonly Phase[] = ["sealed", "attesting", "countdown"];

type WordAct = Extract<Act, { kind: "attestation" | "beacon" }>;

/**
 * An attestation or a beacon on the version that stands. The log is public, so anyone could send an operator's older
 * word again: only one whose nonce was asked for later is taken. An attestation that says no more than the one that
 * stands is none; a beacon may come again, since a node's clock and version change.
 */
export function applyWord(state: CeremonyState, act: WordAct, timeMs: number): Applied {
  const no = allowed(state, act, "operator:", wordPhases);
  if (no !== null) return refuse(no);
  const { standing, attestations, beacons } = state;
  if (standing === null || act.version !== standing.version) {
    return refuse({ reason: "wrong_version", expected: standing?.version ?? state.seals.length + 1 });
  }
  if (!standing.gentxs.has(act.operator)) return refuse({ reason: "not_in_genesis" });
  if (act.genesisSha256 !== standing.genesis.sha256) {
    return refuse({ reason: "wrong_hash", expected: standing.genesis.sha256 });
  }
  if (timeMs >= act.expires * 1000) return refuse({ reason: "too_late", sinceMs: act.expires * 1000 });
  const stands = (act.kind === "attestation" ? attestations : beacons).get(act.operator);
  if (stands !== undefined && saysNothingNew(act, stands)) return refuse({ reason: "nothing_changed" });
  if (stands !== undefined && act.expires <= stands.expiresSec) {
    return refuse({ reason: "word_not_newer", expiresSec: stands.expiresSec });
  }
  const handIns = counted(state, act.operator);
  if (handIns === null) return refuse({ reason: "too_many", of: "hand-ins", max: handInsMax });
  const word: Word = {
    index: state.acts,
    genesisSha256: act.genesisSha256,
    content: act.content.sha256,
    expiresSec: act.expires,
    node: act.node ?? null,
  };
  if (act.kind === "attestation") {
    return { ok: true, state: { ...state, handIns, attestations: new Map(attestations).set(act.operator, word) } };
  }
  const { initChainPassed, binaryVersion, clockSkewMs } = act;
  const said: NodeWord = { ...word, initChainPassed, binaryVersion, clockSkewMs };
  return { ok: true, state: { ...state, handIns, beacons: new Map(beacons).set(act.operator, said) } };
}

function saysNothingNew(act: WordAct, stands: Word): boolean {
  if (act.content.sha256 === stands.content) return true;
  return act.kind === "attestation" && (act.node ?? null) === stands.node;
}

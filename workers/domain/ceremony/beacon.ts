import { judgeBeacon, readBeaconRequest, writeBeacon } from "../../../genesis/attest/beacon.ts";
import type { BeaconFacts } from "../../../genesis/attest/beacon-text.ts";
import { flaw } from "../../../genesis/attest/flaw.ts";
import type { Seal } from "../../../genesis/ceremony/state.ts";
import type { Seat } from "../../../genesis/gentx/seat.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { keepDissent, wrongFile } from "./attest.ts";
import { checkChallenge, standingNow } from "./challenge-of.ts";
import type { Intake } from "./hand-in.ts";
import { takeWord } from "./take-word.ts";
import { type AskedWord, refusedWord } from "./word-refusals.ts";
import type { WordTaken } from "./words-api.ts";

/**
 * Takes a node's beacon. It counts as its operator's only when both say so: the beacon names the operator, and the
 * operator's attestation or gentx names the node. One on another file than the sealed one is kept as a warning.
 */
export async function takeBeacon(intake: Intake, body: Uint8Array): Promise<AskedWord<WordTaken>> {
  const file = readBeaconRequest(body);
  if (typeof file === "string") {
    return refusedWord({ reason: "word_refused", flaws: [flaw("file", [file])] });
  }
  const stands = standingNow(intake);
  if (!stands.ok) return stands;
  const seal = stands.value;
  const seats = await intake.parts.sealed(seal);
  const consensusKeys = new Set([...seats.values()].map(({ consensusKey }) => consensusKey));
  const { chainId } = seal.parameters;
  const judged = judgeBeacon(file, { chainId, origin: intake.ports.key.name, consensusKeys });
  if (!judged.ok) return refusedWord({ reason: "word_refused", flaws: judged.flaws });
  const { facts } = judged;
  if (!seats.has(facts.operator)) return refusedWord({ reason: "act_forbidden", why: { reason: "not_in_genesis" } });
  const answered = checkChallenge(intake, seal, { ...facts, action: "beacon" });
  if (!answered.ok) return answered;
  const tied = () => checkTie(intake, facts, seats);
  const tie = tied();
  if (!tie.ok) return tie;
  if (facts.genesisSha256 !== seal.genesis.sha256) {
    keepDissent(intake, seal, facts.operator, facts.genesisSha256);
    return wrongFile(seal);
  }
  const bytes = writeBeacon(file);
  return takeWord(intake, actOf(facts, seal, bytes), bytes, tied);
}

function actOf(facts: BeaconFacts, { version, genesis }: Seal, bytes: Uint8Array) {
  const { operator, node, expiresSec, initChainPassed, binaryVersion, clockSkewMs } = facts;
  return {
    kind: "beacon",
    actor: `operator:${operator}`,
    operator,
    version,
    genesisSha256: genesis.sha256,
    content: { sha256: sha256Hex(bytes), size: bytes.length },
    expires: expiresSec,
    node,
    initChainPassed,
    binaryVersion,
    clockSkewMs,
  } as const;
}

function checkTie(
  { journal }: Intake,
  { operator, node }: BeaconFacts,
  seats: ReadonlyMap<string, Seat>,
): AskedWord<null> {
  const named = [journal.state?.attestations.get(operator)?.node, seats.get(operator)?.peer?.nodeId];
  return named.includes(node) ? { ok: true, value: null } : refusedWord({ reason: "node_not_tied", operator, node });
}

import type { Word } from "../../../genesis/ceremony/state.ts";
import { receiptOf } from "../../../genesis/log/log.ts";
import type { ReceiptView } from "./ceremony-api.ts";
import type { Intake } from "./hand-in.ts";
import type { NewAct } from "./journal.ts";
import { viewReceipt } from "./views.ts";
import { type AskedWord, refusedWord, type WordRefusal } from "./word-refusals.ts";
import type { WordTaken } from "./words-api.ts";

type WordAct = Extract<NewAct, { kind: "attestation" | "beacon" }>;

/**
 * Stores and logs a word that was judged. One that says nothing new is answered by the receipt of the one that stands.
 * `stillHolds` is asked again after the bytes were stored: what the word hangs on may have changed meanwhile.
 */
export async function takeWord(
  intake: Intake,
  act: WordAct,
  bytes: Uint8Array,
  stillHolds: () => AskedWord<null>,
): Promise<AskedWord<WordTaken>> {
  const { ports, journal } = intake;
  const allowed = journal.allows(act);
  if (!allowed.ok) return again(intake, act, allowed.refusal);
  await ports.contents.put(bytes);
  const holds = stillHolds();
  if (!holds.ok) return holds;
  const added = journal.add(act);
  return added.ok ? taken(act, added.value) : again(intake, act, added.refusal);
}

/** The answer to a word that stands already. */
export function takenBefore({ ports }: Intake, act: Spoken, { index }: Word): AskedWord<WordTaken> {
  return taken(act, viewReceipt(receiptOf(ports.store, index, ports.key)));
}

type Spoken = Pick<WordAct, "operator" | "version" | "genesisSha256" | "node">;

function again(intake: Intake, act: WordAct, refusal: WordRefusal): AskedWord<WordTaken> {
  const nothingNew = refusal.reason === "act_forbidden" && refusal.why.reason === "nothing_changed";
  const { state } = intake.journal;
  const stands = (act.kind === "attestation" ? state?.attestations : state?.beacons)?.get(act.operator);
  return nothingNew && stands !== undefined ? takenBefore(intake, act, stands) : refusedWord(refusal);
}

function taken({ operator, version, genesisSha256, node }: Spoken, receipt: ReceiptView): AskedWord<WordTaken> {
  return { ok: true, value: { operator, version, genesisSha256, node: node ?? null, receipt } };
}

import { consistencyFrom, currentCheckpoint, readTile, receiptOf } from "../../../genesis/log/log.ts";
import { parseTilePath } from "../../../genesis/log/tiles.ts";
import type { AuditRow } from "../claim/operator-records.ts";
import type { Acted, CeremonyView, CoordinatorAct, HandedIn, Preview, ReceiptView } from "./ceremony-api.ts";
import { coordinate, preview } from "./coordinate.ts";
import { checkGentx, handInGentx, type Intake } from "./hand-in.ts";
import { Journal } from "./journal.ts";
import { PartsCache } from "./parts-cache.ts";
import type { CeremonyPolicy, CeremonyPorts } from "./ports.ts";
import type { Asked } from "./refusals.ts";
import { viewCeremony, viewReceipt } from "./views.ts";

/** One network's ceremony: the single writer of its log. Everything that it knows follows from log and contents. */
export class CeremonyRoom {
  readonly #intake: Intake;
  readonly #policy: CeremonyPolicy;

  constructor(ports: CeremonyPorts, policy: CeremonyPolicy) {
    this.#intake = { ports, journal: new Journal(ports), parts: new PartsCache(ports.contents) };
    this.#policy = policy;
  }

  /** Where the ceremony stands; null before its creation. */
  view(): CeremonyView | null {
    const { ports, journal } = this.#intake;
    return journal.state && viewCeremony(journal.state, ports.store.refusals(), ports.key);
  }

  /** See `CeremonyApi.check`. */
  check(gentx: Uint8Array): Promise<Asked<Omit<HandedIn, "receipt">>> {
    return checkGentx(this.#intake, gentx);
  }

  /** See `CeremonyApi.handIn`. */
  handIn(gentx: Uint8Array): Promise<Asked<HandedIn>> {
    return handInGentx(this.#intake, gentx);
  }

  /** See `CeremonyApi.act`. */
  act(actor: string, act: CoordinatorAct): Promise<Asked<Acted>> {
    return coordinate(this.#intake, this.#policy, actor, act);
  }

  /** See `CeremonyApi.preview`. */
  preview(): Promise<Asked<Preview>> {
    return preview(this.#intake);
  }

  /**
   * Makes the move that time or the gate allows, if any: the clock is a mover like a coordinator, and its move is an
   * act in the log. Answers when to look again; null: nothing waits for time.
   */
  tick(): number | null {
    const { journal, ports } = this.#intake;
    for (const [from, to] of [
      ["attesting", "countdown"],
      ["countdown", "live"],
    ] as const) {
      if (journal.state?.phase === from) journal.add({ kind: "phase", actor: "clock", from, to });
    }
    const { state } = journal;
    if (state?.phase !== "attesting" && state?.phase !== "countdown") return null;
    const genesisMs = Date.parse(state.parameters.genesisTime);
    const nowMs = ports.nowMs();
    return state.phase === "countdown" && genesisMs > nowMs ? Math.min(genesisMs, nowMs + hourMs) : nowMs + minuteMs;
  }

  /** A file of the log. Of contents only those that a leaf names: what was stored and not logged is nobody's. */
  async logFile(path: string): Promise<Uint8Array | null> {
    const { ports, journal } = this.#intake;
    if (journal.state === null) return null;
    if (path === "checkpoint") return new TextEncoder().encode(currentCheckpoint(ports.store, ports.key));
    const [, sha256] = /^content\/([0-9a-f]{64})$/.exec(path) ?? [];
    if (sha256 !== undefined) return journal.names(sha256) ? ports.contents.get(sha256) : null;
    const tile = parseTilePath(path);
    return tile === null ? null : readTile(ports.store, tile);
  }

  /** The receipt of a leaf in the log as it stands; null: there is no such leaf. */
  receipt(index: number): ReceiptView | null {
    const { store, key } = this.#intake.ports;
    const there = Number.isSafeInteger(index) && index >= 0 && index < store.size();
    return there ? viewReceipt(receiptOf(store, index, key)) : null;
  }

  /** The proof that the log begins with its first `old` leaves; null: it has fewer. */
  consistency(old: number): readonly Uint8Array[] | null {
    const { store } = this.#intake.ports;
    return Number.isSafeInteger(old) && old >= 0 && old <= store.size() ? consistencyFrom(store, old) : null;
  }

  /** What was done, newest first. */
  audit(before: number | null, limit: number): AuditRow[] {
    return this.#intake.ports.store.audit(before, limit);
  }
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

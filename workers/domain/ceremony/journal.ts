import { type Act, contentsOf, writeAct } from "../../../genesis/ceremony/act.ts";
import { applyAct } from "../../../genesis/ceremony/apply.ts";
import { replay } from "../../../genesis/ceremony/replay.ts";
import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import { appendLeaf } from "../../../genesis/log/log.ts";
import type { ReceiptView } from "./ceremony-api.ts";
import type { CeremonyPorts } from "./ports.ts";
import { type Asked, refused } from "./refusals.ts";
import { viewReceipt } from "./views.ts";

type Unheaded<A> = A extends Act ? Omit<A, "v" | "time"> : never;
/** An act before it is given its time. */
export type NewAct = Unheaded<Act>;

/**
 * The log and the state that follows from it. The log is the only truth: the state is read from it when the object
 * wakes, so the two can't come apart.
 */
export class Journal {
  readonly #ports: CeremonyPorts;
  /** Contents that leaves name: what may be read by anyone. */
  readonly #named = new Set<string>();
  #state: CeremonyState | null;

  constructor(ports: CeremonyPorts) {
    this.#ports = ports;
    const { store } = ports;
    const replayed = replay(leavesOf(store));
    if (!replayed.ok) throw new Error(`leaf ${replayed.index} of the log can't be replayed: ${replayed.message}`);
    this.#state = replayed.state;
    for (const act of replayed.acts) this.#name(act);
  }

  /** Where the ceremony stands; null before its creation. */
  get state(): CeremonyState | null {
    return this.#state;
  }

  /** Whether a leaf names this content. */
  names(sha256: string): boolean {
    return this.#named.has(sha256);
  }

  /** Whether an act would be taken now. Nothing is kept. */
  allows(act: NewAct): Asked<null> {
    const applied = applyAct(this.#state, this.#timed(act));
    return applied.ok ? { ok: true, value: null } : refused({ reason: "act_forbidden", why: applied.refusal });
  }

  /** Judges an act by the rules and logs it, with its audit row, in one step without an await. */
  add(act: NewAct): Asked<ReceiptView> {
    const { store, key, newId, log } = this.#ports;
    const timed = this.#timed(act);
    const applied = applyAct(this.#state, timed);
    if (!applied.ok) return refused({ reason: "act_forbidden", why: applied.refusal });
    const receipt = store.atomically(() => {
      const made = appendLeaf(store, writeAct(timed), key);
      const detail = JSON.stringify({ leaf: made.index, phase: applied.state.phase });
      const subject = "operator" in timed ? timed.operator : "ceremony";
      store.addAudit({
        id: newId(),
        atMs: Date.parse(timed.time),
        actor: timed.actor,
        act: timed.kind,
        subject,
        detail,
      });
      return made;
    });
    this.#state = applied.state;
    this.#name(timed);
    log("ceremony_act", { kind: timed.kind, leaf: receipt.index, phase: applied.state.phase });
    return { ok: true, value: viewReceipt(receipt) };
  }

  /** Server time decides, and never runs backwards in a log even where a clock does. */
  #timed(act: NewAct): Act {
    const ms = Math.max(this.#ports.nowMs(), this.#state?.timeMs ?? 0);
    return { v: 1, time: new Date(ms).toISOString(), ...act } as Act;
  }

  #name(act: Act): void {
    for (const { sha256 } of contentsOf(act)) this.#named.add(sha256);
  }
}

function* leavesOf(store: CeremonyPorts["store"]): Generator<Uint8Array> {
  for (let index = 0; index < store.size(); index += 1) yield store.leaf(index);
}

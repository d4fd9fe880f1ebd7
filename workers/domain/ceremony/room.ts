import { consistencyFrom, currentCheckpoint, readTile, receiptOf } from "../../../genesis/log/log.ts";
import { parseTilePath } from "../../../genesis/log/tiles.ts";
import type { AuditRow } from "../claim/operator-records.ts";
import { attest } from "./attest.ts";
import { takeBeacon } from "./beacon.ts";
import type {
  Acted,
  CeremonyView,
  ConsistencyView,
  CoordinatorAct,
  HandedIn,
  Preview,
  ReceiptView,
  Review,
  SealedGenesis,
} from "./ceremony-api.ts";
import { challengeOf } from "./challenge-of.ts";
import { type Chair, coordinate } from "./coordinate.ts";
import { checkGentx, handInGentx } from "./hand-in.ts";
import { Journal } from "./journal.ts";
import { type LaunchFacts, launchFacts } from "./launch.ts";
import { PartsCache } from "./parts-cache.ts";
import type { CeremonyPolicy, CeremonyPorts } from "./ports.ts";
import { Previews } from "./preview.ts";
import { viewReadiness } from "./readiness.ts";
import type { Asked } from "./refusals.ts";
import { hexOf, viewCeremony, viewReceipt } from "./views.ts";
import type { AskedWord } from "./word-refusals.ts";
import type { ReadinessView, WordChallenge, WordTaken } from "./words-api.ts";

/** Gentxs and words that may wait for their turn: at most some seconds, and 16 MiB. */
const lineMax = 500;

/** One network's ceremony: the single writer of its log. Everything that it knows follows from log and contents. */
export class CeremonyRoom {
  readonly #chair: Chair;
  /** What is handed in is taken one behind the other: judged against what came before it, once. */
  #line: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(ports: CeremonyPorts, policy: CeremonyPolicy) {
    const intake = { ports, journal: new Journal(ports), parts: new PartsCache(ports.contents) };
    this.#chair = { ...intake, policy, previews: new Previews(intake) };
  }

  /** Where the ceremony stands; null before its creation. */
  async view(): Promise<CeremonyView | null> {
    const { ports, journal, parts } = this.#chair;
    const { state } = journal;
    return state && viewCeremony(state, await parts.monikers(state), ports);
  }

  /** See `CeremonyRoomApi.check`. */
  check(gentx: Uint8Array): Promise<Asked<Omit<HandedIn, "receipt">>> {
    return checkGentx(this.#chair, gentx);
  }

  /** See `CeremonyRoomApi.handIn`. */
  async handIn(gentx: Uint8Array): Promise<Asked<HandedIn>> {
    return this.#inLine(() => handInGentx(this.#chair, gentx));
  }

  /** See `CeremonyRoomApi.act`. */
  act(actor: string, act: CoordinatorAct): Promise<Asked<Acted>> {
    return coordinate(this.#chair, actor, act);
  }

  /** See `CeremonyRoomApi.preview`. */
  preview(): Promise<Asked<Preview>> {
    return this.#chair.previews.preview();
  }

  /** See `CeremonyRoomApi.review`. */
  review(): Promise<Asked<Review>> {
    return this.#chair.previews.review();
  }

  /** The sealed genesis of a version, or the one that stands; null: there is none. */
  async genesis(version: number | null): Promise<SealedGenesis | null> {
    const { ports, journal } = this.#chair;
    const { seals = [], standing = null } = journal.state ?? {};
    const seal = version === null ? standing : seals.find((one) => one.version === version);
    if (!seal) return null;
    const { sha256 } = seal.genesis;
    const genesis = await ports.contents.get(sha256);
    if (genesis === null) throw new Error(`the genesis ${sha256} was sealed and is not in the store`);
    return { version: seal.version, sha256, genesis };
  }

  /** See `CeremonyWordsApi.challenge`. */
  challenge(operator: string): AskedWord<WordChallenge> {
    return challengeOf(this.#chair, operator);
  }

  /** See `CeremonyWordsApi.attest`. */
  attest(operator: string, body: Uint8Array): Promise<AskedWord<WordTaken>> {
    return this.#inLine(() => attest(this.#chair, operator, body));
  }

  /** See `CeremonyWordsApi.beacon`. */
  beacon(body: Uint8Array): Promise<AskedWord<WordTaken>> {
    return takeBeacon(this.#chair, body);
  }

  /** See `CeremonyWordsApi.readiness`. */
  readiness(): ReadinessView | null {
    const { ports, journal } = this.#chair;
    return journal.state && viewReadiness(journal.state, ports);
  }

  /** What the launch of the version that stands is held against; null: none stands. */
  async launchFacts(): Promise<LaunchFacts | null> {
    const { journal, parts } = this.#chair;
    return journal.state && launchFacts(journal.state, parts);
  }

  /**
   * Makes the move that time or the gate allows, if any: the clock is a mover like a coordinator, and its move is an
   * act in the log. Answers when to look again; null: nothing waits for time.
   */
  tick(): number | null {
    const { journal, ports } = this.#chair;
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
    const { ports, journal } = this.#chair;
    if (journal.state === null) return null;
    if (path === "checkpoint") return new TextEncoder().encode(currentCheckpoint(ports.store, ports.key));
    const [, sha256] = /^content\/([0-9a-f]{64})$/.exec(path) ?? [];
    if (sha256 !== undefined) return journal.names(sha256) ? ports.contents.get(sha256) : null;
    const tile = parseTilePath(path);
    return tile === null ? null : readTile(ports.store, tile);
  }

  /** See `CeremonyRoomApi.balance`. */
  async balance(address: string): Promise<string | null> {
    const { journal, parts } = this.#chair;
    const { state } = journal;
    if (state?.base == null) return null;
    const { balances } = await parts.facts(state);
    return balances.get(address)?.get(state.parameters.denom)?.toString() ?? null;
  }

  /** The receipt of a leaf in the log as it stands; null: there is no such leaf. */
  receipt(index: number): ReceiptView | null {
    const { store, key } = this.#chair.ports;
    const there = Number.isSafeInteger(index) && index >= 0 && index < store.size();
    return there ? viewReceipt(receiptOf(store, index, key)) : null;
  }

  /** The proof that the log begins with its first `old` leaves; null: it has fewer. */
  consistency(old: number): ConsistencyView | null {
    const { store, key } = this.#chair.ports;
    if (!Number.isSafeInteger(old) || old < 1 || old > store.size()) return null;
    return { proof: consistencyFrom(store, old).map(hexOf), checkpoint: currentCheckpoint(store, key) };
  }

  async #inLine<T>(take: () => Promise<T>): Promise<T | { ok: false; refusal: { reason: "ceremony_busy" } }> {
    if (this.#waiting >= lineMax) return { ok: false, refusal: { reason: "ceremony_busy" } };
    this.#waiting += 1;
    const turn = this.#line.then(take);
    this.#line = turn.catch(() => undefined);
    return turn.finally(() => {
      this.#waiting -= 1;
    });
  }

  /** What was done, newest first. */
  audit(before: number | null, limit: number): AuditRow[] {
    return this.#chair.ports.store.audit(before, limit);
  }
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

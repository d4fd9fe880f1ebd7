import { ChainUnreachable } from "../../domain/chain/driver.ts";
import type { Log } from "../../domain/claim/ports.ts";
import { type CosmosNode, NodeFailed, type NodeStatus } from "./node.ts";

/** How long an endpoint of another chain is left alone. */
const FOREIGN_MS = 60_000;

/** One endpoint and what is known of it. */
export type Seat = {
  readonly node: CosmosNode;
  /** Its status named our chain since it last failed. */
  known: boolean;
  foreignUntilMs: number;
};

/** What asking one endpoint gave: its answer, or why there is none. */
export type Attempt<T> = { readonly answer: T } | { readonly failure: string };

/**
 * A chain's endpoints. One is preferred and stays so while it answers; when it fails, the others are tried in
 * turn, each once at most. An endpoint whose status names another chain is passed over.
 */
export class Endpoints {
  readonly #chainId: string;
  readonly #seats: readonly Seat[];
  readonly #nowMs: () => number;
  readonly #log: Log;
  #preferred = 0;

  constructor(chainId: string, nodes: readonly CosmosNode[], nowMs: () => number, log: Log) {
    if (nodes.length === 0) throw new Error(`${chainId} has no endpoint`);
    this.#chainId = chainId;
    this.#seats = nodes.map((node) => ({ node, known: false, foreignUntilMs: 0 }));
    this.#nowMs = nowMs;
    this.#log = log;
  }

  /** The preferred one first, then the others in turn. */
  inOrder(): Seat[] {
    return [...this.#seats.slice(this.#preferred), ...this.#seats.slice(0, this.#preferred)];
  }

  /** Makes this endpoint the one that is asked first. */
  prefer(seat: Seat): void {
    const index = this.#seats.indexOf(seat);
    if (index === this.#preferred) return;
    this.#log("endpoint_changed", { chain: this.#chainId, to: seat.node.name });
    this.#preferred = index;
  }

  /** Asks one endpoint, after its chain id was checked. Never throws {@link NodeFailed}. */
  async attempt<T>(seat: Seat, ask: (node: CosmosNode) => Promise<T>): Promise<Attempt<T>> {
    if (seat.foreignUntilMs > this.#nowMs()) return failed(seat, "is of another chain");
    try {
      if (!seat.known && !this.#recognise(seat, await seat.node.status())) return failed(seat, "is of another chain");
      return { answer: await ask(seat.node) };
    } catch (error) {
      if (!(error instanceof NodeFailed)) throw error;
      seat.known = false;
      this.#log("endpoint_failed", { chain: this.#chainId, endpoint: seat.node.name, reason: error.message });
      return failed(seat, error.message);
    }
  }

  /** An endpoint's status; recognises its chain anew. */
  async status(seat: Seat): Promise<Attempt<NodeStatus>> {
    // The answer itself tells the chain, so it need not be asked for twice.
    seat.known = true;
    const attempt = await this.attempt(seat, (node) => node.status());
    if ("failure" in attempt) return attempt;
    return this.#recognise(seat, attempt.answer) ? attempt : failed(seat, "is of another chain");
  }

  /** The first answer in order; its endpoint is preferred from now on. Throws {@link ChainUnreachable}. */
  async ask<T>(what: string, ask: (node: CosmosNode) => Promise<T>): Promise<T> {
    const failures: string[] = [];
    for (const seat of this.inOrder()) {
      const attempt = await this.attempt(seat, ask);
      if ("answer" in attempt) {
        this.prefer(seat);
        return attempt.answer;
      }
      failures.push(attempt.failure);
    }
    throw this.unreachable(what, failures);
  }

  /** Like {@link ask}, but an endpoint that has nothing does not keep the next from being asked; null: none has it. */
  async askUntil<T>(what: string, ask: (node: CosmosNode) => Promise<T | null>): Promise<T | null> {
    const seats = this.inOrder();
    const failures: string[] = [];
    for (const seat of seats) {
      const attempt = await this.attempt(seat, ask);
      if ("failure" in attempt) failures.push(attempt.failure);
      else if (attempt.answer !== null) return attempt.answer;
    }
    if (failures.length === seats.length) throw this.unreachable(what, failures);
    return null;
  }

  /** One error that names what each endpoint did. */
  unreachable(what: string, failures: readonly string[]): ChainUnreachable {
    return new ChainUnreachable(`${this.#chainId}: no endpoint gave ${what} (${failures.join("; ")})`);
  }

  #recognise(seat: Seat, status: NodeStatus): boolean {
    seat.known = status.chainId === this.#chainId;
    if (seat.known) return true;
    seat.foreignUntilMs = this.#nowMs() + FOREIGN_MS;
    const endpoint = seat.node.name;
    this.#log("endpoint_of_another_chain", { chain: this.#chainId, endpoint, shows: status.chainId.slice(0, 64) });
    return false;
  }
}

function failed(seat: Seat, why: string): { failure: string } {
  return { failure: `${seat.node.name}: ${why}` };
}

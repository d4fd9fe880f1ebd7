import type { AssemblyParts } from "../../../genesis/ceremony/assembler.ts";
import { readSeat } from "../../../genesis/ceremony/gentx-facts.ts";
import { factsOfParts } from "../../../genesis/ceremony/judge-context.ts";
import type { CeremonyState, Seal } from "../../../genesis/ceremony/state.ts";
import type { GenesisFacts } from "../../../genesis/gentx/genesis-facts.ts";
import type { Seat } from "../../../genesis/gentx/seat.ts";
import type { ContentStore } from "../../../genesis/log/storage.ts";

/**
 * What judging needs of the parts, read once: a base genesis may be large, and gentxs come in bursts. All of it
 * follows from content that never changes under its name.
 */
export class PartsCache {
  readonly #contents: ContentStore;
  readonly #seats = new Map<string, Seat>();
  #facts: { readonly of: string; readonly facts: GenesisFacts } | null = null;

  constructor(contents: ContentStore) {
    this.#contents = contents;
  }

  /** The facts of the base genesis with its allocations. Throws `BrokenPart`. */
  async facts(state: CeremonyState): Promise<GenesisFacts> {
    const of = `${state.base?.sha256} ${state.allocations?.content.sha256}`;
    if (this.#facts?.of !== of) this.#facts = { of, facts: factsOfParts(await this.#accounts(state)) };
    return this.#facts.facts;
  }

  /** The seats of the gentxs that stand, without this operator's. */
  async others(state: CeremonyState, operator: string | null): Promise<Seat[]> {
    const seats: Seat[] = [];
    for (const [other, { content }] of state.gentxs) {
      if (other === operator) continue;
      seats.push(await this.#seat(content.sha256, BigInt(state.parameters.powerReduction)));
    }
    return seats;
  }

  /** The monikers of the gentxs that stand, by the content's SHA-256. */
  async monikers(state: CeremonyState): Promise<Map<string, string>> {
    const named = new Map<string, string>();
    for (const { content } of state.gentxs.values()) {
      const { moniker } = await this.#seat(content.sha256, BigInt(state.parameters.powerReduction));
      named.set(content.sha256, moniker);
    }
    return named;
  }

  /** The seats in a sealed genesis, by operator. */
  async sealed({ gentxs, parameters }: Seal): Promise<ReadonlyMap<string, Seat>> {
    const seats = new Map<string, Seat>();
    for (const [operator, { content }] of gentxs) {
      seats.set(operator, await this.#seat(content.sha256, BigInt(parameters.powerReduction)));
    }
    return seats;
  }

  /** The bytes of a sealed genesis. They are not kept: they may be many. */
  genesis({ genesis }: Seal): Promise<Uint8Array> {
    return this.#read(genesis.sha256);
  }

  /** All bytes that a genesis is made of. */
  async parts(state: CeremonyState): Promise<AssemblyParts> {
    const gentxs = new Map<string, Uint8Array>();
    for (const [operator, { content }] of state.gentxs) gentxs.set(operator, await this.#read(content.sha256));
    return { ...(await this.#accounts(state)), gentxs };
  }

  async #accounts({ base, allocations, parameters }: CeremonyState) {
    const bytes = base === null ? new Uint8Array() : await this.#read(base.sha256);
    const list = allocations && { bytes: await this.#read(allocations.content.sha256), format: allocations.format };
    return { parameters, base: bytes, allocations: list };
  }

  async #seat(sha256: string, powerReduction: bigint): Promise<Seat> {
    const known = this.#seats.get(sha256);
    if (known !== undefined) return known;
    const read = readSeat(await this.#read(sha256), powerReduction);
    if (read === null) throw new Error(`the gentx ${sha256} was taken and can't be read`);
    this.#seats.set(sha256, read.seat);
    return read.seat;
  }

  async #read(sha256: string): Promise<Uint8Array> {
    const bytes = await this.#contents.get(sha256);
    if (bytes === null) throw new Error(`the content ${sha256} is named by the log and not in the store`);
    return bytes;
  }
}

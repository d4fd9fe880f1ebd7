import { describe, expect, it } from "vitest";
import type { Desk } from "../../workers/domain/claim/memory.ts";
import type { DispenserPolicy } from "../../workers/domain/claim/ports.ts";
import type { BatchState, Halt } from "../../workers/domain/claim/records.ts";
import type { ClaimRefusal } from "../../workers/domain/claim/refusals.ts";
import { reserve } from "../../workers/domain/claim/reserve.ts";
import type { Coin } from "../../workers/domain/shared/coin.ts";
import type { MemoryStore } from "../simulation/memory-store.ts";
import { BLOCKED } from "../simulation/sim-chain.ts";
import { Bench } from "./bench.ts";
import { batchRow, request } from "./rows.ts";

const NOW = 1_750_000_000_000;
const COOLDOWN_MS = 60_000;
const DRIPS = [
  { denom: "uatom", amount: 3n },
  { denom: "upaw", amount: 10n },
];

type Asked = Partial<Parameters<typeof reserve>[1]>;

/** The counter at which claims are asked for. The chain is never asked. */
class Counter {
  readonly bench: Bench;
  readonly desk: Desk;

  constructor(over: Partial<DispenserPolicy> = {}) {
    this.bench = new Bench({ drips: DRIPS, cooldownMs: COOLDOWN_MS, feeReserve: [], ...over });
    this.desk = this.bench.desk;
  }

  get store(): MemoryStore {
    return this.bench.store;
  }

  ask(address: string, asked: Asked = {}, held: readonly Coin[] | null = null) {
    return reserve(this.desk, request(address, asked), held);
  }

  /** The refusal, or null where the claim was taken. */
  refusal(address: string, asked: Asked = {}, held: readonly Coin[] | null = null): ClaimRefusal | null {
    const reserved = this.ask(address, { id: `again-${address}`, ...asked }, held);
    return reserved.ok ? null : reserved.refusal;
  }

  /** All that stands in line goes into one batch that ends like this. */
  settle(state: BatchState, code: string | null = null): void {
    const [from, to] = [this.store.state().fresh, this.store.lastSeq()];
    this.store.save({ fresh: to + 1 });
    this.store.addBatch(batchRow(from, to, { state, code }));
  }
}

describe("a claim that is taken", () => {
  it("is stored with its place, its coins and its time, before the answer", () => {
    const counter = new Counter();
    expect(counter.ask("paw1a", { id: "id-a" })).toEqual({
      ok: true,
      repeated: false,
      claim: {
        id: "id-a",
        chainId: counter.desk.policy.chainId,
        address: "paw1a",
        state: "queued",
        queuePosition: 1,
        drips: DRIPS,
        createdAtMs: NOW,
        updatedAtMs: NOW,
      },
    });
    const row = {
      id: "id-a",
      recipient: "paw1a",
      coins: DRIPS,
      epoch: 1,
      createdAtMs: NOW,
      route: "open",
      credential: null,
      seq: 1,
    };
    expect(counter.store.claimById("id-a")).toEqual(row);
  });

  it("pays only the tokens that it chose, each once", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a", denoms: ["upaw", "upaw"] });
    expect(counter.store.claimById("id-a")?.coins).toEqual([DRIPS[1]]);
  });
});

describe("the same id again", () => {
  it("answers the first claim, as it stands now, and stores nothing", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    counter.settle("paid");
    counter.bench.nowMs += 5;
    expect(counter.ask("paw1a", { id: "id-a" })).toMatchObject({
      ok: true,
      repeated: true,
      claim: { id: "id-a", state: "confirmed", createdAtMs: NOW },
    });
    expect(counter.store.lastSeq()).toBe(1);
  });

  it("answers the first claim also where a new one would be refused: halted, empty, full", () => {
    const counter = new Counter({ queueMax: 1 });
    counter.ask("paw1a", { id: "id-a" });
    counter.store.save({ balance: [], balanceAtMs: NOW, halt: HALT });
    expect(counter.ask("paw1a", { id: "id-a" })).toMatchObject({ ok: true, repeated: true });
  });

  it("takes naming every token for the same as naming none", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    expect(counter.ask("paw1a", { id: "id-a", denoms: ["upaw", "uatom"] })).toMatchObject({ ok: true, repeated: true });
  });

  it.each([
    ["another address", "paw1b", []],
    ["fewer tokens", "paw1a", ["upaw"]],
  ])("is idempotency_key_reused with %s", (_, address, denoms) => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    expect(counter.refusal(address, { id: "id-a", denoms: denoms })).toEqual({ reason: "idempotency_key_reused" });
  });

  it("is idempotency_key_reused with more tokens", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a", denoms: ["upaw"] });
    expect(counter.refusal("paw1a", { id: "id-a" })).toEqual({ reason: "idempotency_key_reused" });
  });
});

describe("an allowance", () => {
  it.each<[string, BatchState | null]>([
    ["waits in line", null],
    ["is on its way", "pending"],
    ["waits for another batch after one that died", "dead"],
    ["waits for another batch after one that failed", "failed"],
  ])("is claim_open while the last claim %s, however long ago", (_, state) => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    if (state) counter.settle(state);
    counter.bench.nowMs += 10 * COOLDOWN_MS;
    expect(counter.refusal("paw1a")).toEqual({ reason: "claim_open", claimId: "id-a" });
  });

  it("is cooldown_active from the claim's time on, and says to the millisecond when it ends", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    counter.settle("paid");
    const refusal = { reason: "cooldown_active", claimId: "id-a", retryAtMs: NOW + COOLDOWN_MS };
    counter.bench.nowMs = NOW + COOLDOWN_MS - 1;
    expect(counter.refusal("paw1a")).toEqual(refusal);
    counter.bench.nowMs = NOW + COOLDOWN_MS;
    expect(counter.refusal("paw1a")).toBeNull();
  });

  it("comes back at once when its claim failed for good", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    counter.settle("failed", "recipient_refused");
    expect(counter.refusal("paw1a")).toBeNull();
    expect(counter.refusal("paw1a", { id: "third" })).toEqual({ reason: "claim_open", claimId: "again-paw1a" });
  });

  it("is counted apart in each epoch and for each recipient", () => {
    const counter = new Counter();
    counter.ask("paw1a", { id: "id-a" });
    expect(counter.refusal("paw1b")).toBeNull();
    counter.store.save({ epoch: 2 });
    expect(counter.refusal("paw1a")).toBeNull();
    expect(counter.store.claimById("again-paw1a")?.epoch).toBe(2);
  });

  it("is not used by a claim that is refused", () => {
    const counter = new Counter();
    expect(counter.refusal("paw1a", { id: "id-a", denoms: ["ufoo"] })).not.toBeNull();
    expect(counter.store.lastSeq()).toBe(0);
    expect(counter.refusal("paw1a", { id: "id-a" })).toBeNull();
  });
});

const HALT: Halt = {
  code: "chain_reset",
  detail: "block 4 was AA and is now BB",
  anchor: { height: 4, hash: "AA" },
  signer: "paw1faucet",
  sinceMs: NOW,
};

describe("a claim is refused by name", () => {
  it("unknown_denom, with all that is available, however many good ones stand beside it", () => {
    const refusal = { reason: "unknown_denom", denom: "ufoo", available: ["uatom", "upaw"] };
    expect(new Counter().refusal("paw1a", { id: "x", denoms: ["upaw", "ufoo"] })).toEqual(refusal);
  });

  it("queue_full when as many wait as may, those for another batch included, and not those on their way", () => {
    const counter = new Counter({ queueMax: 2 });
    counter.ask("paw1a");
    counter.settle("pending");
    counter.ask("paw1b");
    counter.ask("paw1c");
    expect(counter.refusal("paw1d")).toEqual({ reason: "queue_full", retryAtMs: NOW + 60_000 });
    counter.settle("dead");
    counter.store.addRetry({ from: 2, to: 3, attempt: 1 });
    expect(counter.refusal("paw1d")?.reason).toBe("queue_full");
    expect(counter.store.lastSeq()).toBe(3);
  });

  it("faucet_halted, with the words for the operator", () => {
    const counter = new Counter();
    counter.store.save({ halt: HALT });
    expect(counter.refusal("paw1a")).toEqual({ reason: "faucet_halted", detail: HALT.detail });
  });

  it("faucet_empty when the balance lacks one unit of this claim, of what is owed and of what is kept for fees", () => {
    const counter = new Counter({ feeReserve: [{ denom: "upaw", amount: 7n }] });
    counter.ask("paw1a");
    counter.settle("pending");
    counter.ask("paw1b");
    // One on its way, one in line, this one, and 7 for fees.
    const enough = [
      { denom: "uatom", amount: 9n },
      { denom: "upaw", amount: 37n },
    ];
    for (const [at, coin] of enough.entries()) {
      const short = enough.with(at, { ...coin, amount: coin.amount - 1n });
      counter.store.save({ balance: short, balanceAtMs: NOW });
      expect(counter.refusal("paw1c")).toEqual({ reason: "faucet_empty" });
    }
    counter.store.save({ balance: enough });
    expect(counter.refusal("paw1c")).toBeNull();
  });

  it("not faucet_empty before the balance was read once", () => {
    expect(new Counter().refusal("paw1a")).toBeNull();
  });

  it("recipient_not_allowed for the faucet's own address, and the log tells of it", () => {
    const bench = new Bench();
    expect(bench.dispenser.reserve(request(bench.signer))).toMatchObject({
      ok: false,
      refusal: { reason: "recipient_not_allowed" },
    });
    expect(bench.events("claim_refused")).toEqual([{ address: bench.signer, reason: "recipient_not_allowed" }]);
    expect(bench.store.lastSeq()).toBe(0);
  });

  it("budget_spent when an hour's claims are given out, failed ones not counted, until the oldest is an hour old", () => {
    const counter = new Counter({ hourlyBudget: 2 });
    counter.ask("paw1a");
    counter.bench.nowMs += 5_000;
    counter.ask("paw1b");
    const refusal = { reason: "budget_spent", retryAtMs: NOW + 3_600_000 };
    expect(counter.refusal("paw1c")).toEqual(refusal);
    counter.bench.nowMs = NOW + 3_600_000 - 1;
    expect(counter.refusal("paw1c")).toEqual(refusal);
    counter.bench.nowMs += 1;
    expect(counter.refusal("paw1c")).toBeNull();
  });

  it("not budget_spent by a claim that failed, whether the object remembers it or not", async () => {
    for (const restarts of [false, true]) {
      const bench = new Bench({ hourlyBudget: 1 });
      bench.claim(`${BLOCKED}0`);
      await bench.step();
      expect(bench.dispenser.reserve(request("a"))).toMatchObject({ refusal: { reason: "budget_spent" } });
      await bench.live(4);
      expect(bench.states(`${BLOCKED}0`)).toEqual(["failed"]);
      if (restarts) bench.restart();
      expect(bench.dispenser.reserve(request("a")).ok).toBe(true);
    }
  });

  it("budget_spent for dialects when their share is given out, while others may still claim", () => {
    const counter = new Counter({ hourlyBudget: 3, dialectBudget: 1 });
    counter.ask("paw1a", { route: "dialect" });
    expect(counter.refusal("paw1b", { route: "dialect" })?.reason).toBe("budget_spent");
    expect(counter.refusal("paw1b", { route: "open" })).toBeNull();
    expect(counter.refusal("paw1c", { route: "challenge" })).toBeNull();
    expect(counter.refusal("paw1d", { route: "challenge" })?.reason).toBe("budget_spent");
  });

  it("budget_spent for who brings no credential when their share is given out, while dialects may still claim", () => {
    const counter = new Counter({ hourlyBudget: 4, openBudget: 2, dialectBudget: 1 });
    counter.ask("paw1a", { route: "open" });
    counter.ask("paw1b", { route: "challenge" });
    expect(counter.refusal("paw1c", { route: "challenge" })?.reason).toBe("budget_spent");
    expect(counter.refusal("paw1c", { route: "open" })?.reason).toBe("budget_spent");
    expect(counter.refusal("paw1c", { route: "dialect" })).toBeNull();
    expect(counter.store.lastSeq()).toBe(3);
  });

  it("challenge_outpriced when the share became scarce since, and its challenge is not used up by that", () => {
    const counter = new Counter({ hourlyBudget: 12, openBudget: 12 });
    const cheap = { route: "challenge", nonce: { id: "n1", expiresAtMs: NOW + 1_000 }, paid: 1 } as const;
    for (let claim = 0; claim < 9; claim += 1) counter.ask(`paw1${claim}`, { route: "open" });
    expect(counter.refusal("paw1x", cheap)).toEqual({ reason: "challenge_outpriced" });
    expect(counter.refusal("paw1x", { ...cheap, paid: 2 })).toBeNull();
  });

  it("challenge_used when its challenge paid for a claim, which a refused claim's did not", () => {
    const counter = new Counter();
    const nonce = { id: "n1", expiresAtMs: NOW + 1_000 };
    counter.store.save({ halt: HALT });
    expect(counter.refusal("paw1a", { nonce })?.reason).toBe("faucet_halted");
    counter.store.save({ halt: null, balanceAtMs: NOW });
    expect(counter.refusal("paw1a", { nonce })?.reason).toBe("faucet_empty");
    counter.store.save({ balanceAtMs: 0 });
    expect(counter.refusal("paw1a", { nonce })).toBeNull();
    expect(counter.refusal("paw1b", { nonce })).toEqual({ reason: "challenge_used" });
    expect(counter.store.lastSeq()).toBe(1);
  });

  it("balance_enough when the recipient holds the cap, and not when what it holds is unknown or less", () => {
    const cap = { denom: "upaw", amount: 100n };
    const counter = new Counter({ recipientCap: [cap] });
    expect(counter.refusal("paw1a", {}, [cap])).toEqual({ reason: "balance_enough", denom: "upaw", cap: 100n });
    expect(counter.refusal("paw1a", {}, null)).toBeNull();
    expect(counter.refusal("paw1b", {}, [{ denom: "upaw", amount: 99n }])).toBeNull();
    expect(counter.store.claimById("again-paw1b")?.coins).toEqual(DRIPS);
  });

  it("not balance_enough below the cap where the faucet tops up: then it pays what is missing, up to a drip", () => {
    const counter = new Counter({ recipientCap: [{ denom: "upaw", amount: 100n }], topUp: true });
    for (const [address, holds, paid] of [
      ["paw1a", 99n, 1n],
      ["paw1b", 90n, 10n],
      ["paw1c", 0n, 10n],
    ] as const) {
      counter.ask(address, {}, [{ denom: "upaw", amount: holds }]);
      expect(counter.store.claimById(address)?.coins).toEqual([DRIPS[0], { denom: "upaw", amount: paid }]);
    }
  });
});

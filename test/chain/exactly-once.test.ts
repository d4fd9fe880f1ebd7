import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDevnet, buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import type { FaultRule } from "../devnet/faults.ts";
import { type DevnetOptions, pawShape } from "../devnet/options.ts";
import { moduleAddress, someAddress } from "../devnet/payer.ts";
import { FaucetGround } from "./faucet-ground.ts";

const ROUNDS = 20;
const ROUND_MS = 1_500;
const WRITES = ["broadcast_tx_sync"];
const READS = ["status", "block", "blockchain", "block_results", "abci_query"];

/** The weather of each round, in turn. */
const WEATHER: readonly (readonly FaultRule[])[] = [
  [{ name: "slow", fault: { kind: "delay", ms: 150 }, probability: 0.3 }],
  [{ name: "refused", methods: WRITES, fault: { kind: "failBefore" }, probability: 0.5 }],
  [{ name: "accepted, said failed", methods: WRITES, fault: { kind: "failAfter" }, probability: 0.5 }],
  [{ name: "answer lost", methods: WRITES, fault: { kind: "dropAnswer" }, probability: 0.5 }],
  [{ name: "stale", fault: { kind: "stale", behind: 3 } }],
  [{ name: "reads fail", methods: READS, fault: { kind: "failBefore" }, probability: 0.3 }],
];

const SHAPES: readonly [string, DevnetOptions][] = [
  ["a plain chain", { blockTimeMs: 500, minGasPrice: "0.025" }],
  ["PAW's shape: its prefix, 10 messages and 10 M gas a transaction, no index", { ...pawShape, blockTimeMs: 500 }],
];

describe.skipIf(!goAvailable()).each(SHAPES)("the faucet on %s", (_name, shape) => {
  let ground: FaucetGround;
  let people = 0;
  const newcomer = () => someAddress(ground.devnet.prefix, people++);

  beforeAll(async () => {
    await buildDevnet();
    ground = await FaucetGround.start(shape, 7);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("pays a claim over HTTP into a block, once", async () => {
    const address = newcomer();
    const answer = await ground.post(address, undefined, "?wait=confirmed");
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ state: "confirmed", address });
    expect(await ground.balances([address])).toEqual([ground.drip]);
  });

  it("accepts one of 200 parallel claims for one address, upper and lower case mixed", async () => {
    const address = newcomer();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ground.post(index % 2 ? address.toUpperCase() : address)),
    );
    const accepted = answers.filter((answer) => answer.status === 202);
    expect(accepted).toHaveLength(1);
    expect(answers.filter((answer) => answer.status >= 400 && answer.status < 500)).toHaveLength(199);
    const [claim] = (await Promise.all(accepted.map((answer) => answer.json()))) as { id: string }[];
    await ground.untilEnded([claim?.id ?? ""]);
    expect(await ground.balances([address])).toEqual([ground.drip]);
  });

  it("fails a blocked module account alone, and pays the 99 that share its batch", async () => {
    ground.proxy.setRules([{ name: "held", fault: { kind: "failBefore" } }]);
    const blocked = moduleAddress(ground.devnet.prefix, "fee_collector");
    const recipients = Array.from({ length: 100 }, (_, index) => (index === 42 ? blocked : newcomer()));
    const asked = await Promise.all(recipients.map((address) => ground.insist(address, crypto.randomUUID())));
    expect(asked.map(({ status }) => status)).toEqual(recipients.map(() => 202));
    ground.proxy.setRules([]);
    const ended = await ground.untilEnded(asked.map(({ claim }) => claim.id));
    const failed = ended.filter((claim) => claim.state === "failed");
    expect(failed).toMatchObject([{ address: blocked, code: "recipient_refused" }]);
    const others = recipients.filter((address) => address !== blocked);
    expect(new Set(await ground.balances(others))).toEqual(new Set([ground.drip]));
  });

  it(`keeps its sums through ${ROUNDS} rounds of kill -9 under load, behind a proxy that fails`, async () => {
    const asked: Promise<{ status: number; claim: { id: string; address: string } }>[] = [];
    let loading = true;
    const load = (async () => {
      while (loading && asked.length < 2_000) {
        asked.push(ground.insist(newcomer(), crypto.randomUUID()));
        await sleep(50);
      }
    })();
    for (let round = 0; round < ROUNDS; round += 1) {
      ground.proxy.setRules(WEATHER[round % WEATHER.length] ?? []);
      await sleep(ROUND_MS);
      if (round % 2 === 0) await ground.killWorker();
      else await ground.killNode(300);
    }
    loading = false;
    await load;
    ground.proxy.setRules([]);
    const accepted = await Promise.all(asked);
    expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
    expect(accepted.length).toBeGreaterThan(100);
    const ended = await ground.untilEnded(accepted.map(({ claim }) => claim.id));
    expect(new Set(ended.map((claim) => claim.state))).toEqual(new Set(["confirmed"]));
    const paid = await ground.balances(ended.map((claim) => claim.address));
    expect(paid.filter((amount) => amount !== ground.drip)).toEqual([]);
    expect(Object.values(ground.proxy.stats().strikes).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
  }, 300_000);

  it("has moved what its claims confirmed and the fees of its outbox, to the last unit", async () => {
    const everyone = Array.from({ length: people }, (_, index) => someAddress(ground.devnet.prefix, index));
    const paid = (await ground.balances(everyone)).reduce((sum, amount) => sum + amount, 0n);
    const { total, fees, transactions } = await ground.spent();
    expect(paid).toBe(ground.drip * BigInt(people));
    expect(total).toBe(paid + fees);
    await expect
      .poll(() => ground.worker.query("SELECT count(*) AS n FROM batches WHERE state IN ('paid', 'failed')"), {
        timeout: 10_000,
      })
      .toEqual([{ n: transactions }]);
    const rows = await ground.worker.query("SELECT fee FROM batches WHERE state IN ('paid', 'failed')");
    const booked = rows.reduce((sum, row) => sum + BigInt(Number.parseInt(String(row.fee) || "0", 10)), 0n);
    expect(booked).toBe(fees);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { SandboxChain } from "../../sandbox/chain/start.ts";
import { startSandboxChain } from "../../sandbox/chain/start.ts";
import { someone } from "./payer.ts";

const common = {
  chainId: "box-1",
  prefix: "box",
  denom: "ubox",
  genesis: [{ address: someone("only"), coins: [{ denom: "ubox", amount: 1n }] }],
} as const;

let chain: SandboxChain | null = null;
afterEach(() => chain?.stop());

async function until(reached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !reached(); tries++) await sleep(10);
  expect(reached()).toBe(true);
}

test("blocks come by themselves, stop while held and go on when let go", async () => {
  const running = await startSandboxChain({ ...common, blockTimeMs: 20 });
  chain = running;
  await until(() => running.height() >= 4);
  running.hold();
  const held = running.height();
  await sleep(120);
  expect(running.height()).toBe(held);
  expect(running.makeBlock()).toBe(held + 1);
  running.release();
  await until(() => running.height() >= held + 3);
});

test("a manual chain makes block 1 at its start and then none unasked", async () => {
  const running = await startSandboxChain({ ...common, blockTimeMs: "manual" });
  chain = running;
  running.release();
  await sleep(60);
  expect(running.height()).toBe(1);
});

test("block times rise although the wall clock stands still or goes back", async () => {
  let wall = 1_800_000_000_000;
  const running = await startSandboxChain({ ...common, blockTimeMs: "manual", now: () => wall });
  chain = running;
  const times: string[] = [];
  for (let made = 0; made < 5; made++) {
    const height = running.makeBlock();
    const response = await fetch(`${running.rpcUrl}/header?height=${height}`);
    const { result } = (await response.json()) as { result: { header: { time: string } } };
    times.push(result.header.time.padEnd(30, "0"));
    wall -= 1_000;
  }
  expect(times.toSorted()).toEqual(times);
  expect(new Set(times).size).toBe(5);
});

test("a taken port is an error that says so", async () => {
  chain = await startSandboxChain({ ...common, blockTimeMs: "manual" });
  await expect(startSandboxChain({ ...common, blockTimeMs: "manual", port: chain.port })).rejects.toThrow("EADDRINUSE");
});

test.each([
  [{ chainId: "" }, "chainId"],
  [{ prefix: "Box" }, "prefix"],
  [{ keepBlocks: 1 }, "keepBlocks"],
  [{ minGasPriceMilli: 0.5 }, "minGasPriceMilli"],
  [{ genesis: [{ address: "cosmos1x", coins: [] }] }, "genesis"],
])("options %j are refused by name", async (wrong, name) => {
  await expect(startSandboxChain({ ...common, blockTimeMs: "manual", ...wrong })).rejects.toThrow(name);
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guides } from "../../docs-site/pages/contents.ts";
import { read } from "../architecture/tree.ts";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { hasPromtool } from "../support/promtool.ts";
import { type Ground, inPawsShape, lastJson, makeGround, plain, soon } from "./guide-ground.ts";

describe.skipIf(!goAvailable()).each([
  ["PAW's own network file", inPawsShape],
  ["the SDK's usual commands", plain],
])("the guides, followed to the letter with a real binary: %s", (_, content) => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await makeGround(content);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("lead two coordinators and an operator from nothing to a chain that makes blocks", async () => {
    const { first, second, operator } = ground;
    const closesAt = soon(14);
    await first.set({ CLOSES_AT: closesAt, GENESIS_TIME: soon(34) });
    await first.follow("coordinator", "3.");
    // Whoever looks at the version first has a client without a chain id: init doesn't write it then.
    await operator.ask(`${content.node.binary} version`);
    // The coordinators open the ceremony while the operator makes a key.
    const address = (await operator.follow("before-launch", "4.")).trim().split("\n").at(-1) ?? "";
    expect(address).toMatch(new RegExp(`^${content.bech32Prefix}1`));
    await first.set({ OPERATORS: `${address} ${ground.payer}` });
    expect(lastJson(await first.follow("coordinator", "4."))).toMatchObject({ allocations: { accounts: 2 } });
    await first.follow("coordinator", "5.");
    await operator.follow("before-launch");
    expect(JSON.parse(await operator.file("receipt.json"))).toMatchObject({ operator: address });
    await sleep(Math.max(0, Date.parse(closesAt) - Date.now()) + 200);
    expect(lastJson(await first.follow("coordinator", "7."))).toMatchObject({ state: "waiting", by: "first" });
    await second.follow("coordinator", "1.");
    second.skip("coordinator", "5.");
    expect(lastJson(await second.follow("coordinator", "7."))).toMatchObject({ state: "done" });
    await first.follow("coordinator");
    const said = await operator.follow("launch");
    expect(said).toContain("genesis.json: OK");
    expect(said).toContain("my validator is in");
    expect(said).toMatch(/^ok +everything was rebuilt to the byte$/m);
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    const readiness = await (await fetch(`${ground.api}/ceremony/readiness`)).json();
    expect(readiness).toMatchObject({ attestedPercent: 100, readyPercent: 100, deadlock: false, silent: [] });
    await operator.follow("troubleshooting");
    // What the deployment's own people do on launch day, as far as it needs no account at Cloudflare.
    await first.set({ NETWORK: content.chainId });
    const looked = await first.follow("docs/runbook");
    expect(looked).toContain('"state": "producing"');
    expect(looked).toContain("genesis.json: OK");
    expect(looked).toMatch(/\t[0-9A-F]{64}\t[0-9A-F]{64}$/m);
  });

  it("lead a newcomer from nothing to a node in step, and to a validator of the running chain", async () => {
    const { late, operator } = ground;
    await late.set({ PEERS: await ground.peerOf(operator) });
    expect(await late.follow("join")).toContain(content.chainId);
    await late.follow("keys");
    const said = await late.follow("after-launch");
    expect(said).toContain('"state": "confirmed"');
    expect(JSON.parse(await late.file("sent.json"))).toMatchObject({ code: 0 });
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    if (content.chainId !== inPawsShape.chainId) await late.set({ KIT: `file://${ground.kit}` });
    const checked = await late.follow("monitoring");
    expect(checked).toContain(`job_name: "${content.chainId}"`);
    if (hasPromtool("the monitoring guide's check")) expect(checked).toContain("SUCCESS");
    await late.follow("upgrade");
  });

  it("are all followed to their end, but for those that have nothing to run", () => {
    const followed = [ground.first, ground.operator, ground.late].flatMap((reader) => reader.followed());
    const runs = ({ source }: { source: string }) => /^```sh (run|background)$/m.test(read(source));
    const all = guides.flatMap(({ entries }) => entries.filter(runs)).map(({ path }) => path);
    // In place of the ceremony's guides; it is followed below.
    const paths = all.filter((path) => path !== "headless");
    expect(paths.length).toBeGreaterThan(7);
    expect(paths.filter((path) => !followed.includes(path))).toEqual([]);
  });

  it("have the numbers switched on, as the monitoring guide says", async () => {
    const told = await (await fetch(ground.metricsUrl)).text();
    expect(told).toContain("# TYPE cometbft_consensus_height ");
  });
});

describe.skipIf(!goAvailable())("the guide by script alone, with a real binary", () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await makeGround(inPawsShape);
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("registers, proves, hands a gentx in, checks the genesis and starts, with curl, jq and the binary", async () => {
    const { first, second, operator, api } = ground;
    const closesAt = soon(16);
    await first.set({ CLOSES_AT: closesAt, GENESIS_TIME: soon(34) });
    await first.follow("coordinator", "3.");
    expect(await operator.follow("headless", "3.")).toMatch(/^done\tregistered\t/m);
    const address = await operator.ask('echo "$OPERATOR"');
    expect(await (await fetch(`${api}/validators/${address}`)).json()).toMatchObject({
      state: "pending",
      profile: { moniker: "operator", hardware: true, keySafety: true },
      registered: { proof: "tx" },
    });
    await first.set({ OPERATORS: `${address} ${ground.payer}` });
    await first.follow("coordinator", "5.");
    await operator.follow("headless", "4.");
    expect(JSON.parse(await operator.file("receipt.json"))).toMatchObject({ operator: address, moniker: "operator" });
    await sleep(Math.max(0, Date.parse(closesAt) - Date.now()) + 200);
    await first.follow("coordinator", "7.");
    await second.follow("coordinator", "1.");
    second.skip("coordinator", "5.");
    expect(lastJson(await second.follow("coordinator", "7."))).toMatchObject({ state: "done" });
    await operator.set({ SHA256: await second.ask('echo "$PREVIEW"') });
    const said = await operator.follow("headless");
    expect(said.match(/^genesis\.json: OK$/gm)).toHaveLength(2);
    expect(Number(JSON.parse(said.trim().split("\n").at(-1) ?? ""))).toBeGreaterThan(0);
    expect(operator.followed()).toContain("headless");
  });
});

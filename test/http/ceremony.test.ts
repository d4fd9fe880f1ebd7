import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { baseGenesis, ceremonyNetwork, gentxFor } from "../support/ceremony-network.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";

const chain = "forge-1";
const crowd = "crowd-1";

describe("a ceremony by the commands alone, against the deployed bundle", { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), "wellspring-ceremony-"));
  let house: RawHouse<"open-1">;
  let verifierKey = "";
  let genesis = "";

  beforeAll(async () => {
    house = await startRawHouse({ "open-1": {} }, [ceremonyNetwork(chain), ceremonyNetwork(crowd)]);
  });

  afterAll(async () => {
    await house?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const command = (script: string, args: readonly string[], env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  };
  const ceremony = (who: keyof typeof adminKeys, network: string, ...args: string[]) =>
    command("sandbox/operator.ts", ["ceremony", ...args, "--network", network, "--url", house.worker.url], {
      WELLSPRING_ADMIN_KEY: adminKeys[who],
    });
  const must = (who: keyof typeof adminKeys, network: string, ...args: string[]) => {
    const { status, stdout, stderr } = ceremony(who, network, ...args);
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
  };
  const of = (network: string) => `${house.worker.url}/api/v1/networks/${network}/ceremony`;
  const handIn = (network: string, body: string) => fetch(`${of(network)}/gentxs`, { method: "POST", body });
  const begin = (network: string, accounts: number) => {
    const file = join(dir, `${network}.json`);
    writeFileSync(file, baseGenesis(network, accounts));
    must("coordinator", network, "create");
    must("coordinator", network, "base", file);
    must("coordinator", network, "move", "accounts");
    must("coordinator", network, "move", "collecting");
  };
  const download = (network: string, folder: string) => {
    const args = ["download", "--url", house.worker.url, "--network", network, folder];
    expect(command("genesis/cli.ts", args)).toMatchObject({ status: 0, stderr: "" });
  };
  const verify = (folder: string) => command("genesis/cli.ts", ["verify", "--key", verifierKey, folder]);

  it("collects, closes, is sealed by two coordinators, and whoever downloads its log rebuilds the genesis", async () => {
    begin(chain, 12);
    for (const number of [0, 1, 2, 3]) expect((await handIn(chain, gentxFor(chain, number))).status).toBe(201);
    must("coordinator", chain, "set", `closesAt=${new Date(Date.now() + 1_000).toISOString()}`, "--reason", "all in");
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const diff = must("both", chain, "diff");
    const [, sha256 = ""] = /^SHA-256 of what would be sealed: ([0-9a-f]{64})$/m.exec(diff) ?? [];
    expect(must("coordinator", chain, "seal", sha256)).toContain('"waiting"');
    expect(must("both", chain, "seal", sha256)).toContain('"sealed"');
    expect(must("viewer", chain, "report")).toContain("Validators (4)");
    const answer = await fetch(`${of(chain)}/genesis.json`);
    genesis = await answer.text();
    expect(sha256Hex(new TextEncoder().encode(genesis))).toBe(sha256);
    verifierKey = ((await (await fetch(of(chain))).json()) as { verifierKey: string }).verifierKey;
    const folder = join(dir, "log");
    download(chain, folder);
    expect(verify(folder)).toMatchObject({ status: 0, stdout: expect.stringContaining(sha256) });
    const file = join(folder, "content", sha256);
    writeFileSync(file, readFileSync(file, "utf8").replace("alder", "elder"));
    expect(verify(folder)).toMatchObject({ status: 1, stdout: expect.stringContaining(`content/${sha256}`) });
  });

  it("says at the command line why an act is refused", () => {
    expect(ceremony("coordinator", chain, "move", "collecting")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("act_forbidden"),
    });
    expect(ceremony("operator", chain, "create").stderr).toContain("role_missing");
    expect(ceremony("coordinator", chain, "nonsense").status).toBe(2);
  });

  it("takes a thousand hand-ins in a burst: every good one once, every other by name, and the log holds", async () => {
    const operators = 200;
    begin(crowd, operators);
    const good = Array.from({ length: operators }, (_, number) => gentxFor(crowd, number));
    const foreign = (number: number) => gentxFor("another-1", number);
    const stolen = (number: number) =>
      gentxFor(crowd, number, (message) => {
        message.validator_address = JSON.parse(good[0] ?? "").body.messages[0].validator_address;
      });
    const twin = (number: number) =>
      gentxFor(crowd, number, (message) => {
        message.description.moniker = "аlder"; // A Cyrillic a: it looks like operator 0's.
      });
    const wrong: readonly ((number: number) => string)[] = [
      foreign,
      stolen,
      twin,
      () => " ".repeat(40_000),
      () => `${"[".repeat(8_000)}${"]".repeat(8_000)}`,
      (number) => (good[number % operators] ?? "").replace('"body":', '"body":{},"body":'),
      (number) => (good[number % operators] ?? "").replace("500000000", "500000001"),
      () => "\u0000",
    ];
    // Operator 0 first, so that its twins find it; each good one comes twice.
    expect((await handIn(crowd, good[0] ?? "")).status).toBe(201);
    const bodies = [
      ...good,
      ...good,
      ...Array.from({ length: 600 }, (_, at) => wrong[at % wrong.length]?.(1 + (at % 100)) ?? ""),
    ];
    const mixed = bodies.map((body, at) => ({ body, at: (at * 7919) % bodies.length })).sort((a, b) => a.at - b.at);
    const counts = new Map<string, number>();
    const waiting = mixed.map(({ body }) => body);
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
          const answer = await handIn(crowd, body);
          const { code = "taken" } = (await answer.json()) as { code?: string };
          counts.set(`${answer.status} ${code}`, (counts.get(`${answer.status} ${code}`) ?? 0) + 1);
        }
      }),
    );
    expect(Object.fromEntries(counts)).toEqual({
      "201 taken": 2 * operators,
      "422 gentx_refused": 525,
      "413 content_too_large": 75,
    });
    const view = (await (await fetch(of(crowd))).json()) as { gentxs: unknown[]; acts: number; refusals: number };
    expect([view.gentxs.length, view.acts, view.refusals]).toEqual([operators, 4 + operators, 525]);
    verifierKey = (view as unknown as { verifierKey: string }).verifierKey;
    const folder = join(dir, "crowd");
    download(crowd, folder);
    expect(verify(folder)).toMatchObject({ status: 0 });
  });

  it("has every gentx that it said to have taken after kill -9", async () => {
    const taken = gentxFor(crowd, 5, (message) => {
      message.description.details = "once more";
    });
    const answer = await handIn(crowd, taken);
    const { sha256, receipt } = (await answer.json()) as { sha256: string; receipt: { index: number } };
    await house.worker.kill9();
    await house.restart({}, () => undefined);
    const view = (await (await fetch(of(crowd))).json()) as { gentxs: { sha256: string; index: number }[] };
    expect(view.gentxs).toContainEqual(expect.objectContaining({ sha256, index: receipt.index }));
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "../genesis/gentxs.ts";
import { sampleGenesis } from "../genesis/sample.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { ceremonyNetwork, genesisTime, gentxFor, signUp } from "../support/ceremony-network.ts";
import { hasTools } from "../support/has-tools.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";
import { profileOf } from "../support/registrations.ts";
import { putStandIn } from "../support/stand-in-binary.ts";

const chain = "crew-2";
const way = "a validator's way by the commands that it is shown";
const found = hasTools(way, ["jq", "curl"], "Debian: apt-get install jq curl");

describe.skipIf(!found)(
  way,
  {
    timeout: 120_000,
  },
  () => {
    const dir = mkdtempSync(join(tmpdir(), "wellspring-sign-up-"));
    let house: RawHouse<"open-1">;

    beforeAll(async () => {
      putStandIn(join(dir, "bin"));
      house = await startRawHouse({ "open-1": {} }, [{ ...ceremonyNetwork(chain, { twoPerson: false }), ...signUp() }]);
    });
    afterAll(async () => {
      await house?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    const path = () => `${house.worker.url}/api/v1/networks/${chain}/validators/${account(0)}`;
    const steps = async () => {
      const { steps: all } = (await (await fetch(`${path()}/checklist`)).json()) as {
        steps: { step: string; state: string; evidence: string; command?: string }[];
      };
      return Object.fromEntries(all.map((step) => [step.step, step]));
    };
    const shell = (script: string) => {
      const env = { ...process.env, PATH: `${join(dir, "bin")}:${process.env.PATH}`, KEY: "my key" };
      return spawnSync("sh", ["-e", "-c", script], { cwd: dir, env, encoding: "utf8", timeout: 30_000 });
    };
    const operator = (...args: string[]) => {
      const env = { ...process.env, WELLSPRING_ADMIN_KEY: adminKeys.coordinator };
      const all = ["sandbox/operator.ts", ...args, "--network", chain, "--url", house.worker.url];
      const { status, stdout, stderr } = spawnSync(process.execPath, all, { env, encoding: "utf8", timeout: 30_000 });
      expect([status, stderr]).toEqual([0, ""]);
      return stdout;
    };

    it("registers with the chain's own binary, by the command of the checklist as it stands there", async () => {
      const contact = "matrix: @O'Neil:example.org";
      const profile = profileOf(0, { moniker: "O'Neil & sons <b>", details: "two\nlines" });
      writeFileSync(join(dir, "validator.json"), JSON.stringify({ profile, contact }, null, 2));
      const { registered } = await steps();
      expect(registered).toMatchObject({ state: "open", command: expect.any(String) });
      const { status, stdout, stderr } = shell(registered?.command ?? "");
      expect([status, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout)).toMatchObject({ state: "pending", moniker: "O'Neil & sons <b>" });
      expect((await steps()).registered?.state).toBe("done");
      expect(JSON.parse(operator("validators", "contact", account(0)))).toEqual({ operator: account(0), contact });
    });

    it("is approved with an allocation, and the export puts the account into the genesis", async () => {
      operator("validators", "approve", account(0), "--rev", "1", "--allocation", "700000000upaw");
      const base = sampleGenesis({
        chain_id: chain,
        genesis_time: genesisTime.replace(/\.000Z$/, "Z"),
        "app_state.staking.params": { bond_denom: "upaw", max_validators: 100 },
        "app_state.bank.balances": [],
        "app_state.auth.accounts": [],
        "app_state.bank.supply": [],
      });
      writeFileSync(join(dir, "base.json"), base);
      writeFileSync(join(dir, "list.csv"), operator("validators", "allocations"));
      operator("ceremony", "create");
      operator("ceremony", "base", join(dir, "base.json"));
      expect((await steps()).account).toMatchObject({ state: "open" });
      operator("ceremony", "move", "accounts");
      operator("ceremony", "allocations", join(dir, "list.csv"));
      expect((await steps()).account).toMatchObject({ state: "done", evidence: "700000000upaw in the genesis." });
    });

    it("hands its gentx in, and is one entry of the directory", async () => {
      operator("ceremony", "move", "collecting");
      expect((await steps()).gentx).toMatchObject({ state: "open", command: expect.stringContaining(" 1000000upaw ") });
      const sent = await fetch(`${house.worker.url}/api/v1/networks/${chain}/ceremony/gentxs`, {
        method: "POST",
        body: gentxFor(chain),
      });
      expect(sent.status).toBe(201);
      expect((await steps()).gentx?.state).toBe("done");
      expect(await (await fetch(path())).json()).toMatchObject({ state: "approved", gentx: { power: "500" } });
      const audit = JSON.parse(operator("validators", "audit")) as { acts: { act: string }[] };
      expect(audit.acts.map(({ act }) => act)).toEqual(["approve", "contact_read", "register"]);
    });

    it("is remembered through a restart, and when it withdraws the contact is gone", async () => {
      await house.restart({}, () => undefined);
      expect(await (await fetch(path())).json()).toMatchObject({ state: "approved" });
      const { word } = (await (
        await fetch(`${path().replace(account(0), "challenges")}`, {
          method: "POST",
          body: JSON.stringify({ action: "withdraw", operator: account(0) }),
        })
      ).json()) as { word: string };
      writeFileSync(join(dir, "word.txt"), word);
      const signed = shell(
        `simd tx bank send a a 1upaw --note "$(cat word.txt)" --generate-only --chain-id wellspring-proof > p.json; simd tx sign p.json --from "$KEY" --offline --chain-id wellspring-proof`,
      ).stdout;
      const withdrawn = await fetch(`${path()}/withdrawal`, {
        method: "POST",
        body: JSON.stringify({ proof: { kind: "tx", tx: signed } }),
      });
      expect(await withdrawn.json()).toMatchObject({ state: "withdrawn", profile: null });
      expect(JSON.parse(operator("validators", "contact", account(0)))).toMatchObject({ contact: null });
      expect(operator("validators", "allocations")).toBe("address,amount,denom\n");
    });
  },
);

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "../architecture/tree.ts";
import { freePorts } from "../devnet/ports.ts";
import { type Launched, launch, resetState } from "../support/launcher.ts";

/** The curl command that README.md tells a stranger to copy, with our port. */
function curlOfReadme(url: string): string {
  const command = /^curl .*$/m.exec(read("README.md"))?.[0];
  if (!command?.includes("http://127.0.0.1:8787")) throw new Error("README.md holds no curl command for port 8787");
  return command.replace("http://127.0.0.1:8787", url);
}

/** Runs a command as a stranger's shell would, and answers what it printed as JSON. */
function shell(command: string): Record<string, unknown> {
  const { stdout, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8", timeout: 60_000 });
  if (stdout === "") throw new Error(`no answer: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("the two commands of the README", { timeout: 180_000 }, () => {
  const parent = mkdtempSync(join(tmpdir(), "wellspring-start-"));
  const stateDir = join(parent, "state");
  let running: Launched;
  let port: number;
  let claim: Record<string, unknown>;

  beforeAll(async () => {
    [port] = (await freePorts(1)) as [number];
    running = await launch(port, stateDir);
  }, 120_000);

  afterAll(async () => {
    await running?.stop();
    rmSync(parent, { recursive: true, force: true });
  }, 60_000);

  it("npm start says in one line that it is ready, and serves health and the page", async () => {
    expect(running.output().match(/ready/gi)).toHaveLength(1);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    const page = await fetch(running.url);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  it("the README's curl, as it stands there, is paid in a block", () => {
    claim = shell(curlOfReadme(running.url));
    expect(claim).toMatchObject({ state: "confirmed", chainId: "sandbox-1" });
    expect(claim.txHash).toMatch(/^[0-9A-F]{64}$/);
    expect(claim.height).toBeGreaterThan(0);
  });

  it("the same curl again is refused, and says when the next claim is welcome", () => {
    const refusal = shell(curlOfReadme(running.url));
    expect(refusal).toMatchObject({ status: 429, code: "cooldown_active", claimId: claim.id });
    expect(Date.parse(String(refusal.retryAt))).toBeGreaterThan(Date.now());
  });

  const command = (script: string, args: readonly string[], env: Record<string, string>) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args, "--url", running.url], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  };
  const operator = (...args: string[]) => {
    const [, file = ""] = /Admin: the key of this machine lies in (\S+)/.exec(running.output()) ?? [];
    const WELLSPRING_ADMIN_KEY = readFileSync(file, "utf8").trim();
    expect(running.output()).not.toContain(WELLSPRING_ADMIN_KEY);
    return command("sandbox/operator.ts", args, { WELLSPRING_ADMIN_KEY });
  };
  const address = () => toBech32("sand", randomBytes(20));
  const claimAs = (args: readonly string[], env: Record<string, string> = {}) =>
    command("sandbox/claim.ts", [address(), "--json", ...args], env);

  it("the machine's admin key, in the file that npm start names, pauses and resumes by the command", () => {
    expect(JSON.parse(operator("pause", "--reason", "a look").stdout)).toMatchObject({ pause: { by: "local" } });
    expect(shell(curlOfReadme(running.url))).toMatchObject({ status: 503, code: "faucet_paused" });
    expect(JSON.parse(operator("resume").stdout)).toMatchObject({ pause: null });
    expect(operator("resume")).toMatchObject({ status: 1, stderr: expect.stringContaining("not_paused") });
    expect(JSON.parse(operator("audit").stdout).acts).toHaveLength(2);
    expect(operator("nonsense").status).toBe(2);
    expect(operator("--help").stdout).toContain("keys create");
  });

  it("an API key that the operator makes is paid as often as it says, rotates, and is good no more when revoked", () => {
    const made = JSON.parse(operator("keys", "create", "--label", "wallets", "--per-day", "1").stdout);
    const WELLSPRING_API_KEY: string = made.secret;
    expect(JSON.parse(claimAs([], { WELLSPRING_API_KEY }).stdout)).toMatchObject({ state: "confirmed" });
    expect(claimAs([], { WELLSPRING_API_KEY }).stdout).toContain("credential_limited");
    const rotated = JSON.parse(operator("keys", "rotate", made.id).stdout);
    expect(claimAs([], { WELLSPRING_API_KEY }).stdout).toContain("credential_invalid");
    expect(claimAs([], { WELLSPRING_API_KEY: rotated.secret }).stdout).toContain("credential_limited");
    expect(JSON.parse(operator("keys", "revoke", made.id).stdout)).toHaveProperty("revokedAt");
    expect(claimAs([], { WELLSPRING_API_KEY: rotated.secret }).stdout).toContain("credential_spent");
    const listed = operator("keys", "list").stdout;
    expect(JSON.parse(listed).grants).toHaveLength(1);
    expect(listed).not.toContain(rotated.secret);
  });

  it("an event code in the organiser's own words is paid within its budget, however it is written", () => {
    const words = ["--code", "Blue Whale Summer"];
    const made = operator("codes", "create", "--label", "a meeting", "--budget", "1", ...words);
    expect(made).toMatchObject({ status: 0 });
    const paid = claimAs(["--code", "blue-whale-summer"]);
    expect(JSON.parse(paid.stdout)).toMatchObject({ state: "confirmed" });
    expect(claimAs(words).stdout).toContain("credential_spent");
  });

  it("a genesis ceremony is there to be rehearsed on", async () => {
    const rehearsal = ["--network", "rehearsal-1"];
    expect(operator("ceremony", ...rehearsal).stderr).toContain("ceremony_not_found");
    expect(JSON.parse(operator("ceremony", "create", ...rehearsal).stdout)).toMatchObject({
      state: "done",
      ceremony: { phase: "draft", chainId: "rehearsal-1" },
    });
    expect(operator("ceremony", "move", "accounts", ...rehearsal).stderr).toContain("act_forbidden");
    expect(JSON.parse(operator("ceremony", ...rehearsal).stdout)).toMatchObject({ acts: 1, phase: "draft" });
  });

  it("a stop leaves no process behind, and a restart remembers the claim and its cooldown", async () => {
    await running.stop();
    expect(running.alive()).toBe(false);
    running = await launch(port, stateDir);
    const answer = await fetch(`${running.url}/api/v1/networks/sandbox-1/faucet/claims/${claim.id}`);
    expect(await answer.json()).toMatchObject({ id: claim.id, state: "confirmed", txHash: claim.txHash });
    expect(shell(curlOfReadme(running.url))).toMatchObject({ status: 429 });
  });

  it("npm run reset clears all that was kept", async () => {
    await running.stop();
    expect(resetState(stateDir).code).toBe(0);
    expect(existsSync(stateDir) ? readdirSync(stateDir) : []).toEqual([]);
  });
});

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../architecture/tree.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { baseGenesis, ceremonyNetwork, gentxFor, signUp } from "../support/ceremony-network.ts";
import { startRawHouse } from "../support/raw-house.ts";

const own = join(root, "test/contract");
const venv = join(root, "node_modules/.cache/wellspring/schemathesis");
const bin = join(venv, process.platform === "win32" ? "Scripts" : "bin");
/** The run ends with this, whatever is left to try. */
const secondsMost = 100;
const examplesMost = 60;
/** What every answer is held to: the document that the Worker itself gives out. */
const checks = [
  ...["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"],
  ...["response_headers_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance"],
];

/**
 * `npm run test:contract`: Schemathesis tries what /openapi.json allows, and what it forbids, on the deployed bundle.
 * It is a Python tool, installed with pinned versions into a folder of its own that git ignores.
 */
async function main(): Promise<number> {
  const missing = install();
  if (missing !== null) {
    const ci = process.env.CI === "true";
    console.log(`${ci ? "FAILED" : "SKIPPED"}: the contract test with Schemathesis, because ${missing}`);
    return ci ? 1 : 0;
  }
  const pow = { challenge: "pow", challengeTries: 2, limits: { hourlyBudget: 100_000 } };
  const house = await startRawHouse({ "sandbox-1": {}, "pow-1": { faucet: pow } }, [
    { ...ceremonyNetwork("forge-1"), ...signUp() },
  ]);
  try {
    const { url } = house.worker;
    await collect(url);
    // Not ready is a documented 503 of /readyz; here it would only hide another.
    for (let wait = 0; wait < 100 && !(await fetch(`${url}/readyz`)).ok; wait += 1) await delay(200);
    const bounds = ["--max-time", String(secondsMost), "--max-examples", String(examplesMost), "--seed", "1"];
    const quiet = ["--no-color", "--warnings", "off", "--request-timeout", "40", "--continue-on-failure"];
    const args = ["--config-file", join(own, "schemathesis.toml"), "run", `${url}/openapi.json`];
    const env = { ...process.env, SCHEMATHESIS_HOOKS: "", PYTHONDONTWRITEBYTECODE: "1" };
    // One worker: CPython 3.11 before 3.11.8 may end a run with several (python/cpython#106905).
    const all = [...args, "--checks", checks.join(","), ...bounds, ...quiet, "--workers", "1"];
    // Not spawnSync: the chain lives in this process and would stand still.
    const run = spawn(join(bin, "st"), all, { cwd: venv, env, stdio: "inherit", timeout: (secondsMost + 120) * 1_000 });
    return await new Promise((resolve) => run.once("exit", (code) => resolve(code ?? 1)));
  } finally {
    await house.stop();
  }
}

/** Begins a ceremony, so that what is tried meets one that takes gentxs. */
async function collect(url: string): Promise<void> {
  const admin = `${url}/api/v1/admin/networks/forge-1/ceremony`;
  const headers = { authorization: `Bearer ${adminKeys.coordinator}` };
  const send = async (method: string, path: string, body: string) => {
    const answer = await fetch(admin + path, { method, headers, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const act = (body: object) => send("POST", "/acts", JSON.stringify(body));
  await act({ kind: "create" });
  await send("PUT", "/base", baseGenesis("forge-1"));
  await act({ kind: "move", to: "accounts" });
  await act({ kind: "move", to: "collecting" });
  const taken = await fetch(`${url}/api/v1/networks/forge-1/ceremony/gentxs`, {
    method: "POST",
    body: gentxFor("forge-1"),
  });
  if (!taken.ok) throw new Error(await taken.text());
}

/** Installs the tool where it is not yet. Answers what is missing and how to get it, or null. */
function install(): string | null {
  const wanted = readFileSync(join(own, "requirements.txt"), "utf8");
  const stamp = join(venv, "installed.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return null;
  const made = spawnSync("python3", ["-m", "venv", "--clear", venv], { encoding: "utf8" });
  if (made.status !== 0) {
    return "it needs Python 3.10 or newer with its venv module. On Debian: apt-get install python3-venv";
  }
  const args = ["install", "--quiet", "--disable-pip-version-check", "-r", join(own, "requirements.txt")];
  const installed = spawnSync(join(bin, "pip"), args, { encoding: "utf8", timeout: 300_000 });
  if (installed.status !== 0) return `pip could not install it: ${installed.stderr.trim().slice(-500)}`;
  writeFileSync(stamp, wanted);
  return null;
}

process.exitCode = await main();

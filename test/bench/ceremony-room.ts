import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { baseGenesis, ceremonyNetwork, gentxFor, logKey } from "../support/ceremony-network.ts";

/**
 * `npm run bench:ceremony`: what one ceremony's object takes in memory and time as its base genesis grows. Each size
 * has a workerd of its own; memory is the growth of the process's peak (VmHWM) over that of a Worker that was asked
 * once, and so holds the isolates of routes and object together.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { accounts: { type: "string", default: "100,4000,8000,16000" }, heap: { type: "string", default: "128" } },
  });
  console.log("accounts\tbase MiB\tpeak MiB\tbase ms\tgentx ms\tpreview ms\tdiff ms");
  for (const accounts of values.accounts.split(",").map(Number))
    console.log((await measure(accounts, values.heap)).join("\t"));
}

const chain = "size-1";

async function measure(accounts: number, heapMib: string): Promise<(string | number)[]> {
  const stateDir = mkdtempSync(join(tmpdir(), "wellspring-room-"));
  const settings = { LOG_KEY: logKey, ADMIN_KEYS: adminKeyEntry(adminKeys.coordinator, ["coordinator"]) };
  const v8Flags = [`--max-heap-size=${heapMib}`];
  const networks = [ceremonyNetwork(chain)];
  const worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: "", stateDir, settings, v8Flags });
  try {
    const of = `${worker.url}/api/v1/networks/${chain}/ceremony`;
    const admin = `${worker.url}/api/v1/admin/networks/${chain}/ceremony`;
    const timed = async (method: string, url: string, body?: string) => {
      const begun = performance.now();
      const headers = { authorization: `Bearer ${adminKeys.coordinator}` };
      const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text.slice(0, 300)}`);
      return Math.round(performance.now() - begun);
    };
    const act = (body: object) => timed("POST", `${admin}/acts`, JSON.stringify(body));
    await act({ kind: "create" });
    const before = peakMib(worker.pid);
    const base = baseGenesis(chain, accounts);
    const baseMs = await timed("PUT", `${admin}/base`, base);
    await act({ kind: "move", to: "accounts" });
    await act({ kind: "move", to: "collecting" });
    const gentxMs = await timed("POST", `${of}/gentxs`, gentxFor(chain, 0));
    for (const number of [1, 2, 3]) await timed("POST", `${of}/gentxs`, gentxFor(chain, number));
    const previewMs = await timed("GET", `${of}/preview.json`);
    const diffMs = await timed("GET", `${admin}/diff`);
    const peak = peakMib(worker.pid) - before;
    return [accounts, (base.length / 2 ** 20).toFixed(2), peak.toFixed(0), baseMs, gentxMs, previewMs, diffMs];
  } finally {
    await worker.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function peakMib(pid: number): number {
  const [, kib = "0"] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}

await main();

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import type { Devnet } from "../devnet/chain.ts";
import { networkOf } from "../devnet/network.ts";
import type { DevnetOptions } from "../devnet/options.ts";
import type { Side } from "./side.ts";

/** Our side, and what only it can do: take claims without a wait, and say how many are open. */
export type Ours = Side & {
  /** Stores a claim; answers its id, or throws with the refusal. */
  accept(address: string): Promise<string>;
  /** Claims that are queued or submitted. */
  open(): Promise<number>;
  stateOf(id: string): Promise<string>;
  /** How many of the dispenser's log lines name this event so far. */
  logged(event: string): Promise<number>;
};

type WireClaim = { id: string; state: string; code?: string; reason?: string };

/** Starts the bundle that is deployed in a bare workerd, as it ships but for the cooldown, which is 0. */
export async function startOurs(devnet: Devnet, shape: DevnetOptions): Promise<Ours> {
  const told = await networkOf(devnet, shape);
  const network = { ...told, faucet: { ...told.faucet, cooldownSeconds: 0 } };
  const stateDir = await mkdtemp(join(tmpdir(), "bench-"));
  const worker = await startRawWorkerd({
    port: 0,
    networks: [network],
    faucetMnemonic: devnet.funded.mnemonic,
    stateDir,
  });
  const faucetUrl = `${worker.url}/api/v1/networks/${network.chainId}/faucet`;
  const post = async (address: string, query: string): Promise<WireClaim> => {
    const answer = await fetch(`${faucetUrl}/claims${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ address }),
      signal: AbortSignal.timeout(45_000),
    });
    if (answer.status !== 202) throw new Error(`HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`);
    return (await answer.json()) as WireClaim;
  };
  const read = async <Body>(url: string): Promise<Body> => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`);
    return (await answer.json()) as Body;
  };
  return {
    name: "ours",
    pid: worker.pid,
    payers: [devnet.funded.address],
    drip: async (address) => {
      const claim = await post(address, "?wait=confirmed");
      return claim.state === "confirmed" ? null : `${claim.state} ${claim.code ?? ""} ${claim.reason ?? ""}`.trim();
    },
    accept: async (address) => (await post(address, "")).id,
    open: async () => {
      const faucet = await read<{ queueLength: number; submitted: number }>(faucetUrl);
      return faucet.queueLength + faucet.submitted;
    },
    stateOf: async (id) => (await read<WireClaim>(`${faucetUrl}/claims/${id}`)).state,
    logged: async (event) =>
      (await readFile(join(stateDir, "workerd.log"), "utf8")).split(`"event":"${event}"`).length - 1,
    stop: async () => {
      await worker.stop();
      await rm(stateDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

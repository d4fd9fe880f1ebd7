import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeTxRaw } from "@cosmjs/proto-signing";
import { StargateClient } from "@cosmjs/stargate";
import type { Network } from "../../networks/schema.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { type Devnet, fundedAmount, startChain } from "../devnet/chain.ts";
import { networkOf } from "../devnet/network.ts";
import type { DevnetOptions } from "../devnet/options.ts";
import { type FaultProxy, startFaultProxy } from "../devnet/proxy.ts";

/** What the API says of a claim, as far as these tests read it. */
export type WireClaim = { id: string; state: string; address: string; code?: string; txHash?: string; height?: number };

/** A real chain, the fault proxy before its node, and the Worker in a bare workerd behind that. */
export class FaucetGround {
  readonly devnet: Devnet;
  readonly proxy: FaultProxy;
  readonly network: Network;
  readonly #stateDir: string;
  #worker: RawWorkerd;

  private constructor(devnet: Devnet, proxy: FaultProxy, network: Network, stateDir: string, worker: RawWorkerd) {
    this.devnet = devnet;
    this.proxy = proxy;
    this.network = network;
    this.#stateDir = stateDir;
    this.#worker = worker;
  }

  /** `drip` in base units. The network file names no module accounts, so that only the chain refuses them. */
  static async start(shape: DevnetOptions, seed: number): Promise<FaucetGround> {
    const devnet = await startChain(shape);
    const proxy = await startFaultProxy({ target: devnet.rpcUrl, seed });
    const told = await networkOf(devnet, shape, [proxy.url]);
    const network = { ...told, cosmos: { ...told.cosmos, moduleAccounts: [] } };
    const stateDir = await mkdtemp(join(tmpdir(), "faucet-ground-"));
    const worker = await launch(network, devnet, stateDir);
    return new FaucetGround(devnet, proxy, network, stateDir, worker);
  }

  get drip(): bigint {
    return BigInt(this.network.faucet.drips[0]?.amount ?? 0);
  }

  get worker(): RawWorkerd {
    return this.#worker;
  }

  get claimsUrl(): string {
    return `${this.#worker.url}/api/v1/networks/${this.network.chainId}/faucet/claims`;
  }

  /** Ends the Worker's process as a power cut would, and starts it again on what it had stored. */
  async killWorker(): Promise<void> {
    await this.#worker.kill9();
    this.#worker = await launch(this.network, this.devnet, this.#stateDir);
  }

  async killNode(downMs: number): Promise<void> {
    await this.devnet.kill9();
    await sleep(downMs);
    await this.devnet.restart();
  }

  post(address: string, key?: string, query = ""): Promise<Response> {
    return fetch(`${this.claimsUrl}${query}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) },
      body: JSON.stringify({ address }),
      signal: AbortSignal.timeout(40_000),
    });
  }

  /** Asks with one key until the Worker gives a definite answer, however often it dies meanwhile. */
  async insist(address: string, key: string): Promise<{ status: number; claim: WireClaim }> {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await this.post(address, key).catch(() => null);
      if (answer && answer.status < 500) return { status: answer.status, claim: (await answer.json()) as WireClaim };
      await answer?.body?.cancel();
      await sleep(150);
    }
    throw new Error(`no definite answer for ${address}`);
  }

  async claim(id: string): Promise<WireClaim> {
    const answer = await fetch(`${this.claimsUrl}/${id}`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as WireClaim;
  }

  /** Waits until each has ended; answers them in order. Throws after `timeoutMs`, naming those that have not. */
  async untilEnded(ids: readonly string[], timeoutMs = 120_000): Promise<WireClaim[]> {
    const deadlineMs = Date.now() + timeoutMs;
    const ended = new Map<string, WireClaim>();
    while (ended.size < ids.length) {
      for (const id of ids.filter((each) => !ended.has(each))) {
        const claim = await this.claim(id).catch(() => null);
        if (claim?.state === "confirmed" || claim?.state === "failed") ended.set(id, claim);
      }
      if (Date.now() > deadlineMs) {
        const open = ids.filter((id) => !ended.has(id));
        throw new Error(`${open.length} of ${ids.length} claims have not ended, among them ${open[0]}`);
      }
      await sleep(200);
    }
    return ids.map((id) => ended.get(id) as WireClaim);
  }

  async balances(addresses: readonly string[]): Promise<bigint[]> {
    const client = await StargateClient.connect(this.devnet.rpcUrl);
    const found: bigint[] = [];
    for (const address of addresses) {
      found.push(BigInt((await client.getBalance(address, this.devnet.denom)).amount));
    }
    client.disconnect();
    return found;
  }

  /** What left the faucet's account since genesis, and the fees among it, as the chain's own blocks tell. */
  async spent(): Promise<{ total: bigint; fees: bigint; transactions: number }> {
    const [left = 0n] = await this.balances([this.devnet.funded.address]);
    let [fees, transactions] = [0n, 0];
    const height = await this.devnet.height();
    for (let each = 1; each <= height; each += 1) {
      for (const tx of await this.#txs(each)) {
        if (!tx.spentFee) continue;
        fees += tx.fee;
        transactions += 1;
      }
    }
    return { total: fundedAmount - left, fees, transactions };
  }

  async #txs(height: number): Promise<{ fee: bigint; spentFee: boolean }[]> {
    const block = await this.#rpc<{ block: { data: { txs: string[] } } }>("block", height);
    if (block.block.data.txs.length === 0) return [];
    const results = await this.#rpc<{ txs_results: { code: number; events: { type: string }[] }[] }>(
      "block_results",
      height,
    );
    return block.block.data.txs.map((text, index) => {
      const fee = decodeTxRaw(Buffer.from(text, "base64")).authInfo.fee?.amount[0]?.amount ?? "0";
      const result = results.txs_results[index];
      // A transaction refused before its messages ran has no fee event, whatever its code.
      const spentFee = result?.code === 0 || (result?.events ?? []).some((event) => event.type === "tx");
      return { fee: BigInt(fee), spentFee };
    });
  }

  async #rpc<Result>(method: string, height: number): Promise<Result> {
    const answer = await fetch(`${this.devnet.rpcUrl}/${method}?height=${height}`);
    return ((await answer.json()) as { result: Result }).result;
  }

  /** The last lines of the Worker's log, for the words of a failed test. */
  async stop(): Promise<void> {
    await this.#worker.stop();
    await this.proxy.stop();
    await this.devnet.stop();
    await rm(this.#stateDir, { recursive: true, force: true });
  }
}

function launch(network: Network, devnet: Devnet, stateDir: string): Promise<RawWorkerd> {
  return startRawWorkerd({ port: 0, networks: [network], faucetMnemonic: devnet.funded.mnemonic, stateDir });
}

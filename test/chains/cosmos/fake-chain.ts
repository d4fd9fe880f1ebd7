import { readNetwork } from "../../../networks/schema.ts";
import type { CosmosCodec, DecodedTx, TxPlan } from "../../../workers/chains/cosmos/codec.ts";
import { CosmosDriver, type CosmosDriverOptions } from "../../../workers/chains/cosmos/driver.ts";
import type { CosmosSettings } from "../../../workers/chains/cosmos/gas.ts";
import { hashTxs, upperHex } from "../../../workers/chains/cosmos/merkle.ts";
import { type Block, type CosmosNode, NodeFailed, type TxResult } from "../../../workers/chains/cosmos/node.ts";

export const chainId = "fake-1";
export const blockMs = 500;

/** Settings as a network file with nothing but a gas price gives them. */
export function settings(cosmos: Record<string, unknown> = {}): CosmosSettings {
  return readNetwork("test", {
    chainId,
    name: "Fake",
    driver: "cosmos",
    bech32Prefix: "fake",
    denoms: [{ denom: "ufake", display: "FAKE", exponent: 6 }],
    cosmos: { rpc: ["http://127.0.0.1:1"], gasPrice: { denom: "ufake", milliAmount: 1 }, ...cosmos },
    faucet: { drips: [{ denom: "ufake", amount: "1" }] },
  }).cosmos;
}

/** A transaction of the fake codec. */
export function tx(memo: string, sequence = 0): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ memo, sequence }));
}

export function hashOf(bytes: Uint8Array): string {
  return hashTxs([bytes]).hashes[0] ?? "";
}

export const ok: TxResult = { code: 0, codespace: "", log: "", gasUsed: 100n };

/** Linked blocks from height 1 on; `seed` makes other hashes. `txs` by height. */
export function makeBlocks(count: number, txs: Record<number, Uint8Array[]> = {}, seed = "a"): Block[] {
  const blocks: Block[] = [];
  for (let height = 1; height <= count; height += 1) {
    const inside = txs[height] ?? [];
    const { dataHash } = hashTxs(inside);
    const lastHash = blocks.at(-1)?.hash ?? "";
    const hash = hashOf(new TextEncoder().encode(`${seed} ${height} ${lastHash} ${dataHash}`));
    blocks.push({ height, hash, lastHash, timeMs: 1_000_000 + height * blockMs, dataHash, txs: inside });
  }
  return blocks;
}

/** One endpoint that shows the blocks that it is given. Change its fields, or replace a method, to make it worse. */
export class FakeNode implements CosmosNode {
  readonly name: string;
  blocks: Block[];
  resultsOf: (block: Block) => readonly TxResult[] | null = (block) => block.txs.map(() => ok);
  earliest = 1;
  chainId = chainId;
  down = false;
  gas: bigint | null = 100_000n;
  sequence = 0n;
  readonly calls: string[] = [];

  constructor(name: string, blocks: Block[]) {
    this.name = name;
    this.blocks = blocks;
  }

  async status() {
    this.#called("status");
    const [last, first] = [this.#block(this.blocks.length), this.#block(this.earliest)];
    return {
      chainId: this.chainId,
      height: last?.height ?? 0,
      hash: last?.hash ?? "",
      timeMs: last?.timeMs ?? 0,
      earliestHeight: first?.height ?? 0,
      earliestHash: first?.hash ?? "",
    };
  }

  async metas(min: number, max: number) {
    this.#called(`metas ${min}-${max}`);
    return this.blocks.filter(({ height }) => height >= Math.max(min, this.earliest) && height <= max).slice(0, 20);
  }

  async block(height: number): Promise<Block | null> {
    this.#called(`block ${height}`);
    return this.#block(height) ?? null;
  }

  async results(height: number) {
    this.#called(`results ${height}`);
    const block = this.#block(height);
    return block ? this.resultsOf(block) : null;
  }

  async account() {
    this.#called("account");
    return { accountNumber: 7n, sequence: this.sequence, height: this.blocks.length };
  }

  async balance() {
    this.#called("balance");
    return [];
  }

  async simulate() {
    this.#called("simulate");
    return this.gas;
  }

  async broadcast(_bytes: Uint8Array) {
    this.#called("broadcast");
    return { code: 0, codespace: "", log: "" };
  }

  asked(prefix: string): number {
    return this.calls.filter((call) => call.startsWith(prefix)).length;
  }

  #block(height: number): Block | undefined {
    return this.blocks.find((block) => block.height === height && height >= this.earliest);
  }

  #called(what: string): void {
    this.calls.push(what);
    if (this.down) throw new NodeFailed("down");
  }
}

/** Transactions in JSON; keeps the last plan that it signed. */
export class FakeCodec implements CosmosCodec {
  readonly address = "fake1payer";
  signed: TxPlan | null = null;
  simulated: TxPlan | null = null;

  async sign(plan: TxPlan) {
    this.signed = plan;
    return new TextEncoder().encode(JSON.stringify({ memo: plan.memo, sequence: Number(plan.sequence) }));
  }

  async unsigned(plan: TxPlan) {
    this.simulated = plan;
    return new Uint8Array();
  }

  decode(bytes: Uint8Array): DecodedTx | null {
    try {
      const { memo, sequence } = JSON.parse(new TextDecoder().decode(bytes));
      return { memo, sequence: BigInt(sequence), signer: this.address, fee: [], payments: [] };
    } catch {
      return null;
    }
  }
}

/** A driver over fake endpoints, with everything that it logged. */
export function driverOver(nodes: readonly CosmosNode[], more: Partial<CosmosDriverOptions> = {}) {
  const codec = new FakeCodec();
  const logged: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const log = (event: string, fields: Readonly<Record<string, unknown>>) => logged.push({ event, fields });
  const driver = new CosmosDriver({ chainId, nodes, codec, settings: settings(), nowMs: () => 0, log, ...more });
  return { driver, codec, logged };
}

/** Anything that is no hash of a block here. */
export const otherHash = upperHex(new Uint8Array(32).fill(0xab));

import { randomBytes } from "node:crypto";
import { type Account, type AccountReader, Accounts, Branch, credit, nextAppHash } from "./accounts.ts";
import { moduleAddresses, readAddress } from "./address.ts";
import { type Block, buildBlock, type Genesis, genesisTip, type Tip } from "./block.ts";
import { Blocks } from "./blocks.ts";
import { History } from "./history.ts";
import { type CheckAnswer, Mempool, type Pending } from "./mempool.ts";
import type { ChainSettings } from "./options.ts";
import { resultsHash, runTx, type TxResult } from "./run.ts";
import type { Base, BlockRecord } from "./state-file.ts";
import { type Decoded, decodeTx, txHash } from "./tx.ts";
import { makeValidator, type Validator } from "./validator.ts";

/** Makes a new genesis from the options; two calls never give the same chain. Throws on an address that is none. */
export function makeGenesis(settings: ChainSettings): Genesis {
  const accounts = new Accounts();
  for (const { address, coins } of settings.genesis) {
    const read = readAddress(address, settings.prefix);
    if (!read.ok) throw new Error(`sandbox chain option genesis: ${address}: ${read.fault}`);
    credit(accounts, read.address, coins);
  }
  for (const address of moduleAddresses(settings.prefix)) credit(accounts, address, []);
  const timeNs = BigInt(Math.floor(settings.now())) * 1_000_000n;
  return { chainId: settings.chainId, timeNs, validatorSeed: randomBytes(32), accounts: [...accounts.entries()] };
}

/** The base of a chain that has no block yet. */
export function genesisBase(genesis: Genesis): Base {
  return { genesis, tip: genesisTip(genesis), accounts: genesis.accounts };
}

/** One chain in memory: application, mempool and blocks. Knows neither disk, clock nor network. */
export class Chain {
  readonly settings: ChainSettings;
  readonly genesis: Genesis;
  readonly validator: Validator;
  readonly blocks: Blocks;
  readonly mempool: Mempool;
  readonly #accounts: Accounts;
  readonly #history: History;
  #check: Branch;
  #tip: Tip;

  constructor(settings: ChainSettings, base: Base) {
    this.settings = settings;
    this.genesis = base.genesis;
    this.validator = makeValidator(base.genesis.validatorSeed);
    this.blocks = new Blocks(settings.keepBlocks);
    this.mempool = new Mempool(settings.limits.mempoolTxsMax);
    this.#accounts = new Accounts(base.accounts);
    this.#history = new History(this.#accounts);
    this.#check = new Branch(this.#accounts);
    this.#tip = base.tip;
  }

  /** The last block's height; 0 before the first. */
  get height(): number {
    return this.#tip.height;
  }

  /** The state's hash after the last block. */
  get appHash(): Uint8Array {
    return this.#tip.appHash;
  }

  /** The state after a block; null when it is kept no longer. */
  stateAt(height: number): AccountReader | null {
    const lowest = Math.max(this.blocks.base, this.height - this.settings.keepStates + 1);
    return height < lowest || height > this.height ? null : this.#history.at(height);
  }

  /** Takes a transaction into the mempool as CometBFT's CheckTx does. */
  submit(bytes: Uint8Array): CheckAnswer {
    const hash = txHash(bytes);
    const max = this.settings.limits.txBytesMax;
    if (bytes.length > max) return { ok: false, fault: `Tx too large. Max size is ${max}, but got ${bytes.length}` };
    const fault = this.mempool.admit(hash);
    if (fault !== null) return { ok: false, fault };
    const decoded = decodeTx(bytes, this.settings.prefix);
    const result = runTx(this.settings, "check", this.height, this.#check, decoded);
    if (result.code === 0) this.mempool.add({ hash, bytes, decoded, gas: result.gasWanted });
    else this.mempool.forget(hash);
    return { ok: true, hash, result };
  }

  /** Runs a transaction on top of what is pending, without a trace: gas, and the refusal if there is one. */
  simulate(bytes: Uint8Array): TxResult {
    const decoded = decodeTx(bytes, this.settings.prefix);
    return runTx(this.settings, "simulate", this.height, new Branch(this.#check), decoded);
  }

  /** Makes the next block of what is pending. `save` gets its record before anything of it can be seen. */
  makeBlock(save: (record: BlockRecord) => void): Block {
    const pending = this.#reap();
    const timeNs = this.#nextTimeNs();
    const block = this.#add(timeNs, pending, "deliver", save);
    for (const [index, { hash }] of pending.entries()) {
      this.mempool.remove(hash);
      if (block.results[index]?.code === 0) this.mempool.remember(hash);
      else this.mempool.forget(hash);
    }
    this.#recheck();
    return block;
  }

  /** Adds a block that was saved. Throws an Error when it rebuilds to another one. */
  replay(record: BlockRecord): void {
    const txs = record.txs.map((bytes) => ({ bytes, decoded: decodeTx(bytes, this.settings.prefix) }));
    this.#add(record.timeNs, txs, "replay", ({ height, check }) => {
      if (height === record.height && check === record.check) return;
      throw new Error(`saved block ${record.height} does not follow from the blocks before it under these options`);
    });
    if (this.mempool.size === 0) this.#check = new Branch(this.#accounts);
  }

  /** Empties the mempool, as a node does that restarts. */
  dropMempool(): void {
    this.mempool.flush();
    this.#check = new Branch(this.#accounts);
  }

  /** Base and records from which a chain with the same blocks can be rebuilt. */
  save(): { base: Base; blocks: Iterable<BlockRecord> } {
    const first = this.blocks.get(this.blocks.base);
    if (first === undefined) return { base: genesisBase(this.genesis), blocks: [] };
    const { header } = first;
    const height = header.height - 1;
    const tip: Tip = {
      height,
      id: header.lastBlockId,
      // Only the order of times matters to the next block.
      timeNs: header.timeNs - 1n,
      appHash: header.appHash,
      resultsHash: header.lastResultsHash,
    };
    return { base: { genesis: this.genesis, tip, accounts: this.#history.entriesAt(height) }, blocks: this.#records() };
  }

  *#records(): Iterable<BlockRecord> {
    for (let height = this.blocks.base; height <= this.blocks.height; height++) {
      const block = this.blocks.get(height);
      if (block !== undefined) yield recordOf(block);
    }
  }

  #add(
    timeNs: bigint,
    txs: readonly { readonly bytes: Uint8Array; readonly decoded: Decoded }[],
    mode: "deliver" | "replay",
    save: (record: BlockRecord) => void,
  ): Block {
    const height = this.#tip.height + 1;
    const branch = new Branch(this.#accounts);
    const results = txs.map(({ decoded }) => runTx(this.settings, mode, height, branch, decoded));
    const bytes = txs.map((tx) => tx.bytes);
    const block = buildBlock(this.settings, this.validator, this.#tip, timeNs, bytes, results);
    save(recordOf(block));
    this.#history.note(height, branch.changes);
    const before = height === 1 ? this.#genesisChanges(branch.changes) : branch.changes;
    const appHash = nextAppHash(this.#tip.appHash, before);
    branch.commit();
    this.#tip = { height, id: block.id, timeNs, appHash, resultsHash: resultsHash(results) };
    this.blocks.add(block);
    this.#history.prune(this.blocks.base - 1);
    return block;
  }

  /** The first block's state holds the genesis accounts too. */
  #genesisChanges(changes: ReadonlyMap<string, Account>): ReadonlyMap<string, Account> {
    return new Map([...this.genesis.accounts, ...changes]);
  }

  /** Strictly rising, and with nanoseconds that no millisecond holds, as a real chain's. */
  #nextTimeNs(): bigint {
    if (this.#tip.height === 0) return this.genesis.timeNs;
    const odd = BigInt((this.#tip.height * 7_919) % 1_000_000);
    const wall = BigInt(Math.floor(this.settings.now())) * 1_000_000n + odd;
    const least = this.#tip.timeNs + 1_000_000n;
    return wall > least ? wall : least;
  }

  #reap(): Pending[] {
    const { blockBytesMax, blockGasMax } = this.settings.limits;
    const taken: Pending[] = [];
    let bytes = 0;
    let gas = 0n;
    for (const pending of this.mempool.list()) {
      bytes += pending.bytes.length;
      gas += pending.gas;
      if (bytes > blockBytesMax || (blockGasMax > 0 && gas > BigInt(blockGasMax))) break;
      taken.push(pending);
    }
    return taken;
  }

  /** What became invalid goes, the rest keeps its order. */
  #recheck(): void {
    this.#check = new Branch(this.#accounts);
    for (const { hash, decoded } of this.mempool.list()) {
      if (runTx(this.settings, "recheck", this.height, this.#check, decoded).code === 0) continue;
      this.mempool.remove(hash);
      this.mempool.forget(hash);
    }
  }
}

function recordOf({ header, id, txs }: Block): BlockRecord {
  const check = Buffer.from(id.hash).toString("hex", 0, 4);
  return { height: header.height, timeNs: header.timeNs, txs, check };
}

import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Account } from "./accounts.ts";
import type { Genesis, Tip } from "./block.ts";

/** The state that the blocks of a file build on. */
export type Base = {
  readonly genesis: Genesis;
  readonly tip: Tip;
  readonly accounts: readonly (readonly [string, Account])[];
};

/** One block, as little as it can be rebuilt from. */
export type BlockRecord = {
  readonly height: number;
  readonly timeNs: bigint;
  readonly txs: readonly Uint8Array[];
  /** First 8 hex digits of its hash, so that a file that rebuilds to something else is noticed. */
  readonly check: string;
};

/** What a file holds. */
export type Saved = { readonly base: Base; readonly blocks: readonly BlockRecord[] };

/** Layout of the file; another number is refused. */
const version = 1;

/**
 * The chain on disk: one line of base state, then a line a block. Lines are only appended; {@link StateFile.rewrite}
 * replaces the whole file by rename. A line that a crash cut short is dropped with what follows it.
 */
export class StateFile {
  readonly #path: string;
  #file: number | null = null;
  #count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Blocks in the file. */
  get count(): number {
    return this.#count;
  }

  /** What was saved; null when there is no file. Throws an Error that names the file when it can't be read. */
  load(): Saved | null {
    if (!existsSync(this.#path)) return null;
    const content = readFileSync(this.#path);
    const blocks: BlockRecord[] = [];
    let base: Base | null = null;
    let start = 0;
    for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, start)) {
      const line = content.toString("utf8", start, end);
      if (base === null) base = this.#readBase(line);
      else blocks.push(readBlock(line, this.#path));
      start = end + 1;
    }
    if (base === null) throw this.#damaged("no complete first line");
    this.#file = openSync(this.#path, "r+");
    ftruncateSync(this.#file, start);
    closeSync(this.#file);
    this.#file = openSync(this.#path, "a");
    this.#count = blocks.length;
    return { base, blocks };
  }

  /** Appends one block. */
  append(block: BlockRecord): void {
    if (this.#file === null) throw new Error("state file is not open");
    writeAll(this.#file, blockLine(block));
    this.#count += 1;
  }

  /** Puts another content in the file's place, whole or not at all. */
  rewrite(saved: { readonly base: Base; readonly blocks: Iterable<BlockRecord> }): void {
    const next = `${this.#path}.next`;
    const file = openSync(next, "w", 0o600);
    writeAll(file, baseLine(saved.base));
    let count = 0;
    for (const block of saved.blocks) {
      writeAll(file, blockLine(block));
      count += 1;
    }
    this.close();
    renameSync(next, this.#path);
    this.#file = file;
    this.#count = count;
  }

  /** Lets go of the file. */
  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #readBase(line: string): Base {
    try {
      return parseBase(line);
    } catch (cause) {
      throw this.#damaged(cause instanceof Error ? cause.message : "unreadable");
    }
  }

  #damaged(why: string): Error {
    return new Error(`sandbox chain state ${this.#path} can't be used: ${why}; remove it to start a new chain`);
  }
}

type AccountJson = [address: string, number: string, sequence: string, key: string, coins: [string, string][]];

function accountJson([address, { number, sequence, publicKey, coins }]: readonly [string, Account]): AccountJson {
  const sums = [...coins].map(([denom, amount]): [string, string] => [denom, `${amount}`]);
  return [address, `${number}`, `${sequence}`, publicKey, sums];
}

function accountOf([address, number, sequence, publicKey, coins]: AccountJson): [string, Account] {
  const sums = new Map(coins.map(([denom, amount]) => [denom, BigInt(amount)]));
  return [address, { number: BigInt(number), sequence: BigInt(sequence), publicKey, coins: sums }];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Buffer.from(text, "hex");

function baseLine({ genesis, tip, accounts }: Base): string {
  const { id } = tip;
  const base = {
    version,
    genesis: {
      chainId: genesis.chainId,
      timeNs: `${genesis.timeNs}`,
      validatorSeed: hex(genesis.validatorSeed),
      accounts: genesis.accounts.map(accountJson),
    },
    tip: {
      height: tip.height,
      id: id === null ? null : { hash: hex(id.hash), partsTotal: id.partsTotal, partsHash: hex(id.partsHash) },
      timeNs: `${tip.timeNs}`,
      appHash: hex(tip.appHash),
      resultsHash: hex(tip.resultsHash),
    },
    accounts: accounts.map(accountJson),
  };
  return `${JSON.stringify(base)}\n`;
}

/** The shape that {@link baseLine} writes. The file is this module's own; its version guards the shape. */
type BaseJson = {
  version: number;
  genesis: { chainId: string; timeNs: string; validatorSeed: string; accounts: AccountJson[] };
  tip: {
    height: number;
    id: { hash: string; partsTotal: number; partsHash: string } | null;
    timeNs: string;
    appHash: string;
    resultsHash: string;
  };
  accounts: AccountJson[];
};

function parseBase(line: string): Base {
  const { version: found, genesis, tip, accounts }: BaseJson = JSON.parse(line);
  if (found !== version) throw new Error(`it has version ${found}, not ${version}`);
  const { id } = tip;
  return {
    genesis: {
      chainId: genesis.chainId,
      timeNs: BigInt(genesis.timeNs),
      validatorSeed: bytes(genesis.validatorSeed),
      accounts: genesis.accounts.map(accountOf),
    },
    tip: {
      height: tip.height,
      id: id === null ? null : { hash: bytes(id.hash), partsTotal: id.partsTotal, partsHash: bytes(id.partsHash) },
      timeNs: BigInt(tip.timeNs),
      appHash: bytes(tip.appHash),
      resultsHash: bytes(tip.resultsHash),
    },
    accounts: accounts.map(accountOf),
  };
}

function blockLine({ height, timeNs, txs, check }: BlockRecord): string {
  const encoded = txs.map((tx) => Buffer.from(tx).toString("base64"));
  return `${[height, timeNs, check, ...encoded].join(" ")}\n`;
}

function readBlock(line: string, path: string): BlockRecord {
  const [height, timeNs, check, ...txs] = line.split(" ");
  if (height === undefined || timeNs === undefined || check === undefined || !/^[0-9]+$/.test(timeNs)) {
    throw new Error(
      `sandbox chain state ${path} can't be used: a block's line is damaged; remove it to start a new chain`,
    );
  }
  return { height: Number(height), timeNs: BigInt(timeNs), check, txs: txs.map((tx) => Buffer.from(tx, "base64")) };
}

function writeAll(file: number, line: string): void {
  const content = Buffer.from(line);
  for (let written = 0; written < content.length; ) written += writeSync(file, content, written);
}

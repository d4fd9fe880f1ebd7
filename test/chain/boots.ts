import { readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { section } from "../../genesis/document/genesis-file.ts";
import { sha256Hex } from "../../genesis/document/hash.ts";
import { canonicalJson } from "../../genesis/json/canonical.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { isObject } from "../../genesis/json/value.ts";
import { buildDevnet } from "../devnet/build.ts";
import { forget, removeWithUs } from "../devnet/children.ts";
import { makeOperators, type Operators, settleHomes } from "../devnet/home.ts";
import { logTail, type NodeProcess, startNode } from "../devnet/node-process.ts";
import { type DevnetOptions, type DevnetSettings, settled } from "../devnet/options.ts";
import { freePorts } from "../devnet/ports.ts";
import { ask, statusOf } from "../devnet/rpc-read.ts";

/** Operators of a chain that isn't there yet: what each hands in, and what its node needs to start. */
export type Ground = Operators & {
  readonly binary: string;
  readonly settings: DevnetSettings;
  /** A folder for what a test makes of it; it goes away with the ground. */
  readonly root: string;
  readonly remove: () => Promise<void>;
};

/** What was seen of a genesis that booted. */
export type Booted = {
  /** From the start of the nodes until all was seen. */
  readonly ms: number;
  /** The block in whose commit every validator's signature stands. */
  readonly height: number;
  /** The application's hash after that block: every node's own. */
  readonly appHash: string;
  /** The largest node's resident memory at the end; NaN where there is no /proc. */
  readonly memoryMb: number;
};

/** What `npm run genesis -- assemble` says of a genesis before there is a chain. */
export type Foretold = { readonly validatorsHash: string; readonly answerSha256?: string };

/** Makes operators with keys, a base genesis and gentxs by the real binary; `validators` says how many. */
export async function operatorsGround(options: DevnetOptions): Promise<Ground> {
  const settings = settled(options);
  const binary = await buildDevnet();
  const root = await mkdtemp(join(tmpdir(), "wellspring-boots-"));
  removeWithUs(root);
  const ports = await freePorts(settings.validators * 2);
  const homes = Array.from({ length: settings.validators }, (_, index) => ({
    dir: join(root, `node-${index}`),
    rpcPort: ports[index * 2] ?? 0,
    p2pPort: ports[index * 2 + 1] ?? 0,
  }));
  const operators = await makeOperators(binary, settings, homes);
  const remove = async () => {
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
    forget(root);
  };
  // The node's own genesis is overwritten by the one that it starts on.
  const baseFile = join(root, "base.json");
  await copyFile(operators.baseFile, baseFile);
  return { ...operators, baseFile, binary, settings, root, remove };
}

/**
 * Starts every operator's node on the genesis in `file`, and throws unless it boots within `timeoutMs`: every
 * validator proposes a block and every one's signature stands in one commit, all nodes computed one application
 * hash, block 1 shows the `validators_hash` that was foretold, and `/genesis` has the canonical hash that was (where
 * one is given). The nodes are gone when it is done, and `whileUp` before that; they may be started again on another
 * genesis.
 */
export async function assertBoots(
  ground: Ground,
  file: string,
  foretold: Foretold,
  timeoutMs = 25_000,
  whileUp: () => Promise<void> = async () => undefined,
): Promise<Booted> {
  await settleHomes(ground, ground.settings, await readFile(file, "utf8"));
  await Promise.all(ground.nodes.map(({ home }) => forgetBlocks(home.dir)));
  const begun = performance.now();
  const nodes = ground.nodes.map(({ home }) => startNode(ground.binary, ground.settings, home));
  try {
    const urls = ground.nodes.map(({ home }) => `http://127.0.0.1:${home.rpcPort}`);
    const until = { deadline: Date.now() + timeoutMs, alive: () => throwIfEnded(ground, nodes) };
    const height = await allTookPart(urls, until);
    const appHash = await oneAppHash(urls, height, until);
    for (const url of urls) {
      const { validatorsHash } = await blockAt(url, 1);
      same("validatorsHash", validatorsHash, foretold.validatorsHash, url);
      if (foretold.answerSha256 === undefined) continue;
      same("answerSha256", await answerHash(url), foretold.answerSha256, url);
    }
    await whileUp();
    const memoryMb = Math.max(...nodes.map(({ pid }) => residentMb(pid)));
    return { ms: performance.now() - begun, height, appHash, memoryMb };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
}

/** What an earlier start on these folders left; a node that never ran has just this state of its signer. */
async function forgetBlocks(home: string): Promise<void> {
  const data = join(home, "data");
  await rm(data, { recursive: true, force: true });
  await mkdir(data);
  await writeFile(join(data, "priv_validator_state.json"), '{"height":"0","round":0,"step":0}');
}

type Until = { readonly deadline: number; readonly alive: () => void };

/** The first height that every validator signed, once every validator has proposed a block too. */
async function allTookPart(urls: readonly string[], until: Until): Promise<number> {
  const [url = ""] = urls;
  const proposers = new Set<string>();
  let signedBy = 0;
  let height = 0;
  for (let next = 1; ; next += 1) {
    const seen = () => `${proposers.size} of ${urls.length} proposed a block, at most ${signedBy} signed one`;
    await reach(url, next, until, seen);
    const block = await blockAt(url, next);
    proposers.add(block.proposer);
    signedBy = Math.max(signedBy, block.signers);
    if (height === 0 && block.signers === urls.length && block.absent === 0) height = next - 1;
    if (height > 0 && proposers.size === urls.length) return height;
  }
}

/** What every node computed after a block. It is each one's own answer: headers are agreed on, results are not. */
async function oneAppHash(urls: readonly string[], height: number, until: Until): Promise<string> {
  const hashes: string[] = [];
  for (const url of urls) {
    await reach(url, height, until, () => `others passed height ${height}`);
    const results = await ask<{ app_hash: string }>(url, "block_results", { height: String(height) });
    hashes.push(Buffer.from(results.app_hash, "base64").toString("hex").toUpperCase());
  }
  const [first = "", ...others] = hashes;
  if (first === "" || others.some((hash) => hash !== first)) {
    throw new Error(`The nodes computed ${[...new Set(hashes)].join(" and ")} after block ${height}`);
  }
  return first;
}

function same(name: keyof Foretold, seen: string, foretold: string, url: string): void {
  if (seen !== foretold) throw new Error(`${name} is ${seen} at ${url}, not ${foretold} as foretold`);
}

async function answerHash(url: string): Promise<string> {
  const text = await (await fetch(`${url}/genesis`, { signal: AbortSignal.timeout(10_000) })).text();
  const answer = parseJson(text).value;
  if (!isObject(answer)) throw new Error(`${url}/genesis answers no object`);
  return sha256Hex(canonicalJson(section(answer, "result", "genesis")));
}

async function reach(url: string, height: number, until: Until, seen: () => string): Promise<void> {
  let word = "it answered nothing";
  while (Date.now() < until.deadline) {
    until.alive();
    try {
      const status = await statusOf(url);
      if (status.height >= height) return;
      word = `it is at height ${status.height}`;
    } catch (error) {
      word = error instanceof Error ? error.message : String(error);
    }
    await sleep(50);
  }
  throw new Error(`${url} is not at height ${height} in time: ${word}; ${seen()}`);
}

type Block = {
  readonly validatorsHash: string;
  readonly proposer: string;
  readonly signers: number;
  readonly absent: number;
};

/** A block; `signers` and `absent` are how many of the set signed the one before it, and how many didn't. */
async function blockAt(url: string, height: number): Promise<Block> {
  const { block } = await ask<BlockAnswer>(url, "block", { height: String(height) });
  const { header, last_commit: commit } = block;
  // Flag 2 is a vote for the block; 1 is none, 3 one for nothing (cometbft/types/block.go).
  const signers = commit.signatures.filter((each) => each.block_id_flag === 2).length;
  const absent = commit.signatures.length - signers;
  return { validatorsHash: header.validators_hash, proposer: header.proposer_address, signers, absent };
}

type BlockAnswer = {
  readonly block: {
    readonly header: { readonly validators_hash: string; readonly proposer_address: string };
    readonly last_commit: { readonly signatures: readonly { readonly block_id_flag: number }[] };
  };
};

function throwIfEnded({ nodes: operators }: Ground, nodes: readonly NodeProcess[]): void {
  nodes.forEach((node, index) => {
    const [end, home] = [node.ended(), operators[index]?.home];
    if (end !== null && home !== undefined) throw new Error(`Node ${index} ended (${end}):\n${logTail(home)}`);
  });
}

function residentMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

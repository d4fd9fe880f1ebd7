import { fromBase64, toBase64, toHex } from "@cosmjs/encoding";
import { BinaryWriter } from "cosmjs-types/binary";
import { z } from "zod";
import type { OnChain, ValidatorChain } from "../../domain/validator/ports.ts";
import { queryJson } from "./answers.ts";
import { askNode } from "./ask-node.ts";
import { signersOf } from "./commit.ts";
import { heightText } from "./header.ts";
import { JsonRpc } from "./json-rpc.ts";
import { NodeFailed } from "./node.ts";
import { ownStatus } from "./own-status.ts";
import { accountQuery } from "./state-queries.ts";
import { bytesOf, readFields, uintOf } from "./wire.ts";

/** Answers of the kinds asked here are small; a set of 500 validators has about 150 KiB. */
const limits = { timeoutMs: 3_000, answerBytesMax: 2 * 1024 * 1024 };
/** What one look serves. Everybody may ask for a checklist, and the nodes are not ours. */
const freshMs = 30_000;
/** What was told of so many operators is kept for {@link keptMs}; a chain that was down is not asked again so long. */
const [keptMax, keptMs] = [200, 10_000];
/** Commits read of the last 100 blocks, evenly spread: one answer tells of all validators. */
const [commitsRead, blocksBack] = [10, 100];
const pagesMax = 5;
/** `BOND_STATUS_BONDED` (cosmos-sdk proto/cosmos/staking/v1beta1/staking.proto). */
const bondedStatus = 3n;

const validatorsJson = z.object({
  total: heightText,
  validators: z
    .array(z.object({ address: z.string().max(64), pub_key: z.object({ value: z.string().max(64) }) }))
    .max(100),
});

/** Who is in the set, and how many of the commits read hold each one's signature. */
type Snapshot = {
  readonly atMs: number;
  /** Addresses by base64 of the consensus key. */
  readonly set: ReadonlyMap<string, string> | null;
  readonly signed: ReadonlyMap<string, number> | null;
  readonly commits: number;
};

/** Asks a Cosmos chain about its validators, at the endpoints of the network file and nowhere else. */
export class CosmosValidatorChain implements ValidatorChain {
  readonly #chainId: string;
  readonly #nodes: readonly JsonRpc[];
  readonly #nowMs: () => number;
  #kept: Snapshot | null = null;
  readonly #looks = new Map<string, { readonly atMs: number; readonly told: OnChain }>();

  constructor(chainId: string, endpoints: readonly string[], nowMs: () => number) {
    this.#chainId = chainId;
    this.#nodes = endpoints.map((endpoint) => new JsonRpc(endpoint, limits));
    this.#nowMs = nowMs;
  }

  /** Each fact for itself: a node may answer one question and not another. */
  async look(names: { account: string; valoper: string }, consensusKey: string | null): Promise<OnChain> {
    const name = `${names.account} ${consensusKey}`;
    const known = this.#looks.get(name);
    if (known !== undefined && this.#nowMs() - known.atMs < keptMs) return known.told;
    const told = await this.#ask(names, consensusKey);
    if (this.#looks.size >= keptMax) this.#looks.clear();
    this.#looks.set(name, { atMs: this.#nowMs(), told });
    return told;
  }

  async #ask(names: { account: string; valoper: string }, consensusKey: string | null): Promise<OnChain> {
    const node = await this.#alive();
    if (node === null) return { bonded: null, jailed: null, signed: null, account: null };
    const [told, account, { set, signed, commits }] = await Promise.all([
      unless(() => validatorOf(node.rpc, names.valoper)),
      unless(() => accountOf(node.rpc, names.account)),
      this.#snapshot(node),
    ]);
    const key = told?.consensusKey ?? consensusKey;
    const address = key === null || set === null ? undefined : set.get(key);
    const inSet = key === null || set === null ? null : address !== undefined;
    return {
      bonded: told === null ? inSet : told.bonded,
      jailed: told === null ? null : told.jailed,
      signed: signed === null || address === undefined ? null : { commits: signed.get(address) ?? 0, of: commits },
      account,
    };
  }

  /** The first node in order that answers for this chain. */
  async #alive(): Promise<{ readonly rpc: JsonRpc; readonly height: number } | null> {
    for (const rpc of this.#nodes) {
      const status = await unless(() => ownStatus(rpc, this.#chainId));
      if (status !== null) return { rpc, height: status.sync_info.latest_block_height };
    }
    return null;
  }

  async #snapshot({ rpc, height }: { readonly rpc: JsonRpc; readonly height: number }): Promise<Snapshot> {
    const nowMs = this.#nowMs();
    if (this.#kept !== null && nowMs - this.#kept.atMs < freshMs) return this.#kept;
    const heights = commitHeights(height);
    const [set, commits] = await Promise.all([
      unless(() => validatorSet(rpc)),
      unless(() => Promise.all(heights.map((at) => signersOf(rpc, this.#chainId, at)))),
    ]);
    const signed = commits && countSigned(commits);
    this.#kept = { atMs: nowMs, set, signed, commits: heights.length };
    return this.#kept;
  }
}

/** Evenly spread over the last 100 blocks, without the newest, whose commit may still grow. */
function commitHeights(height: number): number[] {
  const step = blocksBack / commitsRead;
  const all = Array.from({ length: commitsRead }, (_, index) => height - 1 - index * step);
  return all.filter((at) => at >= 1);
}

function countSigned(commits: readonly (readonly string[])[]): Map<string, number> {
  const signed = new Map<string, number>();
  for (const address of commits.flat()) signed.set(address, (signed.get(address) ?? 0) + 1);
  return signed;
}

async function validatorSet(rpc: JsonRpc): Promise<Map<string, string>> {
  const set = new Map<string, string>();
  for (let page = 1; page <= pagesMax; page += 1) {
    const { validators, total } = await askNode(rpc, "validators", validatorsJson, {
      page: String(page),
      per_page: "100",
    });
    for (const { address, pub_key } of validators) set.set(pub_key.value, address.toUpperCase());
    if (set.size >= total || validators.length === 0) break;
  }
  return set;
}

/** The staking module's word on a validator. Throws where the node can't be asked that, as PAW's with its default store. */
async function validatorOf(rpc: JsonRpc, valoper: string) {
  const data = toHex(BinaryWriter.create().uint32(10).string(valoper).finish());
  const path = "/cosmos.staking.v1beta1.Query/Validator";
  const { response } = await askNode(rpc, "abci_query", queryJson, { path, data, prove: false });
  if (response.code !== 0) {
    if (/not found/i.test(response.log)) return { bonded: false, jailed: null, consensusKey: null };
    throw new NodeFailed(`validator: ${response.codespace}/${response.code}`);
  }
  const validator = readFields(bytesOf(readFields(fromBase64(response.value ?? "")), 1));
  const key = bytesOf(readFields(bytesOf(readFields(bytesOf(validator, 2)), 2)), 1);
  return {
    bonded: uintOf(validator, 4) === bondedStatus,
    jailed: uintOf(validator, 3) === 1n,
    consensusKey: key.length === 32 ? toBase64(key) : null,
  };
}

async function accountOf(rpc: JsonRpc, address: string): Promise<boolean> {
  const { path, data } = accountQuery(address);
  const { response } = await askNode(rpc, "abci_query", queryJson, { path, data: toHex(data), prove: false });
  if (response.code === 0) {
    if (bytesOf(readFields(fromBase64(response.value ?? "")), 1).length > 0) return true;
    throw new NodeFailed("account: an answer without one");
  }
  if (/not found/i.test(response.log)) return false;
  throw new NodeFailed(`account: ${response.codespace}/${response.code}`);
}

/** An answer, or null where the node gave none that can be used. */
async function unless<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch {
    // A node that is down, refuses, or answers bytes that the codec can't read: the fact stays unknown.
    return null;
  }
}

import type { Coin } from "../shared/coin.ts";

/** A block as its header tells it. The proposer is a consensus address in upper-case hexadecimal. */
export type SeenBlock = {
  readonly height: number;
  readonly hash: string;
  readonly timeMs: number;
  readonly txs: number;
  readonly proposer: string;
};

/** What was seen of an endpoint of the network file. */
export type EndpointSeen = { readonly name: string } & (
  | { readonly reached: false; readonly why: string }
  | { readonly reached: true; readonly height: number; readonly catchingUp: boolean }
);

/** Who signed the newest commit, by count and power. */
export type Signing = {
  readonly validators: number;
  readonly signing: number;
  readonly power: bigint;
  readonly signingPower: bigint;
};

/** What a network's endpoints show; null where the node that is furthest does not tell. */
export type StatusLook = {
  readonly endpoints: readonly EndpointSeen[];
  /** The newest first. */
  readonly blocks: readonly SeenBlock[];
  readonly peers: number | null;
  readonly signing: Signing | null;
};

/** A block with the hashes of its transactions, in order. */
export type BlockSeen = SeenBlock & { readonly txHashes: readonly string[] };

/** A transaction in a block. `code` 0: it did what it says. */
export type TransactionSeen = {
  readonly hash: string;
  readonly height: number;
  readonly code: number;
  readonly log: string;
  readonly gasWanted: string;
  readonly gasUsed: string;
};

/** An account as the chain knows it; null: the chain does not know it, or does not tell. */
export type AccountSeen = {
  readonly address: string;
  readonly balances: readonly Coin[];
  readonly accountNumber: bigint | null;
  readonly sequence: bigint | null;
};

/** An answer of the chain, or why there is none. */
export type Sighting<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: "absent" | "unreachable" | "not_indexed"; readonly detail: string };

/** Looks at a chain through the endpoints of its network file. Throws nothing: what can't be seen is said. */
export interface ChainEyes {
  look(): Promise<StatusLook>;
  block(height: number): Promise<Sighting<BlockSeen>>;
  /** `hash`: upper-case hexadecimal. */
  transaction(hash: string): Promise<Sighting<TransactionSeen>>;
  account(address: string): Promise<Sighting<AccountSeen>>;
}

/** How a network is, as people ask. */
export type NetworkStatus = {
  /** `unknown`: no endpoint answers, which says nothing of the chain. */
  readonly state: "producing" | "stopped" | "unknown";
  readonly height: number | null;
  readonly lastBlockAtMs: number | null;
  /** Median time between the newest blocks. */
  readonly blockMs: number | null;
};

/** A chain without a new block for this long, or for ten blocks' time, has stopped. */
const stoppedMsMin = 60_000;

/** Sums up what was seen. */
export function statusOf({ endpoints, blocks }: StatusLook, nowMs: number): NetworkStatus {
  const [newest] = blocks;
  if (newest === undefined || !endpoints.some(({ reached }) => reached)) {
    return { state: "unknown", height: null, lastBlockAtMs: null, blockMs: null };
  }
  const gaps = blocks.slice(1).map((block, at) => (blocks[at]?.timeMs ?? 0) - block.timeMs);
  const blockMs = gaps.length === 0 ? null : (gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? null);
  const silent = nowMs - newest.timeMs > Math.max(stoppedMsMin, 10 * (blockMs ?? 0));
  return { state: silent ? "stopped" : "producing", height: newest.height, lastBlockAtMs: newest.timeMs, blockMs };
}

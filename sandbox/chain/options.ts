/** A sum of one denom in base units. */
export type Coin = { readonly denom: string; readonly amount: bigint };

/** An account that exists at height 0, in the order of account numbers. */
export type GenesisAccount = { readonly address: string; readonly coins: readonly Coin[] };

/** What one transaction, the mempool and a block may hold. Defaults are CometBFT's and the SDK's. */
export type ChainLimits = {
  /** Messages a transaction; MsgMultiSend counts as one. Not an SDK rule: some chains add it in an ante handler. */
  readonly txMessagesMax: number;
  /** Gas limit a transaction may ask for; 0: no bound. Not an SDK rule either. */
  readonly txGasMax: number;
  /** auth param `max_memo_characters`, in bytes (SDK x/auth/ante/basic.go). */
  readonly memoBytesMax: number;
  /** config.toml `mempool.max_tx_bytes`. */
  readonly txBytesMax: number;
  /** config.toml `mempool.size`. */
  readonly mempoolTxsMax: number;
  /** Consensus param `block.max_bytes`. */
  readonly blockBytesMax: number;
  /** Consensus param `block.max_gas`; -1: no bound. */
  readonly blockGasMax: number;
  /** config.toml `rpc.max_body_bytes`. */
  readonly bodyBytesMax: number;
  /** config.toml `rpc.max_request_batch_size`. */
  readonly batchMax: number;
};

/** How to start a sandbox chain. Only what names the chain is required. */
export type SandboxChainOptions = {
  readonly chainId: string;
  /** Bech32 prefix of accounts. */
  readonly prefix: string;
  /** Denom of the minimum gas price. */
  readonly denom: string;
  readonly genesis: readonly GenesisAccount[];
  /** Milliseconds between blocks, or "manual": a block is made by `makeBlock()` alone. */
  readonly blockTimeMs: number | "manual";
  /** False: `tx` and `tx_search` answer as a node with `indexer = "null"`. Default true, as CometBFT's. */
  readonly indexer?: boolean;
  /** Smallest fee per unit of gas that the mempool takes, in thousandths of a base unit. Default 0. */
  readonly minGasPriceMilli?: number;
  readonly limits?: Partial<ChainLimits>;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Keep the state in this file between starts; left out: in memory only. */
  readonly stateFile?: string;
  /** Blocks served before the oldest is pruned. Default 10,000. */
  readonly keepBlocks?: number;
  /** Heights whose state can still be queried. Default 1,000, never more than `keepBlocks`. */
  readonly keepStates?: number;
  /** Wall clock in milliseconds. Block times follow it, but always rise. */
  readonly now?: () => number;
};

/** Options with nothing left open. */
export type ChainSettings = Omit<Required<SandboxChainOptions>, "stateFile" | "limits"> & {
  readonly stateFile: string | null;
  readonly limits: ChainLimits;
};

const defaultLimits: ChainLimits = {
  txMessagesMax: 1_000_000,
  txGasMax: 0,
  memoBytesMax: 256,
  txBytesMax: 1_048_576,
  mempoolTxsMax: 5_000,
  blockBytesMax: 22_020_096,
  blockGasMax: -1,
  bodyBytesMax: 1_000_000,
  batchMax: 10,
};

/** Fills in the defaults. Throws an Error that names the first option out of range. */
export function settle(options: SandboxChainOptions): ChainSettings {
  const keepBlocks = options.keepBlocks ?? 10_000;
  const settings: ChainSettings = {
    indexer: true,
    minGasPriceMilli: 0,
    port: 0,
    now: Date.now,
    ...options,
    keepBlocks,
    keepStates: Math.min(options.keepStates ?? 1_000, keepBlocks),
    stateFile: options.stateFile ?? null,
    limits: { ...defaultLimits, ...options.limits },
  };
  const faults: [boolean, string][] = [
    [settings.chainId.length >= 1 && Buffer.byteLength(settings.chainId) <= 50, "chainId: 1 to 50 bytes"],
    [/^[a-z][a-z0-9]{0,31}$/.test(settings.prefix), "prefix: lower case letters and digits, a letter first"],
    [Number.isInteger(keepBlocks) && keepBlocks >= 2, "keepBlocks: at least 2"],
    [settings.keepStates >= 1, "keepStates: at least 1"],
    [Number.isInteger(settings.minGasPriceMilli) && settings.minGasPriceMilli >= 0, "minGasPriceMilli: a whole number"],
    [settings.blockTimeMs === "manual" || settings.blockTimeMs >= 10, "blockTimeMs: at least 10, or manual"],
  ];
  for (const [holds, rule] of faults) if (!holds) throw new Error(`sandbox chain option ${rule}`);
  return settings;
}

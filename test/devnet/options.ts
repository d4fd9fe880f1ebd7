/** What a chain is to be like. All but nothing has a default. */
export type DevnetOptions = {
  /** Default `devnet-1`. */
  readonly chainId?: string;
  /** Bech32 prefix of accounts. Default `cosmos`. */
  readonly prefix?: string;
  /** Bond and fee denom. Default `stake`. */
  readonly denom?: string;
  /** CometBFT's timeout_commit: about the time between blocks. Default 1000 ms. */
  readonly blockTimeMs?: number;
  /** The node's transaction index; `null` means that `tx` and `tx_search` answer errors. Default `kv`. */
  readonly indexer?: "kv" | "null";
  /** Ante limit: most messages in a transaction. Default 0: none. */
  readonly maxMessages?: number;
  /** Ante limit: most gas that a transaction may ask for. Default 0: none. */
  readonly maxGas?: number;
  /** The node's minimum gas price in `denom`, as a decimal such as `0.001`. Default `0`. */
  readonly minGasPrice?: string;
  /** Genesis balances, in `denom`: bech32 address and base units. */
  readonly accounts?: readonly { readonly address: string; readonly amount: bigint }[];
  /** How many validators, each with a node of its own; 1 to 8. Default 1. */
  readonly validators?: number;
  /** Runs the nodes on this core only, where `taskset` is there. */
  readonly pinCpu?: number;
  /** Where the nodes' folders go. It is kept on stop; without it a temporary folder is used and removed. */
  readonly homeDir?: string;
};

/** Options with every default filled in. */
export type DevnetSettings = Required<Omit<DevnetOptions, "pinCpu" | "homeDir">> & { readonly pinCpu: number | null };

/** Fills in the defaults and refuses what can't work. */
export function settled(options: DevnetOptions): DevnetSettings {
  const settings = {
    chainId: "devnet-1",
    prefix: "cosmos",
    denom: "stake",
    blockTimeMs: 1000,
    indexer: "kv" as const,
    maxMessages: 0,
    maxGas: 0,
    minGasPrice: "0",
    accounts: [],
    validators: 1,
    ...options,
    pinCpu: options.pinCpu ?? null,
  };
  if (settings.validators < 1 || settings.validators > 8) throw new Error("A devnet has 1 to 8 validators");
  if (settings.blockTimeMs < 1 || settings.blockTimeMs > 60_000) throw new Error("Blocks take 1 ms to 60 s");
  return settings;
}

/** PAW's shape: its prefix, denom, ante limits and gas price, no transaction index. */
export const pawShape = {
  chainId: "paw-testnet-1",
  prefix: "pawtest",
  denom: "upaw",
  indexer: "null",
  maxMessages: 10,
  maxGas: 10_000_000,
  minGasPrice: "0.001",
} as const satisfies DevnetOptions;

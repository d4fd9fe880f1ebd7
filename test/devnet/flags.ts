import { parseArgs } from "node:util";
import { type DevnetOptions, pawShape } from "./options.ts";

/** What `npm run devnet` was asked for. */
export type Flags = {
  readonly chain: DevnetOptions & { readonly chainId: string; readonly prefix: string; readonly denom: string };
  /** The dev server's port. */
  readonly port: number;
  /** False: the chain alone. */
  readonly server: boolean;
  /** Where to put the chain's program, and start nothing. */
  readonly program: { readonly path: string; readonly topLevel: boolean } | null;
};

/** The text of `--help`. */
export const usage = `npm run devnet -- [flags]: a real Cosmos SDK chain, and the faucet on it

  --paw                 PAW's shape: paw-testnet-1, pawtest, upaw, 10 messages, 10,000,000 gas, no index,
                        min gas price 0.001; the flags below still win over it
  --chain-id ID         default devnet-1
  --prefix PREFIX       bech32 prefix, default cosmos
  --denom DENOM         bond and fee denom, default stake
  --block-time TIME     such as 1s or 250ms, default 1s
  --indexer kv|null     the node's transaction index, default kv
  --max-messages N      most messages in a transaction, default no limit
  --max-gas N           most gas a transaction may ask for, default no limit
  --min-gas-price N     in DENOM, at most 3 decimals, default 0
  --validators N        1 to 8, default 1
  --home FOLDER         keep the nodes' folders there (what is in them is removed at the start)
  --port PORT           the dev server's, default 8787 or $PORT
  --chain-only          no dev server
  --program PATH        start nothing: put the chain's program there, for whoever follows the guides by hand
                        (docs/rehearsal.md); --home is then its folder's default`;

/** Reads the command line. Null: help was asked for. Throws with the flag's name on what can't be read. */
export function readFlags(args: readonly string[], env: NodeJS.ProcessEnv): Flags | null {
  const text = { type: "string" } as const;
  const yes = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      paw: yes,
      help: yes,
      "chain-only": yes,
      "chain-id": text,
      prefix: text,
      denom: text,
      "block-time": text,
      indexer: text,
      "max-messages": text,
      "max-gas": text,
      "min-gas-price": text,
      validators: text,
      home: text,
      port: text,
      program: text,
    },
  });
  if (values.help) return null;
  const base: DevnetOptions = values.paw ? pawShape : {};
  return {
    chain: {
      chainId: values["chain-id"] ?? base.chainId ?? "devnet-1",
      prefix: values.prefix ?? base.prefix ?? "cosmos",
      denom: values.denom ?? base.denom ?? "stake",
      blockTimeMs: duration(values["block-time"] ?? "1s"),
      indexer: index(values.indexer ?? base.indexer ?? "kv"),
      maxMessages: whole("--max-messages", values["max-messages"], base.maxMessages ?? 0),
      maxGas: whole("--max-gas", values["max-gas"], base.maxGas ?? 0),
      minGasPrice: values["min-gas-price"] ?? base.minGasPrice ?? "0",
      validators: whole("--validators", values.validators, 1),
      ...(values.home === undefined ? {} : { homeDir: values.home }),
    },
    port: whole("--port", values.port ?? env.PORT, 8787),
    server: !values["chain-only"],
    program: values.program === undefined ? null : { path: values.program, topLevel: values.paw },
  };
}

function duration(text: string): number {
  const match = /^(\d{1,5})(ms|s)$/.exec(text);
  if (match === null) throw new Error(`--block-time ${text}: write it as 1s or 250ms`);
  return Number(match[1]) * (match[2] === "s" ? 1000 : 1);
}

function index(text: string): "kv" | "null" {
  if (text === "kv" || text === "null") return text;
  throw new Error(`--indexer ${text}: kv or null`);
}

function whole(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${name} ${text}: a whole number`);
  return Number(text);
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";

const text = z.string().min(1);
const price = z.number();
const peer = z.strictObject({ id: text, address: text, provider: text.optional() });
const endpoint = z.strictObject({ address: text, provider: text.optional() });

/**
 * What chain.schema.json takes of what we write, in our own words; it takes nothing that isn't named here but for fields
 * that we never write. Source: cosmos/chain-registry at 040cb2d.
 */
export const chainRules = z.strictObject({
  $schema: z.string().regex(/^(\.\.\/)+chain\.schema\.json$/),
  chain_name: z.string().regex(/^[a-z0-9]+$/),
  chain_type: z.literal("cosmos"),
  chain_id: text,
  pretty_name: text,
  status: z.enum(["live", "upcoming", "killed"]),
  network_type: z.enum(["mainnet", "testnet", "devnet"]),
  bech32_prefix: text,
  daemon_name: text,
  node_home: text,
  key_algos: z.array(z.enum(["secp256k1", "ethsecp256k1", "ed25519", "sr25519", "bn254"])),
  slip44: z.number(),
  fees: z.strictObject({
    fee_tokens: z.array(
      z.strictObject({
        denom: text,
        fixed_min_gas_price: price,
        low_gas_price: price,
        average_gas_price: price,
        high_gas_price: price,
      }),
    ),
  }),
  staking: z.strictObject({ staking_tokens: z.array(z.strictObject({ denom: text })) }),
  codebase: z.strictObject({
    git_repo: z.url().optional(),
    genesis: z.strictObject({ genesis_url: z.url() }).optional(),
  }),
  peers: z.strictObject({ seeds: z.array(peer), persistent_peers: z.array(peer) }),
  apis: z.strictObject({ rpc: z.array(endpoint), rest: z.array(endpoint) }).optional(),
  explorers: z.array(z.strictObject({ tx_page: text })).optional(),
});

const unit = z.strictObject({ denom: text, exponent: z.int() });
const asset = z
  .strictObject({
    type_asset: z.literal("sdk.coin"),
    denom_units: z.array(unit).min(1),
    base: text,
    display: text,
    // An older edition of the schema says 30, a newer one 60.
    name: z.string().min(1).max(30),
    symbol: text,
  })
  .refine(({ denom_units, base, display }) => {
    const names = denom_units.map(({ denom }) => denom);
    return names.includes(base) && names.includes(display) && new Set(names).size === names.length;
  }, "base and display stand among the units, each once");

/** The same of assetlist.schema.json. */
export const assetRules = z.strictObject({
  $schema: z.string().regex(/^(\.\.\/)+assetlist\.schema\.json$/),
  chain_name: text,
  assets: z.array(asset).min(1),
});

const currency = z.strictObject({ coinDenom: text, coinMinimalDenom: text, coinDecimals: z.int().min(0).max(18) });
const gasPriceStep = z
  .strictObject({ low: price, average: price, high: price })
  .refine(({ low, average, high }) => low <= average && average <= high);
const noQuery = z.url().refine((url) => !url.includes("?"));
const once = (values: readonly { readonly coinMinimalDenom: string }[]) =>
  new Set(values.map(({ coinMinimalDenom }) => coinMinimalDenom)).size === values.length;

/** What Keplr checks before it takes a chain in. Source: chainapsis/keplr-wallet, packages/chain-validator. */
export const keplrRules = z.strictObject({
  chainId: z.string().min(1).max(30),
  chainName: z.string().min(1).max(30),
  rpc: noQuery,
  rest: noQuery,
  bip44: z.strictObject({ coinType: z.int().min(0) }),
  bech32Config: z.strictObject({
    bech32PrefixAccAddr: text,
    bech32PrefixAccPub: text,
    bech32PrefixValAddr: text,
    bech32PrefixValPub: text,
    bech32PrefixConsAddr: text,
    bech32PrefixConsPub: text,
  }),
  currencies: z.array(currency).min(1).refine(once),
  feeCurrencies: z.array(currency.extend({ gasPriceStep })).min(1).refine(once),
  stakeCurrency: currency,
});

/** What is wrong with a file by one of the published schemas; [] nothing. */
export type Published = (name: "chain" | "assetlist", file: unknown) => string[];

/**
 * The registry's own schemas, from a checkout of cosmos/chain-registry that CHAIN_REGISTRY_DIR names: no package has
 * them. Null without one: then the rules above have to do. Throws where the folder that is named has none.
 */
export function publishedSchemas(): Published | null {
  const folder = process.env.CHAIN_REGISTRY_DIR ?? "";
  if (folder === "") return null;
  const judges = { chain: judgeOf(folder, "chain"), assetlist: judgeOf(folder, "assetlist") };
  return (name, file) => judges[name](file);
}

function judgeOf(folder: string, name: string): (file: unknown) => string[] {
  const path = join(folder, `${name}.schema.json`);
  if (!existsSync(path)) throw new Error("CHAIN_REGISTRY_DIR names a folder without the registry's schemas");
  // They name their draft by https, by which nothing that checks schemas knows it.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (file) =>
    validate(file) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

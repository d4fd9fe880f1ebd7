import { isObject, type Json, JsonNumber } from "../json/value.ts";
import { readBech32 } from "./bech32.ts";
import { readGoDec, readGoInt } from "./go-number.ts";

/** What a genesis says that gentxs are judged by. Null: it doesn't say. */
export type GenesisFacts = {
  readonly chainId: string | null;
  /** The prefix of its account addresses. */
  readonly prefix: string | null;
  readonly bondDenom: string | null;
  /** Account address to denom to amount. */
  readonly balances: ReadonlyMap<string, ReadonlyMap<string, bigint>>;
  /** Account address to sequence. */
  readonly sequences: ReadonlyMap<string, bigint>;
  readonly minCommissionRate: bigint;
  readonly maxValidators: number | null;
  /** Null: no limit. */
  readonly maxGas: bigint | null;
  readonly memoBytesMax: bigint;
  readonly signaturesMax: bigint;
  /** Kinds of consensus keys that it takes, by CometBFT's names. */
  readonly keyTypes: readonly string[];
  /** Operators and consensus keys (base64) that are validators already. */
  readonly operators: ReadonlySet<string>;
  readonly consensusKeys: ReadonlySet<string>;
  readonly hasFeeGrants: boolean;
};

/** Reads a genesis of either shape: `AppGenesis` (SDK 0.47 and later) and `GenesisDoc`. What is missing has the SDK's default. */
export function genesisFacts(genesis: Json): GenesisFacts {
  const app = at(genesis, "app_state");
  const consensus = at(genesis, "consensus", "params") ?? at(genesis, "consensus_params");
  const staking = at(app, "staking", "params");
  const accounts = list(at(app, "auth", "accounts")).map(baseAccount);
  const balances = list(at(app, "bank", "balances")).map(
    (entry) => [text(at(entry, "address")) ?? "", coins(at(entry, "coins"))] as const,
  );
  const someone = balances[0]?.[0] ?? text(at(accounts[0] ?? null, "address"));
  const maxGas = integer(at(consensus, "block", "max_gas"));
  const validators = list(at(app, "staking", "validators"));
  const keyTypes = list(at(consensus, "validator", "pub_key_types")).flatMap((one) => text(one) ?? []);
  return {
    chainId: text(at(genesis, "chain_id")),
    prefix: someone === null ? null : (readBech32(someone)?.prefix ?? null),
    bondDenom: text(at(staking, "bond_denom")),
    balances: new Map(balances),
    sequences: new Map(
      accounts.flatMap((account) => {
        const address = text(at(account, "address"));
        return address === null ? [] : [[address, integer(at(account, "sequence")) ?? 0n] as const];
      }),
    ),
    minCommissionRate: readGoDec(text(at(staking, "min_commission_rate")) ?? "0") ?? 0n,
    maxValidators: Number(integer(at(staking, "max_validators")) ?? 0n) || null,
    maxGas: maxGas !== null && maxGas > 0n ? maxGas : null,
    memoBytesMax: integer(at(app, "auth", "params", "max_memo_characters")) ?? 256n,
    signaturesMax: integer(at(app, "auth", "params", "tx_sig_limit")) ?? 7n,
    keyTypes: keyTypes.length === 0 ? ["ed25519"] : keyTypes,
    operators: new Set(validators.flatMap((one) => text(at(one, "operator_address")) ?? [])),
    consensusKeys: new Set(validators.flatMap((one) => text(at(one, "consensus_pubkey", "key")) ?? [])),
    hasFeeGrants: at(app, "feegrant") !== undefined,
  };
}

function at(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? value.get(key) : undefined), json);
}

function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

function text(json: Json | undefined): string | null {
  return typeof json === "string" ? json : null;
}

/** A number, or a text that holds one. */
function integer(json: Json | undefined): bigint | null {
  const written = json instanceof JsonNumber ? json.text : text(json);
  return written === null ? null : readGoInt(written);
}

function coins(json: Json | undefined): ReadonlyMap<string, bigint> {
  return new Map(list(json).map((coin) => [text(at(coin, "denom")) ?? "", integer(at(coin, "amount")) ?? 0n] as const));
}

/** The account inside module and vesting accounts, which wrap one another. */
function baseAccount(account: Json): Json {
  const wrapped = at(account, "base_account") ?? at(account, "base_vesting_account");
  return wrapped === undefined ? account : baseAccount(wrapped);
}

import type { GentxFile } from "../../genesis/assemble/candidate.ts";
import { writeAddress } from "../../genesis/document/address.ts";

/** The address whose bytes are all `n`. */
export function address(n: number, prefix = "paw"): string {
  return writeAddress(prefix, new Uint8Array(20).fill(n));
}

/** What a sample genesis may say otherwise. Keys are paths such as `app_state.mint.params.mint_denom`. */
export type Otherwise = Readonly<Record<string, unknown>>;

/** A small genesis in SDK 0.50's shape that no rule speaks against: accounts 1 to 3 with 10,000,000,000upaw each. */
export function sampleGenesis(otherwise: Otherwise = {}): string {
  const genesis: Record<string, unknown> = {
    app_name: "pawd",
    app_version: "1",
    genesis_time: "2027-01-01T00:00:00Z",
    chain_id: "paw-sample-1",
    initial_height: 1,
    app_hash: null,
    app_state: {
      auth: { params: {}, accounts: [1, 2, 3].map((n) => account(n)) },
      bank: {
        params: {},
        balances: [1, 2, 3].map((n) => ({ address: address(n), coins: [{ denom: "upaw", amount: "10000000000" }] })),
        supply: [{ denom: "upaw", amount: "30000000000" }],
        denom_metadata: [],
      },
      genutil: { gen_txs: [] },
      gov: { params: { min_deposit: [{ denom: "upaw", amount: "1" }] } },
      mint: { params: { mint_denom: "upaw" } },
      slashing: { params: {} },
      staking: { params: { bond_denom: "upaw", max_validators: 100 }, validators: [] },
    },
    consensus: {
      params: {
        block: { max_bytes: "22020096", max_gas: "-1" },
        evidence: { max_age_num_blocks: "100000", max_age_duration: "172800000000000", max_bytes: "1048576" },
        validator: { pub_key_types: ["ed25519"] },
        version: { app: "0" },
        abci: { vote_extensions_enable_height: "0" },
      },
    },
  };
  for (const [path, value] of Object.entries(otherwise)) put(genesis, path.split("."), value);
  return JSON.stringify(genesis);
}

function put(object: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) put(object[key] as Record<string, unknown>, rest, value);
  else if (value === undefined) Reflect.deleteProperty(object, key);
  else object[key] = value;
}

/** A base account. */
export function account(n: number): object {
  return {
    "@type": "/cosmos.auth.v1beta1.BaseAccount",
    address: address(n),
    pub_key: null,
    account_number: String(n - 1),
    sequence: "0",
  };
}

/** An unsigned gentx of account `n`, in the SDK's spelling. */
export function sampleGentx(
  n: number,
  { tokens = "5000000", host = `11.0.${n}.1`, rate = "0.100000000000000000" } = {},
): GentxFile {
  const text = JSON.stringify({
    body: {
      messages: [
        {
          "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
          description: { moniker: `val${n}`, identity: "", website: "", security_contact: "", details: "" },
          commission: { rate, max_rate: "0.200000000000000000", max_change_rate: "0.010000000000000000" },
          min_self_delegation: "1",
          delegator_address: "",
          validator_address: address(n, "pawvaloper"),
          pubkey: { "@type": "/cosmos.crypto.ed25519.PubKey", key: Buffer.alloc(32, n).toString("base64") },
          value: { denom: "upaw", amount: tokens },
        },
      ],
      memo: `${"ab".repeat(20)}@${host}:26656`,
      timeout_height: "0",
      extension_options: [],
      non_critical_extension_options: [],
    },
    auth_info: { signer_infos: [], fee: { amount: [], gas_limit: "200000", payer: "", granter: "" }, tip: null },
    signatures: [],
  });
  return { name: `gentx-${n}.json`, text };
}

import { account, draft, type MessageJson, sign, type TxJson } from "../genesis/gentxs.ts";
import { sampleGenesis } from "../genesis/sample.ts";

/** Base64 of the 32 bytes that the logs of tests are signed with. */
export const logKey = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

/** When the chains of tests begin, by their files. */
export const genesisTime = "2099-01-31T15:00:00.000Z";

/** A network file with a genesis ceremony, whose chain does not exist yet. `ceremony` changes that part. */
export function ceremonyNetwork(chainId: string, ceremony: Readonly<Record<string, unknown>> = {}) {
  return {
    chainId,
    name: `Test ${chainId}`,
    driver: "cosmos",
    bech32Prefix: "paw",
    denoms: [{ denom: "upaw", display: "PAW", exponent: 6 }],
    cosmos: { rpc: ["http://127.0.0.1:9"], gasPrice: { denom: "upaw", milliAmount: 1 } },
    faucet: { enabled: false, drips: [{ denom: "upaw", amount: "1000000" }] },
    ceremony: { closesAt: "2099-01-01T00:00:00Z", genesisTime, ...ceremony },
  };
}

/** The part of a network file that has validators sign up. Nobody looks at their nodes: the addresses are strangers'. */
export function signUp(validators: Readonly<Record<string, unknown>> = {}) {
  return { node: { binary: "simd", home: "~/.simapp" }, validators: { peerLooks: "off", ...validators } };
}

/** A base genesis in which the accounts of the gentxs 0 to 11, or of so many, hold 1,000,000,000upaw each. */
export function baseGenesis(chainId: string, accounts = 12): string {
  const numbers = Array.from({ length: accounts }, (_, number) => number);
  const coins = [{ denom: "upaw", amount: "1000000000" }];
  return sampleGenesis({
    chain_id: chainId,
    genesis_time: genesisTime.replace(/\.000Z$/, "Z"),
    "app_state.auth.accounts": numbers.map((number) => ({
      "@type": "/cosmos.auth.v1beta1.BaseAccount",
      address: account(number),
      pub_key: null,
      account_number: "0",
      sequence: "0",
    })),
    "app_state.staking.params": { bond_denom: "upaw", max_validators: Math.max(100, accounts) },
    "app_state.bank.balances": numbers.map((number) => ({ address: account(number), coins })),
    "app_state.bank.supply": [{ denom: "upaw", amount: `${accounts}000000000` }],
  });
}

/** A signed gentx of operator `number` for a chain, bent before it was signed. */
export function gentxFor(
  chainId: string,
  number = 0,
  bend: (message: MessageJson, tx: TxJson) => void = () => undefined,
): string {
  const tx = draft(number);
  const [message] = tx.body.messages;
  if (message !== undefined) bend(message, tx);
  return sign(tx, { key: number, chainId });
}

import type { CeremonyView } from "../ceremony/ceremony-api.ts";
import type { NetworkFacts } from "../network/served.ts";
import type { KnownPeer } from "./peers.ts";
import type { Directory } from "./ports.ts";

/** How deep a testnet's folder lies below the schemas in the chain registry. */
const schemas = "../../";

/** What stands for a transaction's hash in the registry. */
const txPlace = ["$", "{txHash}"].join("");

/** What `chain.json` is made of. `site`: where this deployment is reached. */
export type RegistryFacts = {
  readonly facts: NetworkFacts;
  readonly directory: Directory;
  readonly view: CeremonyView | null;
  readonly peers: readonly KnownPeer[];
  readonly site: string;
};

/** The name under which the chain registry would know a testnet: lower case letters and digits, no number. */
export function registryName(chainId: string): string {
  const name = chainId
    .toLowerCase()
    .replace(/[-_]\d+$/, "")
    .replaceAll(/[^a-z0-9]/g, "");
  return name === "" ? "testnet" : name;
}

/** The network as `chain.json` of the Cosmos chain registry has it (chain.schema.json). */
export function chainJson({ facts, directory, view, peers, site }: RegistryFacts) {
  const { chainId, name, bech32Prefix, wallet, explorer } = facts;
  const { binary, gasPrice, denom } = directory;
  const told = (seed: boolean) =>
    peers
      .filter((each) => each.seed === seed)
      .map(({ peer, text, provider }) => ({
        id: peer.nodeId,
        address: text.slice(text.indexOf("@") + 1),
        ...(provider === "" ? {} : { provider }),
      }));
  const price = gasPrice.milliAmount / 1000;
  const prices = { fixed_min_gas_price: price, low_gas_price: price, average_gas_price: price, high_gas_price: price };
  return {
    $schema: `${schemas}chain.schema.json`,
    chain_name: registryName(chainId),
    chain_type: "cosmos",
    chain_id: chainId,
    pretty_name: name,
    status: statusOf(view),
    network_type: "testnet",
    bech32_prefix: bech32Prefix,
    daemon_name: binary.name,
    node_home: `$HOME/${binary.home}`,
    key_algos: ["secp256k1"],
    slip44: directory.coinType,
    fees: { fee_tokens: [{ denom: gasPrice.denom, ...prices }] },
    staking: { staking_tokens: [{ denom }] },
    codebase: codebaseOf(directory, view, site),
    peers: { seeds: told(true), persistent_peers: told(false) },
    ...(wallet === null ? {} : { apis: { rpc: [{ address: wallet.rpc }], rest: [{ address: wallet.rest }] } }),
    ...(explorer === null ? {} : { explorers: [{ tx_page: explorer.tx.replaceAll("{txHash}", txPlace) }] }),
  };
}

/** The network's tokens as `assetlist.json` of the Cosmos chain registry has them (assetlist.schema.json). */
export function assetList({ chainId, denoms }: NetworkFacts) {
  const assets = denoms.map(({ denom, display, exponent }) => {
    const shown = display.toLowerCase();
    // One unit that is its own base needs no second.
    const more = exponent === 0 || shown === denom ? [] : [{ denom: shown, exponent }];
    return {
      type_asset: "sdk.coin",
      denom_units: [{ denom, exponent: 0 }, ...more],
      base: denom,
      // By characters: half of one is none.
      name: [...display].slice(0, 30).join(""),
      display: more.length === 0 ? denom : shown,
      symbol: display.toUpperCase(),
    };
  });
  return { $schema: `${schemas}assetlist.schema.json`, chain_name: registryName(chainId), assets };
}

function statusOf(view: CeremonyView | null): "live" | "upcoming" | "killed" {
  if (view === null || view.phase === "live" || view.phase === "done") return "live";
  return view.phase === "aborted" ? "killed" : "upcoming";
}

function codebaseOf({ binary, chainId }: Directory, view: CeremonyView | null, site: string) {
  const { source } = binary;
  const genesis = { genesis_url: `${site}/api/v1/networks/${chainId}/ceremony/genesis.json` };
  return {
    ...(source === null ? {} : { git_repo: source }),
    ...(view?.standing ? { genesis } : {}),
  };
}

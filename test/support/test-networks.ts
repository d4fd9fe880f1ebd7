/** A network file for a sandbox chain of the tests. `faucet` changes its faucet. */
export function networkOf(chainId: string, rpc: string, faucet: Readonly<Record<string, unknown>> = {}) {
  return {
    chainId,
    name: `Test ${chainId}`,
    driver: "cosmos",
    bech32Prefix: "sand",
    denoms: [{ denom: "usand", display: "SAND", exponent: 6 }],
    cosmos: { rpc: [rpc], gasPrice: { denom: "usand", milliAmount: 1 } },
    faucet: { drips: [{ denom: "usand", amount: "1000000" }], cooldownSeconds: 3600, ...faucet },
  };
}

/** The Worker's settings for these networks; `keyless-1` has words that are no mnemonic. */
export function faucetOf(networks: readonly { readonly chainId: string }[], mnemonic: string) {
  return {
    NETWORKS: networks.map((network) => network.chainId).join(","),
    NETWORK_FILES: JSON.stringify(networks),
    FAUCET_MNEMONIC: mnemonic,
    CHALLENGE_SECRET: "the challenge secret of tests, long enough",
    FAUCET_MNEMONIC_KEYLESS_1: "these are no words of a mnemonic",
  };
}

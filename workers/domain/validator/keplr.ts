import type { NetworkFacts, WalletFacts } from "../network/served.ts";

/**
 * What Keplr's `experimentalSuggestChain` takes (`ChainInfo` of @keplr-wallet/types). Prices are numbers there; no
 * amount of anybody's is made of them.
 */
export function suggestChain(
  { chainId, name, bech32Prefix: prefix, denoms }: NetworkFacts,
  wallet: WalletFacts,
  stake: string,
) {
  const currencies = denoms.map(({ denom, display, exponent }) => ({
    coinDenom: display,
    coinMinimalDenom: denom,
    coinDecimals: exponent,
  }));
  const of = (denom: string) =>
    currencies.find(({ coinMinimalDenom }) => coinMinimalDenom === denom) ?? {
      coinDenom: denom,
      coinMinimalDenom: denom,
      coinDecimals: 0,
    };
  const price = wallet.gasPrice.milliAmount / 1000;
  return {
    chainId,
    chainName: name,
    rpc: wallet.rpc,
    rest: wallet.rest,
    bip44: { coinType: wallet.coinType },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies,
    feeCurrencies: [{ ...of(wallet.gasPrice.denom), gasPriceStep: { low: price, average: price, high: price } }],
    stakeCurrency: of(stake),
  };
}

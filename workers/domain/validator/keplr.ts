import type { NetworkFacts, WalletFacts } from "../network/served.ts";

/** Keplr takes no longer chain id or name, and no more decimals (its chain-validator's schema). */
const namesMax = 30;
const decimalsMax = 18;

/** Whether Keplr could be told of a network at all: a name can be cut, a chain id can't. */
export function fitsKeplr({ chainId }: Pick<NetworkFacts, "chainId">): boolean {
  return chainId.length <= namesMax;
}

/**
 * What Keplr's `experimentalSuggestChain` takes (`ChainInfo` of @keplr-wallet/types). Prices are numbers there; no
 * amount of anybody's is made of them.
 */
export function suggestChain(
  { chainId, name, bech32Prefix: prefix, denoms }: NetworkFacts,
  wallet: WalletFacts,
  stake: string,
) {
  const currencies = denoms.map(({ denom, display, exponent }) =>
    // A token with more decimals is shown in base units rather than in wrong amounts.
    exponent > decimalsMax
      ? inBaseUnits(denom)
      : { coinDenom: display, coinMinimalDenom: denom, coinDecimals: exponent },
  );
  const of = (denom: string) =>
    currencies.find(({ coinMinimalDenom }) => coinMinimalDenom === denom) ?? inBaseUnits(denom);
  const price = wallet.gasPrice.milliAmount / 1000;
  return {
    chainId,
    chainName: cut(name),
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

const inBaseUnits = (denom: string) => ({ coinDenom: denom, coinMinimalDenom: denom, coinDecimals: 0 });

/** Cut by characters, and never to more than Keplr's units of text. */
function cut(name: string): string {
  let text = "";
  for (const one of name) {
    if (text.length + one.length > namesMax) break;
    text += one;
  }
  return text.trim();
}

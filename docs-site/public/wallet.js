import { faucetPath, post } from "./api.js";
import { say } from "./texts.js";

const none = say("wallet.none");

/** Keplr's answer on who is paid: `{address}`, or `{fault}` in words for the reader. Leap and others imitate it. */
export async function walletAddress(network) {
  const { keplr } = window;
  if (!keplr) return { fault: none };
  try {
    await openWallet(keplr, network);
    const { bech32Address } = await keplr.getKey(network.chainId);
    if (bech32Address.startsWith(`${network.bech32Prefix}1`)) return { address: bech32Address };
    return { fault: say("wallet.wrong", { address: bech32Address, name: network.name }) };
  } catch (error) {
    return { fault: wordsOf(error, network) };
  }
}

/**
 * Has the wallet sign a fresh text of this faucet (ADR-036). Answers `{signature}` for the claim, `{refusal}` of the
 * faucet, or `{fault}` in words; null: no answer from the faucet.
 */
export async function walletSignature(network, address) {
  const { keplr } = window;
  if (!keplr) return { fault: say("wallet.noSigner") };
  const answer = await post(`${faucetPath(network.chainId)}/challenges`, { address, kind: "signature" }).catch(
    () => null,
  );
  if (answer === null) return null;
  if (answer.status !== 201) return { refusal: answer.body };
  const { text } = answer.body;
  const signed = await signText(network, address, text);
  return signed.fault ? signed : { signature: { text, ...signed } };
}

/** Has the wallet sign a text for this address (ADR-036). Answers `{pubKey, signature}`, or `{fault}` in words. */
export async function signText(network, address, text) {
  const { keplr } = window;
  if (!keplr) return { fault: none };
  try {
    await openWallet(keplr, network);
    const { pub_key: key, signature } = await keplr.signArbitrary(network.chainId, address, text);
    return { pubKey: key.value, signature };
  } catch (error) {
    return { fault: wordsOf(error, network) };
  }
}

/** Makes the network known to the wallet where its public facts suffice, then asks for access. */
async function openWallet(keplr, network) {
  if (network.wallet && keplr.experimentalSuggestChain) await keplr.experimentalSuggestChain(chainInfo(network));
  await keplr.enable(network.chainId);
}

/** Source: @keplr-wallet/types, ChainInfo. */
function chainInfo({ chainId, name, bech32Prefix: prefix, denoms, wallet }) {
  const { rpc, rest, coinType, gasPrice } = wallet;
  const currencies = denoms.map(({ denom, display, exponent }) => {
    return { coinDenom: display, coinMinimalDenom: denom, coinDecimals: exponent };
  });
  const fee = currencies.find(({ coinMinimalDenom }) => coinMinimalDenom === gasPrice.denom) ?? {
    coinDenom: gasPrice.denom,
    coinMinimalDenom: gasPrice.denom,
    coinDecimals: 0,
  };
  const low = gasPrice.milliAmount / 1000;
  return {
    chainId,
    chainName: name,
    rpc,
    rest,
    bip44: { coinType },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies,
    feeCurrencies: [{ ...fee, gasPriceStep: { low, average: low * 1.25, high: low * 1.5 } }],
    stakeCurrency: fee,
  };
}

function wordsOf(error, { name }) {
  const text = String(error?.message ?? error);
  if (/reject|denied|cancel/i.test(text)) return say("wallet.refused");
  if (/no (modular )?chain info|not (found|exist|supported)|unknown chain/i.test(text))
    return say("wallet.unknown", { name });
  if (/mismatch/i.test(text)) return say("wallet.other");
  return say("wallet.said", { text: text.slice(0, 160) });
}

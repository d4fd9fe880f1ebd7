import { startSandboxChain } from "../../sandbox/chain/start.ts";
import { DirectCodec } from "../../workers/chains/cosmos/direct-codec.ts";
import { describeChainDriver } from "./chain-driver.ts";

/** The mnemonic of BIP-39's own first test vector: nobody's money. */
const mnemonic = `${"abandon ".repeat(11)}about`;

describeChainDriver("the sandbox chain", async () => {
  const [chainId, prefix, denom] = ["contract-1", "sand", "usand"];
  const { address } = await DirectCodec.fromMnemonic(mnemonic, { chainId, prefix, coinType: 118 });
  const chain = await startSandboxChain({
    chainId,
    prefix,
    denom,
    genesis: [{ address, coins: [{ denom, amount: 10n ** 15n }] }],
    blockTimeMs: 60,
    minGasPriceMilli: 1,
    indexer: false,
    limits: { txGasMax: 10_000_000, txMessagesMax: 10 },
  });
  const { rpcUrl, stop } = chain;
  return { chainId, prefix, denom, rpcUrl, mnemonic, stop, reset: async () => chain.reset() };
});

import { describe } from "vitest";
import { describeChainDriver } from "../conformance/chain-driver.ts";
import { goAvailable } from "../devnet/build.ts";
import { startChain } from "../devnet/chain.ts";
import { pawShape } from "../devnet/options.ts";

describe.skipIf(!goAvailable())("a real chain", () => {
  describeChainDriver("a Cosmos SDK chain in PAW's shape", async () => {
    const chain = await startChain({ ...pawShape, blockTimeMs: 300 });
    const { chainId, prefix, denom, rpcUrl, funded } = chain;
    return {
      chainId,
      prefix,
      denom,
      rpcUrl,
      mnemonic: funded.mnemonic,
      reset: () => chain.resetChain(),
      stop: () => chain.stop(),
    };
  });
});

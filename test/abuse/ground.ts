import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { type RawWorkerd, startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { networkOf } from "../support/test-networks.ts";

/** What one claim pays, in usand. */
export const drip = 1_000_000n;

/** The deployed bundle in a bare workerd, on a sandbox chain. */
export type Ground = {
  readonly chainId: string;
  readonly chain: SandboxChain;
  readonly worker: RawWorkerd;
  stop(): Promise<void>;
};

/** Starts both; `faucet` is that part of the network file. */
export async function startGround(chainId: string, faucet: Readonly<Record<string, unknown>>): Promise<Ground> {
  const stateDir = mkdtempSync(join(tmpdir(), `wellspring-${chainId}-`));
  const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
  const [account] = await wallet.getAccounts();
  const genesis = [{ address: account?.address ?? "", coins: [{ denom: "usand", amount: 10n ** 18n }] }];
  const chain = await startSandboxChain({ chainId, prefix: "sand", denom: "usand", genesis, blockTimeMs: 200 });
  const settings = { CHALLENGE_SECRET: "the challenge secret of tests, long enough" };
  const networks = [networkOf(chainId, chain.rpcUrl, faucet)];
  const end = async () => {
    await chain.stop();
    rmSync(stateDir, { recursive: true, force: true });
  };
  try {
    const worker = await startRawWorkerd({ port: 0, networks, faucetMnemonic: wallet.mnemonic, stateDir, settings });
    const stop = async () => {
      await worker.stop();
      await end();
    };
    return { chainId, chain, worker, stop };
  } catch (error) {
    await end();
    throw error;
  }
}

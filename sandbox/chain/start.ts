import { readAddress } from "./address.ts";
import { Chain, genesisBase, makeGenesis } from "./chain.ts";
import { Clock } from "./clock.ts";
import { type ChainSettings, type SandboxChainOptions, settle } from "./options.ts";
import { serveRpc } from "./rpc/server.ts";
import { StateFile } from "./state-file.ts";

/** A running chain and what a test may do to it. */
export type SandboxChain = {
  /** Of CometBFT's RPC, such as `http://127.0.0.1:26657`. */
  readonly rpcUrl: string;
  readonly port: number;
  readonly chainId: string;
  /** The newest block's height; at least 1. */
  height(): number;
  /** What an address holds after the newest block. Throws on an address that is none. */
  balanceOf(address: string, denom: string): bigint;
  /** Transactions that wait for a block. */
  pending(): number;
  /** Makes one block now, also while held. Returns its height. */
  makeBlock(): number;
  /** Stops the clock: the chain halts, its RPC goes on. */
  hold(): void;
  /** Lets the clock go on. Without effect on a chain that has none. */
  release(): void;
  /** Starts over at height 1 from a new genesis: same chain id and accounts, other hashes. */
  reset(): void;
  /** Forgets what waits for a block, as a node that restarts. */
  dropMempool(): void;
  /** Stops clock and server. The state file, if any, stays. */
  stop(): Promise<void>;
};

/**
 * Starts a chain of one validator on 127.0.0.1 that speaks CometBFT 0.38's RPC and checks transactions as the SDK
 * does. It goes on from its state file when there is one, with the genesis accounts that the file was made with.
 * Resolves when block 1 is made and the port is open. Throws on options or a state file that can't be used.
 */
export async function startSandboxChain(options: SandboxChainOptions): Promise<SandboxChain> {
  const settings = settle(options);
  const file = settings.stateFile === null ? null : new StateFile(settings.stateFile);
  let chain = open(settings, file);
  const makeBlock = () => {
    nextBlock(chain, file);
    return chain.height;
  };
  const server = await serveRpc(() => chain, settings.port);
  const clock = settings.blockTimeMs === "manual" ? null : new Clock(settings.blockTimeMs, makeBlock);
  clock?.start();
  return {
    rpcUrl: `http://127.0.0.1:${server.port}`,
    port: server.port,
    chainId: settings.chainId,
    height: () => chain.height,
    balanceOf: (address, denom) => balanceOf(chain, address, denom),
    pending: () => chain.mempool.size,
    makeBlock,
    hold: () => clock?.stop(),
    release: () => clock?.start(),
    reset: () => {
      chain = begin(settings, file);
    },
    dropMempool: () => chain.dropMempool(),
    stop: async () => {
      clock?.stop();
      await server.close();
      file?.close();
    },
  };
}

function open(settings: ChainSettings, file: StateFile | null): Chain {
  const saved = file?.load() ?? null;
  if (file === null || saved === null) return begin(settings, file);
  if (saved.base.genesis.chainId !== settings.chainId) {
    throw new Error(
      `sandbox chain state ${settings.stateFile} is of ${saved.base.genesis.chainId}, not ${settings.chainId}`,
    );
  }
  const chain = new Chain(settings, saved.base);
  for (const record of saved.blocks) chain.replay(record);
  if (chain.height === 0) nextBlock(chain, file);
  return chain;
}

function begin(settings: ChainSettings, file: StateFile | null): Chain {
  const base = genesisBase(makeGenesis(settings));
  const chain = new Chain(settings, base);
  file?.rewrite({ base, blocks: [] });
  nextBlock(chain, file);
  return chain;
}

/** The file may hold a quarter more blocks than are served; then it is written anew without the pruned ones. */
function nextBlock(chain: Chain, file: StateFile | null): void {
  chain.makeBlock((record) => file?.append(record));
  if (file === null) return;
  const served = chain.blocks.height - chain.blocks.base + 1;
  if (file.count > served + Math.ceil(chain.settings.keepBlocks / 4)) file.rewrite(chain.save());
}

function balanceOf(chain: Chain, address: string, denom: string): bigint {
  const read = readAddress(address, chain.settings.prefix);
  if (!read.ok) throw new Error(`${address} is not an address: ${read.fault}`);
  return chain.stateAt(chain.height)?.get(read.address)?.coins.get(denom) ?? 0n;
}

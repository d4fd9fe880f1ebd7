import type { Network } from "../../networks/schema.ts";
import type { ChainDriver } from "../domain/chain/driver.ts";
import type { Log } from "../domain/claim/ports.ts";
import type { AddressReading } from "../domain/network/served.ts";
import type { ChainEyes } from "../domain/status/network-status.ts";
import type { PeerDialer } from "../domain/validator/peer-look.ts";
import type { ValidatorChain } from "../domain/validator/ports.ts";
import { moduleAddress, readAddress } from "./cosmos/address.ts";
import { CosmosEyes } from "./cosmos/eyes.ts";
import { CosmosValidatorChain } from "./cosmos/validator-look.ts";

/**
 * Opens the driver that a network file names, with the faucet's key. It asks nothing of the chain yet. Without a
 * mnemonic (null) it follows and signs nothing. Throws on what is no mnemonic; the error may quote it, so it must
 * not be logged.
 */
export async function openDriver(
  network: Network,
  mnemonic: string | null,
  nowMs: () => number,
  log: Log,
): Promise<ChainDriver> {
  switch (network.driver) {
    case "cosmos":
      return openCosmos(network, mnemonic, nowMs, log);
  }
}

/** Reads recipients of one network. The chain would not pay its module accounts, so they are refused here. */
export function addressReader({ bech32Prefix, cosmos }: Network): (text: string) => AddressReading {
  const modules = new Map(cosmos.moduleAccounts.map((name) => [moduleAddress(name, bech32Prefix), name]));
  return (text) => {
    const read = readAddress(text, bech32Prefix);
    if (!read.ok) return { ok: false, refusal: { reason: "invalid_address", detail: read.detail } };
    const name = modules.get(read.address);
    if (name === undefined) return { ok: true, address: read.address };
    const detail = `This is the chain's own account ${name}, which takes no payments.`;
    return { ok: false, refusal: { reason: "recipient_not_allowed", detail } };
  };
}

/** What people look at a chain with. */
export function chainEyes({ chainId, cosmos, denoms }: Network): ChainEyes {
  return new CosmosEyes(
    chainId,
    cosmos.rpc,
    denoms.map(({ denom }) => denom),
  );
}

/** What tells of one validator. */
export function validatorChain({ chainId, cosmos }: Network, nowMs: () => number): ValidatorChain {
  return new CosmosValidatorChain(chainId, cosmos.rpc, nowMs);
}

/** What greets validators' nodes. Loaded only where it is used: by cron. */
export function peerDialer({ driver }: Network): PeerDialer {
  switch (driver) {
    case "cosmos":
      return { greet: greetCosmos };
  }
}

const greetCosmos: PeerDialer["greet"] = async (address, port, nodeId) => {
  const [{ CosmosPeerDialer }, { openSocket }] = await Promise.all([
    import("./cosmos/p2p/dialer.ts"),
    import("./cosmos/p2p/socket.ts"),
  ]);
  return new CosmosPeerDialer(openSocket).greet(address, port, nodeId);
};

/** Loaded only where it is used: signing code takes the Worker's start longer than everything else. */
async function openCosmos(
  { chainId, bech32Prefix, cosmos }: Network,
  mnemonic: string | null,
  nowMs: () => number,
  log: Log,
): Promise<ChainDriver> {
  const [{ CosmosDriver }, { RpcNode }, { DirectCodec }, { KeylessCodec }] = await Promise.all([
    import("./cosmos/driver.ts"),
    import("./cosmos/rpc-node.ts"),
    import("./cosmos/direct-codec.ts"),
    import("./cosmos/keyless-codec.ts"),
  ]);
  const codec =
    mnemonic === null
      ? new KeylessCodec(bech32Prefix)
      : await DirectCodec.fromMnemonic(mnemonic, { chainId, prefix: bech32Prefix, coinType: cosmos.coinType });
  const nodes = cosmos.rpc.map((endpoint) => new RpcNode(endpoint));
  return new CosmosDriver({ chainId, nodes, codec, settings: cosmos, nowMs, log });
}

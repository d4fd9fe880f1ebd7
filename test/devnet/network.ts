import { readFile } from "node:fs/promises";
import { type Network, readNetwork } from "../../networks/schema.ts";
import type { Devnet } from "./chain.ts";
import { type DevnetOptions, pawShape } from "./options.ts";

type Shape = Pick<DevnetOptions, "maxMessages" | "maxGas" | "minGasPrice">;

/**
 * The network file's content for a devnet that runs, with `rpc` (or the nodes themselves) as endpoints. For
 * PAW's chain id and prefix it is PAW's own file, so that what ships is what is tried.
 */
export async function networkOf(devnet: Devnet, shape: Shape, rpc = devnet.rpcUrls): Promise<Network> {
  if (devnet.chainId === pawShape.chainId && devnet.prefix === pawShape.prefix && devnet.denom === pawShape.denom) {
    const file = new URL("../../networks/paw-testnet-1.json", import.meta.url);
    const content = JSON.parse(await readFile(file, "utf8")) as { cosmos: object };
    return readNetwork("networks/paw-testnet-1.json", { ...content, cosmos: { ...content.cosmos, rpc } });
  }
  const { denom } = devnet;
  const tx = {
    ...(shape.maxMessages ? { messagesMax: shape.maxMessages } : {}),
    ...(shape.maxGas ? { gasMax: shape.maxGas } : {}),
  };
  return readNetwork("the devnet's network", {
    chainId: devnet.chainId,
    name: "Devnet",
    driver: "cosmos",
    bech32Prefix: devnet.prefix,
    denoms: [{ denom, display: denom.toUpperCase().slice(0, 32), exponent: 6 }],
    cosmos: { rpc, tx, gasPrice: { denom, milliAmount: milli(shape.minGasPrice ?? "0") } },
    faucet: { drips: [{ denom, amount: "1000000" }], cooldownSeconds: 60 },
  });
}

/** A decimal in thousandths, without a float: `0.001` is 1. */
function milli(decimal: string): number {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(decimal);
  if (match === null) throw new Error(`A minimum gas price of ${decimal}: at most 3 decimals`);
  return Number(`${match[1]}${(match[2] ?? "").padEnd(3, "0")}`);
}

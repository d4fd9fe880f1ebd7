import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepSecret } from "./state-dir.ts";

const dayMs = 86_400_000;

/**
 * A network of `npm start` that has no chain yet: whoever looks at Wellspring can hold a genesis ceremony on it alone.
 * Its times are a week and two from the first start on, so they are kept with the rest of the state.
 */
export function rehearsalNetwork(dir: string, nowMs: number): { readonly chainId: string } {
  const file = join(dir, "rehearsal-1.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as { chainId: string };
  const network = {
    chainId: "rehearsal-1",
    name: "Rehearsal",
    driver: "cosmos",
    bech32Prefix: "sand",
    denoms: [{ denom: "usand", display: "SAND", exponent: 6 }],
    // A chain that is still to be launched: by whoever rehearses it, on a node with the ordinary ports.
    cosmos: { rpc: ["http://127.0.0.1:26657"], gasPrice: { denom: "usand", milliAmount: 1 } },
    faucet: { enabled: false, drips: [{ denom: "usand", amount: "10000000" }] },
    ceremony: {
      closesAt: new Date(nowMs + 7 * dayMs).toISOString(),
      genesisTime: new Date(nowMs + 14 * dayMs).toISOString(),
      twoPerson: false,
      // Who rehearses waits minutes, not days.
      sealLeadHours: 0,
    },
    node: { binary: "simd", home: "~/.simapp", stake: "100000000", allocation: "900000000" },
    // Whoever rehearses types any address: none of them is asked to answer.
    validators: { peerLooks: "off" },
  };
  writeFileSync(file, `${JSON.stringify(network, null, 2)}\n`);
  return network;
}

/** The key of this machine that signs the ceremonies' logs. */
export function localLogKey(dir: string): string {
  const file = join(dir, "log-key");
  if (!existsSync(file)) keepSecret(dir, file, randomBytes(32).toString("base64"));
  return readFileSync(file, "utf8").trim();
}

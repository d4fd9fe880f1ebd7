import type { SandboxChain } from "../../sandbox/chain/start.ts";
import type { RawWorkerd } from "../../sandbox/raw-workerd.ts";
import { type OidcIssuer, startOidcIssuer } from "../support/oidc-issuer.ts";
import { startRawHouse } from "../support/raw-house.ts";
import { oidcAudience } from "./credentials.ts";

/** The deployed bundle on one sandbox chain. */
export type Ground = {
  readonly chainId: string;
  readonly chain: SandboxChain;
  readonly worker: RawWorkerd;
  /** Who vouches for CI jobs. */
  readonly issuer: OidcIssuer;
  stop(): Promise<void>;
};

/** Starts both; `faucet` is that part of the network file. */
export async function startGround(chainId: string, faucet: Readonly<Record<string, unknown>>): Promise<Ground> {
  const issuer = await startOidcIssuer();
  const oidc = { audience: oidcAudience, issuer: issuer.issuer, repositories: ["octo-org/*"] };
  const house = await startRawHouse({ [chainId]: { faucet: { ...faucet, credentials: { oidc } } } });
  const chain = house.chains[chainId];
  if (!chain) throw new Error(`no chain ${chainId}`);
  const stop = async () => {
    await house.stop();
    await issuer.stop();
  };
  return { chainId, chain, worker: house.worker, issuer, stop };
}

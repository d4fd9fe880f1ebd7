import type { Dialect, ServedNetwork } from "../../domain/network/served.ts";
import { type Found, type HouseContext, networkOf, refuseHere } from "../context.ts";
import type { HouseApp } from "../operation.ts";

/** One operation of a peer's dialect. It is its peer's contract, not ours: it stands in no OpenAPI document. */
export type DialectOperation = {
  readonly dialect: Dialect;
  /** "all": the operation answers wrong methods itself, in its peer's words. */
  readonly method: "get" | "post" | "all";
  readonly paths: readonly string[];
  /** Which network is meant; {@link networkByPathOrHost} when left out. */
  readonly network?: (c: HouseContext) => Found<ServedNetwork>;
  readonly answer: (c: HouseContext, network: ServedNetwork) => Response | Promise<Response>;
};

/** Mounts an operation. Where its network has the dialect switched off, nothing is at its paths. */
export function mountDialect(app: HouseApp, operation: DialectOperation): void {
  const { dialect, method, paths, network = networkByPathOrHost, answer } = operation;
  for (const path of paths) {
    app[method](path, (c: HouseContext) => {
      const found = network(c);
      if (!found.ok) return found.response;
      if (found.value.facts.faucet.dialects[dialect]) return answer(c, found.value);
      const detail = `${found.value.facts.chainId} does not speak this dialect (faucet.dialects.${dialect}).`;
      return refuseHere(c, { reason: "not_found", detail });
    });
  }
}

/** The network that the path names, else the one whose own host was asked, else the default. */
export function networkByPathOrHost(c: HouseContext): Found<ServedNetwork> {
  if (c.req.param("chainId") !== undefined) return networkOf(c);
  const { networks } = c.var.house;
  const value = networkOfHost(networks, hostOf(c)) ?? networks[0];
  if (value) return { ok: true, value };
  return { ok: false, response: refuseHere(c, { reason: "not_found", detail: "No network is served here." }) };
}

/** The network whose own the asked host is. Ignite's clients know no path and no chain id: they try host names. */
export function networkByHost(c: HouseContext): Found<ServedNetwork> {
  const value = networkOfHost(c.var.house.networks, hostOf(c));
  if (value) return { ok: true, value };
  const detail = `No network's faucet is found under the host ${hostOf(c)} (faucet.hosts).`;
  return { ok: false, response: refuseHere(c, { reason: "not_found", detail }) };
}

function networkOfHost(networks: readonly ServedNetwork[], host: string): ServedNetwork | undefined {
  const named = networks.find(({ facts }) => facts.faucet.hosts.includes(host));
  if (named) return named;
  return networks.length === 1 && host.startsWith("faucet.") ? networks[0] : undefined;
}

function hostOf(c: HouseContext): string {
  return new URL(c.req.url).hostname.toLowerCase();
}

import type { CeremonyRoomApi } from "../domain/ceremony/ceremony-api.ts";
import type { LaunchEyes } from "../domain/ceremony/launch.ts";
import type { ServedNetwork } from "../domain/network/served.ts";
import { type Found, type HouseContext, networkOf, refuseHere } from "./context.ts";

/** Where everything of one network's ceremony lies. */
export const ceremonyPath = "/api/v1/networks/{chainId}/ceremony";

/** A network whose ceremony may be asked. */
export type WithCeremony = {
  readonly network: ServedNetwork;
  readonly room: CeremonyRoomApi;
  readonly gentxsPerDay: number;
  readonly eyes: LaunchEyes;
};

/** The ceremony of the network that the path names. */
export function ceremonyOf(c: HouseContext): Found<WithCeremony> {
  const network = networkOf(c);
  return network.ok ? ceremonyIn(c, network.value) : network;
}

/** The ceremony of a network that was found. */
export function ceremonyIn(c: HouseContext, network: ServedNetwork): Found<WithCeremony> {
  const { ceremony, facts } = network;
  switch (ceremony.kind) {
    case "open":
      return { ok: true, value: { network, ...ceremony } };
    case "closed":
      return { ok: false, response: refuseHere(c, { reason: "ceremony_disabled", detail: ceremony.detail }) };
    case "none": {
      const detail = `The network ${facts.chainId} has no genesis ceremony.`;
      return { ok: false, response: refuseHere(c, { reason: "ceremony_not_found", detail }) };
    }
  }
}

/** Refuses what is asked of a ceremony that its coordinators have not begun. */
export function notBegun(c: HouseContext): Response {
  const detail = "Its coordinators have not begun it yet.";
  return refuseHere(c, { reason: "ceremony_not_found", detail });
}

import type { ClientOrigin } from "../access/networks-of.ts";
import { type ShareTaken, takeDaily } from "../access/take-daily.ts";
import type { ServedNetwork } from "../network/served.ts";

/** This client's network has handed in its gentxs of the day. */
export type GentxsLimited = ShareTaken & { readonly reason: "gentxs_limited" };

/** Judging costs some milliseconds of the one object that a ceremony has, so each client has a bound a day. */
export async function countGentx(
  network: ServedNetwork,
  most: number,
  client: ClientOrigin,
  id: string,
): Promise<GentxsLimited | null> {
  const taken = await takeDaily(network, { what: "gentx", most }, client, id);
  return taken && { reason: "gentxs_limited", ...taken };
}

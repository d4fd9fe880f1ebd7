import type { ClientOrigin } from "../access/networks-of.ts";
import { type ShareTaken, takeDaily } from "../access/take-daily.ts";
import type { ServedNetwork } from "../network/served.ts";

/** This client's network has sent its registrations of the day. */
export type RegistrationsLimited = ShareTaken & { readonly reason: "registrations_limited" };

/** A key costs nothing, so who registers is bounded by where they come from. */
export async function countRegistration(
  network: ServedNetwork,
  most: number,
  client: ClientOrigin,
  id: string,
): Promise<RegistrationsLimited | null> {
  const taken = await takeDaily(network, { what: "registration", most }, client, id);
  return taken && { reason: "registrations_limited", ...taken };
}

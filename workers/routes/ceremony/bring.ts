import { handedInBytesMax } from "../../domain/ceremony/bounds.ts";
import { countGentx } from "../../domain/ceremony/count-gentx.ts";
import { ceremonyOf, type WithCeremony } from "../ceremony-of.ts";
import { clientOriginOf } from "../client-address.ts";
import { type Found, type HouseContext, refuseHere } from "../context.ts";
import { readBytes } from "../read-bytes.ts";

/** The ceremony and what an operator sent to it, counted for its client. */
export async function bring(c: HouseContext): Promise<Found<WithCeremony & { readonly bytes: Uint8Array }>> {
  const ceremony = ceremonyOf(c);
  if (!ceremony.ok) return ceremony;
  const read = await readBytes(c, handedInBytesMax);
  if (!read.ok) return read;
  const { network, gentxsPerDay } = ceremony.value;
  const id = await c.var.house.newClaimId(network.facts.chainId, null);
  const limited = await countGentx(network, gentxsPerDay, clientOriginOf(c), id);
  if (limited !== null) return { ok: false, response: refuseHere(c, limited) };
  return { ok: true, value: { ...ceremony.value, bytes: read.value } };
}

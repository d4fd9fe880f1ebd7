import type { ServedNetwork } from "../domain/network/served.ts";
import { countRegistration } from "../domain/validator/count-write.ts";
import { readOperator } from "../domain/validator/names.ts";
import type { Directory } from "../domain/validator/ports.ts";
import { clientOriginOf } from "./client-address.ts";
import { type Found, type HouseContext, networkOf, refuseHere } from "./context.ts";

/** Where everything of one network's validators lies. */
export const validatorsPath = "/api/v1/networks/{chainId}/validators";

/** A network whose validators sign up here. */
export type WithDirectory = { readonly network: ServedNetwork; readonly directory: Directory };

/** The directory of the network that the path names. */
export function directoryOf(c: HouseContext): Found<WithDirectory> {
  const network = networkOf(c);
  return network.ok ? directoryIn(c, network.value) : network;
}

/** The directory of a network that was found. */
export function directoryIn(c: HouseContext, network: ServedNetwork): Found<WithDirectory> {
  const { directory: door, facts } = network;
  switch (door.kind) {
    case "open":
      return { ok: true, value: { network, directory: door.directory } };
    case "closed":
      return { ok: false, response: refuseHere(c, { reason: "directory_closed", detail: door.detail }) };
    case "none": {
      const detail = `Validators of ${facts.chainId} don't sign up here: its network file has no \`validators\`.`;
      return { ok: false, response: refuseHere(c, { reason: "directory_not_found", detail }) };
    }
  }
}

/** An operator's address, of the path or of a body. */
export function operatorOf(c: HouseContext, network: ServedNetwork, text = c.req.param("operator")): Found<string> {
  const read = readOperator(network, (text ?? "").slice(0, 256));
  return read.ok ? { ok: true, value: read.address } : { ok: false, response: refuseHere(c, read.refusal) };
}

/** Counts a write for its client; null: it may go on. */
export async function limitWrite(c: HouseContext, { network, directory }: WithDirectory): Promise<Response | null> {
  const id = await c.var.house.newClaimId(network.facts.chainId, null);
  const limited = await countRegistration(network, directory.writesPerDay, clientOriginOf(c), id);
  return limited && refuseHere(c, limited);
}

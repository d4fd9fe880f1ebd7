import { type Parameters, parametersSchema } from "../genesis/ceremony/parameters.ts";
import type { Network } from "../networks/schema.ts";

/** What a network's ceremony is created with: its file in the log's spelling. Null: the file has no ceremony. */
export function ceremonyParameters({ chainId, bech32Prefix, denoms, ceremony }: Network): Parameters | null {
  if (ceremony === undefined) return null;
  const { denom = denoms[0]?.denom, closesAt, genesisTime, gentxsPerDay: _own, ...same } = ceremony;
  return parametersSchema.parse({
    ...same,
    chainId,
    prefix: bech32Prefix,
    denom,
    order: "operator",
    closesAt: new Date(closesAt).toISOString(),
    genesisTime: new Date(genesisTime).toISOString(),
  });
}

import { type Parameters, parametersSchema } from "../genesis/ceremony/parameters.ts";
import type { Network } from "../networks/schema.ts";
import { bondDenomOf } from "../networks/stake.ts";

/** What a network's ceremony is created with: its file in the log's spelling. Null: the file has no ceremony. */
export function ceremonyParameters(network: Network): Parameters | null {
  const { chainId, bech32Prefix, ceremony } = network;
  if (ceremony === undefined) return null;
  const { closesAt, genesisTime, gentxsPerDay: _own, ...same } = ceremony;
  return parametersSchema.parse({
    ...same,
    chainId,
    prefix: bech32Prefix,
    denom: bondDenomOf(network),
    order: "operator",
    closesAt: new Date(closesAt).toISOString(),
    genesisTime: new Date(genesisTime).toISOString(),
  });
}

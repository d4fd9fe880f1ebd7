import paw from "./paw-testnet-1.json" with { type: "json" };
import sandbox from "./sandbox-1.json" with { type: "json" };

/** The network files that come with the Worker, by file name. Their content is unchecked until it is served. */
export const bundledNetworks: Readonly<Record<string, unknown>> = {
  "networks/sandbox-1.json": sandbox,
  "networks/paw-testnet-1.json": paw,
};

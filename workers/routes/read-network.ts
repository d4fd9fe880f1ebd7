import { json, networkOf, networkParams, problems } from "./context.ts";
import type { Operation } from "./operation.ts";
import { networkShape, writeNetwork } from "./shapes.ts";

/** Public facts of one network. */
export const readNetwork: Operation = {
  route: {
    method: "get",
    path: "/api/v1/networks/{chainId}",
    summary: "Public facts of one network",
    request: { params: networkParams },
    responses: { 200: json("The network", networkShape), ...problems({ 404: "unknown_network" }) },
  },
  answer: (c) => {
    const network = networkOf(c);
    return network.ok ? c.json(writeNetwork(network.value.facts)) : network.response;
  },
};

import { blockMethods } from "./block-methods.ts";
import type { Method } from "./method.ts";
import { nodeMethods } from "./node-methods.ts";
import { txMethods } from "./tx-methods.ts";

/** All methods by name, a selection of cometbft rpc/core/routes.go. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...nodeMethods, ...blockMethods, ...txMethods }),
);

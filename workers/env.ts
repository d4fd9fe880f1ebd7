import type { ClientCounts } from "./domain/access/client-counts.ts";
import type { DispenserApi } from "./domain/claim/dispenser-api.ts";

/** What wrangler.toml binds. Settings and secrets (strings) stand beside these and are read by config.ts. */
export type Env = {
  readonly DB: D1Database;
  /** The static site; a bare workerd has none. */
  readonly ASSETS?: Fetcher;
  readonly DISPENSER: DurableObjectNamespace<DispenserApi & Rpc.DurableObjectBranded>;
  readonly CLIENT_LIMITS: DurableObjectNamespace<ClientCounts & Rpc.DurableObjectBranded>;
};

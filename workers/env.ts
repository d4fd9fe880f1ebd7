import type { ClientCounts } from "./domain/access/client-counts.ts";
import type { CeremonyRoomApi } from "./domain/ceremony/ceremony-api.ts";
import type { DispenserApi } from "./domain/claim/dispenser-api.ts";

/** What wrangler.toml binds. Settings and secrets (strings) stand beside these and are read by config.ts. */
export type Env = {
  readonly DB: D1Database;
  /** The static site; a bare workerd has none. */
  readonly ASSETS?: Fetcher;
  readonly DISPENSER: DurableObjectNamespace<DispenserApi & Rpc.DurableObjectBranded>;
  /** Large files of ceremonies; without it they lie in the ceremony's own storage. */
  readonly FILES?: R2Bucket;
  readonly CEREMONY_ROOM: DurableObjectNamespace<CeremonyRoomApi & Rpc.DurableObjectBranded>;
  readonly CLIENT_LIMITS: DurableObjectNamespace<ClientCounts & Rpc.DurableObjectBranded>;
};

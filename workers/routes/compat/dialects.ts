import { cosmjsCredit } from "./cosmjs-credit.ts";
import { cosmjsStatus } from "./cosmjs-status.ts";
import { cosmjsWelcome } from "./cosmjs-welcome.ts";
import type { DialectOperation } from "./dialect.ts";
import { igniteInfo } from "./ignite-info.ts";
import { igniteOpenapi } from "./ignite-openapi.ts";
import { igniteTransfer } from "./ignite-transfer.ts";
import { pawHealth } from "./paw-health.ts";
import { pawInfo } from "./paw-info.ts";
import { pawRecent } from "./paw-recent.ts";
import { pawRequest } from "./paw-request.ts";
import { pawStats } from "./paw-stats.ts";
import { pingpubBalance, pingpubExplorerBalance } from "./pingpub-balance.ts";
import { pingpubConfig } from "./pingpub-config.ts";
import { pingpubExplorerSend } from "./pingpub-explorer-send.ts";
import { pingpubSend } from "./pingpub-send.ts";

/** Everything that peers' clients may call. docs/dialects.md lists it; wrangler.toml sends it to the Worker. */
export const dialectOperations: readonly DialectOperation[] = [
  cosmjsCredit,
  cosmjsStatus,
  cosmjsWelcome,
  igniteTransfer,
  igniteInfo,
  igniteOpenapi,
  pawRequest,
  pawInfo,
  pawRecent,
  pawStats,
  pawHealth,
  pingpubSend,
  pingpubExplorerSend,
  pingpubBalance,
  pingpubExplorerBalance,
  pingpubConfig,
];

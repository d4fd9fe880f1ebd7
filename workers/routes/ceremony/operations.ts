import type { Operation } from "../operation.ts";
import { readGenesis, readGenesisHash, readPreview, readReport } from "./genesis.ts";
import { checkGentx, handInGentx, listGentxs, readGentx } from "./gentxs.ts";
import { readLaunch } from "./launch.ts";
import { readCheckpoint, readConsistency, readContent, readReceipt, readTile } from "./log.ts";
import { readCeremony } from "./read-ceremony.ts";
import { readReadiness } from "./readiness.ts";
import { attestGenesis, readWordChallenge, sendBeacon } from "./words.ts";

/** What everybody may ask of a ceremony. */
export const ceremonyOperations: readonly Operation[] = [
  readCeremony,
  checkGentx,
  handInGentx,
  listGentxs,
  readGentx,
  readGenesis,
  readGenesisHash,
  readPreview,
  readReport,
  readCheckpoint,
  readTile,
  readContent,
  readReceipt,
  readConsistency,
  readWordChallenge,
  attestGenesis,
  sendBeacon,
  readReadiness,
  readLaunch,
];

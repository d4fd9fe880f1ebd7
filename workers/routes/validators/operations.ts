import type { Operation } from "../operation.ts";
import { createRegistrationChallenge, readRegistrationChallenge } from "./challenges.ts";
import {
  readAddrBook,
  readAssetList,
  readChainJson,
  readKeplr,
  readPeers,
  readPersistentPeers,
  readSeeds,
} from "./files.ts";
import { listValidators, readChecklist, readValidator } from "./list.ts";
import { amendValidator, registerValidator, withdrawValidator } from "./registrations.ts";

/** What everybody may ask about a network's validators. */
export const validatorOperations: readonly Operation[] = [
  readRegistrationChallenge,
  createRegistrationChallenge,
  registerValidator,
  listValidators,
  readValidator,
  amendValidator,
  withdrawValidator,
  readChecklist,
  readPeers,
  readSeeds,
  readPersistentPeers,
  readAddrBook,
  readChainJson,
  readAssetList,
  readKeplr,
];

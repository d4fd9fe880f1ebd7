import type { Operation } from "../operation.ts";
import { listAudit } from "./audit.ts";
import { clearBudget, setBudget } from "./budget.ts";
import { actOnCeremony } from "./ceremony-acts.ts";
import { putAllocations, putBase } from "./ceremony-parts.ts";
import { listCeremonyAudit, readCeremonyDiff } from "./ceremony-review.ts";
import { createCodeGrant, listCodes, revokeCode } from "./codes.ts";
import { allowAddress, denyAddress, listDenied } from "./denied.ts";
import { createKeyGrant, listKeys, revokeKey, rotateKeyGrant } from "./keys.ts";
import { pauseFaucet, resumeFaucet } from "./pause.ts";
import { readActor } from "./read-actor.ts";
import { readOperatorView } from "./read-operator-view.ts";
import { eraseValidatorContact, grantValidatorCode, readValidatorContact } from "./validator-contacts.ts";
import { exportAllocations, listRegistrationAudit, listRegistrations } from "./validator-lists.ts";
import { approveValidator, rejectValidator } from "./validators.ts";

/** Every admin's operation. Each asks for its role by `requireRole` before it does anything else. */
export const adminOperations: readonly Operation[] = [
  readActor,
  readOperatorView,
  pauseFaucet,
  resumeFaucet,
  setBudget,
  clearBudget,
  listDenied,
  denyAddress,
  allowAddress,
  listAudit,
  listKeys,
  createKeyGrant,
  rotateKeyGrant,
  revokeKey,
  listCodes,
  createCodeGrant,
  revokeCode,
  actOnCeremony,
  putBase,
  putAllocations,
  readCeremonyDiff,
  listCeremonyAudit,
  listRegistrations,
  exportAllocations,
  listRegistrationAudit,
  approveValidator,
  rejectValidator,
  readValidatorContact,
  eraseValidatorContact,
  grantValidatorCode,
];

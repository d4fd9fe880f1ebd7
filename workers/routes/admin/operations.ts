import type { Operation } from "../operation.ts";
import { listAudit } from "./audit.ts";
import { clearBudget, setBudget } from "./budget.ts";
import { allowAddress, denyAddress, listDenied } from "./denied.ts";
import { pauseFaucet, resumeFaucet } from "./pause.ts";
import { readActor } from "./read-actor.ts";
import { readOperatorView } from "./read-operator-view.ts";

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
];

import type { Operation } from "../operation.ts";
import { readActor } from "./read-actor.ts";

/** Every admin's operation. Each asks for its role by `requireRole` before it does anything else. */
export const adminOperations: readonly Operation[] = [readActor];

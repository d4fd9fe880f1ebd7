import type { DispenserApi, DispenserReport } from "../../domain/claim/dispenser-api.ts";
import { DispenserUnreachable } from "../../domain/network/served.ts";

/** A dispenser's report; null when it does not answer, so that each dialect can say so in its own shape. */
export async function reportOf(dispenser: DispenserApi): Promise<DispenserReport | null> {
  try {
    return await dispenser.report();
  } catch (error) {
    if (error instanceof DispenserUnreachable) return null;
    throw error;
  }
}

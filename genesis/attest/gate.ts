import type { Readiness } from "./readiness.ts";

const hourMs = 3_600_000;

/** What the gate is held against. */
export type GateRules = {
  /** The share of power that must have attested the sealed file, in percent. */
  readonly gatePercent: number;
  /** How long before genesis time the seal must stand. */
  readonly sealLeadMs: number;
};

/** When the version was sealed, and when it is to begin. */
export type GateTimes = { readonly sealedAtMs: number; readonly genesisTimeMs: number; readonly nowMs: number };

/** What keeps the gate shut. */
export type GateReason = "power_missing" | "seal_too_late" | "genesis_time_passed";

/** Whether the launch may go on. */
export type Gate =
  | { readonly open: true }
  | {
      readonly open: false;
      readonly reasons: readonly GateReason[];
      /** Whether waiting can still open it for this version and this genesis time. */
      readonly mayOpen: boolean;
      /**
       * The genesis time to take instead. The time stands in the file, so another time is another version: it is
       * sealed now at the earliest, and then has to stand for as long as any other.
       */
      readonly proposedTimeMs: number;
    };

/** The launch gate: enough power on the sealed file, and a seal that stood long enough before genesis time. */
export function gateOf({ attested, total }: Readiness, times: GateTimes, rules: GateRules): Gate {
  const { sealedAtMs, genesisTimeMs, nowMs } = times;
  const { gatePercent, sealLeadMs } = rules;
  const reasons: GateReason[] = [];
  if (total === 0n || attested * 100n < total * BigInt(gatePercent)) reasons.push("power_missing");
  if (genesisTimeMs - sealedAtMs < sealLeadMs) reasons.push("seal_too_late");
  if (nowMs >= genesisTimeMs) reasons.push("genesis_time_passed");
  if (reasons.length === 0) return { open: true };
  const mayOpen = reasons.every((reason) => reason === "power_missing");
  return { open: false, reasons, mayOpen, proposedTimeMs: Math.ceil((nowMs + sealLeadMs) / hourMs) * hourMs };
}

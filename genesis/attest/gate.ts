import type { Readiness } from "./readiness.ts";

const hourMs = 3_600_000;

/** What the gate is held against. */
export type GateRules = {
  /** The share of power that must have attested the sealed file, in percent. */
  readonly gatePercent: number;
  /** How long the seal must stand: before the gate opens, and before genesis time. */
  readonly sealLeadMs: number;
};

/** When the version was sealed, and when it is to begin. */
export type GateTimes = { readonly sealedAtMs: number; readonly genesisTimeMs: number; readonly nowMs: number };

/** What keeps the gate shut. The last two can't be waited out. */
export type GateReason = "power_missing" | "seal_too_young" | "seal_too_late" | "genesis_time_passed";

/** Whether the launch may go on. */
export type Gate =
  | { readonly open: true }
  | {
      readonly open: false;
      readonly reasons: readonly GateReason[];
      /** Whether waiting can still open it for this version and this genesis time. */
      readonly mayOpen: boolean;
      /** From when on the seal has stood long enough. */
      readonly notBeforeMs: number;
      /**
       * The genesis time to take instead. The time stands in the file, so another time is another version: it is
       * sealed now at the earliest, and then has to stand for as long as any other and an hour more, in which the gate
       * can open.
       */
      readonly proposedTimeMs: number;
    };

/**
 * The launch gate: enough power on the sealed file, a seal that has stood long enough, and a genesis time that has
 * not come. The log's rules and the view of readiness both ask here.
 */
export function gateOf(power: Pick<Readiness, "attested" | "total">, times: GateTimes, rules: GateRules): Gate {
  const { attested, total } = power;
  const { sealedAtMs, genesisTimeMs, nowMs } = times;
  const { gatePercent, sealLeadMs } = rules;
  const notBeforeMs = sealedAtMs + sealLeadMs;
  const reasons: GateReason[] = [];
  if (total === 0n || attested * 100n < total * BigInt(gatePercent)) reasons.push("power_missing");
  if (nowMs < notBeforeMs) reasons.push("seal_too_young");
  if (notBeforeMs >= genesisTimeMs) reasons.push("seal_too_late");
  if (nowMs >= genesisTimeMs) reasons.push("genesis_time_passed");
  if (reasons.length === 0) return { open: true };
  const mayOpen = !reasons.includes("seal_too_late") && !reasons.includes("genesis_time_passed");
  const proposedTimeMs = (Math.ceil((nowMs + sealLeadMs) / hourMs) + 1) * hourMs;
  return { open: false, reasons, mayOpen, notBeforeMs, proposedTimeMs };
}

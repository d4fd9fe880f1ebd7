import type { AuditRow, DeniedRow } from "./operator-records.ts";

/** The newest audit rows are kept, so many of them. */
export const auditRowsMax = 10_000;

/** The operator's rows in the dispenser's own storage, in its transactions. Held to test/conformance/operator-store. */
export interface OperatorStore {
  /** Stores an act and returns its number; the oldest beyond {@link auditRowsMax} go. Throws when the id is known. */
  addAudit(row: Omit<AuditRow, "n">): number;
  knowsAct(id: string): boolean;
  /** Newest first, from below `before` (null: the newest). */
  auditBefore(before: number | null, limit: number): AuditRow[];

  /** Adds an address, or changes its row. */
  deny(row: DeniedRow): void;
  /** False when it was not there. */
  allow(address: string): boolean;
  denied(address: string): DeniedRow | null;
  /** Ascending by address, from above `after` (null: the first). */
  deniedAfter(after: string | null, limit: number): DeniedRow[];
  deniedCount(): number;
}

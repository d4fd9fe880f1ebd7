import type { AuditRow, DeniedRow } from "../../workers/domain/claim/operator-records.ts";
import { auditRowsMax, type OperatorStore } from "../../workers/domain/claim/operator-store.ts";
import type { Disk } from "./disk.ts";

/** `OperatorStore` over a {@link Disk}; held to the same contract test as the SQLite one. */
export class MemoryOperator implements OperatorStore {
  readonly #disk: () => Disk;

  constructor(disk: () => Disk) {
    this.#disk = disk;
  }

  addAudit(row: Omit<AuditRow, "n">): number {
    if (this.knowsAct(row.id)) throw new Error(`act ${row.id} is known`);
    const before = this.#disk().image.audit;
    const n = (before.at(-1)?.n ?? 0) + 1;
    this.#disk().put("audit", [...before, { ...row, n }].slice(-auditRowsMax));
    return n;
  }

  knowsAct(id: string): boolean {
    return this.#disk().image.audit.some((row) => row.id === id);
  }

  auditBefore(before: number | null, limit: number): AuditRow[] {
    const rows = this.#disk().image.audit.filter(({ n }) => before === null || n < before);
    return rows.reverse().slice(0, limit);
  }

  deny(row: DeniedRow): void {
    const others = this.#disk().image.denied.filter(({ address }) => address !== row.address);
    this.#disk().put("denied", [...others, row]);
  }

  allow(address: string): boolean {
    const known = this.denied(address) !== null;
    const others = this.#disk().image.denied.filter((row) => row.address !== address);
    this.#disk().put("denied", others);
    return known;
  }

  denied(address: string): DeniedRow | null {
    return this.#disk().image.denied.find((row) => row.address === address) ?? null;
  }

  deniedAfter(after: string | null, limit: number): DeniedRow[] {
    const sorted = [...this.#disk().image.denied].sort((a, b) => (a.address < b.address ? -1 : 1));
    return sorted.filter(({ address }) => after === null || address > after).slice(0, limit);
  }

  deniedCount(): number {
    return this.#disk().image.denied.length;
  }
}

/** New claims are refused until an operator resumes. */
export type Pause = {
  readonly sinceMs: number;
  /** The operator's name. */
  readonly by: string;
  /** Told to everyone whose claim is refused. */
  readonly reason: string;
  /** When claims may be welcome again, as far as the operator knows; the pause does not end by itself. */
  readonly retryAtMs: number | null;
  /** Whether the claims that wait are still paid. What is signed is followed to its end in any case. */
  readonly drain: boolean;
};

/** An operator's word on the hourly budget, in place of the network file's. */
export type BudgetOverride = { readonly claimsPerHour: number; readonly by: string; readonly sinceMs: number };

/** An address that is refused. Claims of it that were accepted before are paid. */
export type DeniedRow = {
  /** Lower case. */
  readonly address: string;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
};

/** What an operator did. The row is written in the transaction that did it. */
export type AuditRow = {
  /** From 1, never given twice. */
  readonly n: number;
  /** The act's id, chosen by who asked: the same act asked for again is done once. */
  readonly id: string;
  readonly atMs: number;
  readonly actor: string;
  readonly act: string;
  /** What it was done to: an address, `faucet`, … */
  readonly subject: string;
  /** A JSON object; never holds a secret. */
  readonly detail: string;
};

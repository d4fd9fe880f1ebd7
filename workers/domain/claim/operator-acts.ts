import type { BudgetOverride, Pause } from "./operator-records.ts";

/** What an operator may do to a faucet. A new kind is an arm here and a case in operate.ts. */
export type OperatorAct =
  | { readonly kind: "pause"; readonly reason: string; readonly retryAtMs: number | null; readonly drain: boolean }
  | { readonly kind: "resume" }
  | { readonly kind: "set_budget"; readonly claimsPerHour: number }
  | { readonly kind: "clear_budget" }
  /** `address` is checked and in lower case. */
  | { readonly kind: "deny"; readonly address: string; readonly reason: string }
  | { readonly kind: "allow"; readonly address: string };

/** An act, who does it, and an id that makes it the same act when a lost reply is asked for again. */
export type ActRequest = { readonly id: string; readonly actor: string; readonly act: OperatorAct };

/** Why an act is not done. Nothing is changed, and there is no audit row. */
export type OperatorRefusal =
  | { readonly reason: "not_paused" }
  | { readonly reason: "budget_not_set" }
  | { readonly reason: "not_denied"; readonly address: string }
  | { readonly reason: "deny_list_full"; readonly max: number };

/** What operators have set, as it is now. */
export type OperatorState = {
  readonly pause: Pause | null;
  readonly budget: BudgetOverride | null;
  readonly denied: number;
};

/** What an act answers: the state after it, or why it was not done. */
export type Operated =
  | { readonly ok: true; readonly state: OperatorState }
  | { readonly ok: false; readonly refusal: OperatorRefusal };

import { inEnglish, type Said } from "../document/said.ts";
import { type RuleId, rules } from "./rules.ts";

/** A rule that doesn't hold: what is wrong with the value seen, and what to do. */
export type Finding = {
  readonly rule: RuleId;
  readonly message: string;
  /** The message with its values apart. */
  readonly said: Said;
  readonly remedy: string;
  /** The value seen, made safe to show. */
  readonly value?: string;
};

/** Gathers what is wrong, all of it. A network may waive rules of the second list, which then only warn. */
export class Findings {
  readonly failures: Finding[] = [];
  readonly warnings: Finding[] = [];
  readonly #onlyFatal: boolean;
  readonly #waived: readonly string[];

  constructor(onlyFatal: boolean, waived: readonly string[]) {
    this.#onlyFatal = onlyFatal;
    this.#waived = waived;
  }

  /** Notes that a rule doesn't hold. */
  add(rule: RuleId, said: Said, value?: string): void {
    const { severity, remedy } = rules[rule];
    if (this.#onlyFatal && severity !== "fatal") return;
    const warns = severity === "advice" || (severity === "harmful" && this.#waived.includes(rule));
    const finding = { rule, message: inEnglish(said), said, remedy, ...(value === undefined ? {} : { value }) };
    (warns ? this.warnings : this.failures).push(finding);
  }

  /** Whether one of these rules was found broken. */
  has(...wanted: readonly RuleId[]): boolean {
    return [...this.failures, ...this.warnings].some(({ rule }) => wanted.includes(rule));
  }
}

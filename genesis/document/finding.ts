/** What a rule found wrong. The rule's id is stable; the message says what is wrong, the remedy what to do. */
export type Finding = {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
  /** The value seen, cut to a length that can be shown. */
  readonly value?: string;
};

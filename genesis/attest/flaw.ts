import { inEnglish, type Said } from "../document/said.ts";

/** What is wrong with a signed word, by name, and in words for people, with their values apart. */
export type WordFlaw<Rule extends string = string> = {
  readonly rule: Rule;
  readonly message: string;
  readonly said: Said;
};

/** A flaw of a sentence. */
export function flaw<Rule extends string>(rule: Rule, said: Said): WordFlaw<Rule> {
  return { rule, message: inEnglish(said), said };
}

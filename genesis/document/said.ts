/**
 * A sentence with what it names apart, so that it can be said in another language: first the English sentence, with
 * {0}, {1} … where its values stand, then the values. Where {0*} stands, the value is a sentence with values of its own,
 * which all follow at its place. It is one flat list, since types that hold themselves don't go through an object's RPC.
 */
export type Said = readonly string[];

/** Writes a sentence down as a tagged template. Every one has German words (test/docs-site/german-words.test.ts). */
export function said(parts: TemplateStringsArray, ...values: (string | number | bigint | Said)[]): Said {
  const sentence = parts.reduce(
    (sum, part, at) => `${sum}{${at - 1}${Array.isArray(values[at - 1]) ? "*" : ""}}${part}`,
  );
  return [sentence, ...values.flatMap((value) => (typeof value === "object" ? value : [String(value)]))];
}

/** The sentence as it is read in English. */
export function inEnglish(words: Said): string {
  const left = words.values();
  const read = (): string => {
    const sentence = left.next().value ?? "";
    return sentence.replace(/\{\d+(\*?)\}/g, (_, nested: string) => (nested ? read() : (left.next().value ?? "")));
  };
  return read();
}

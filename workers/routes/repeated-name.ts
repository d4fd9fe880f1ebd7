/** The pieces of JSON that matter here: strings, brackets and commas. Numbers, words and colons fall between them. */
const piece = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/**
 * The first name that one object of this JSON gives twice, or null. `JSON.parse` keeps the last of them in silence, and
 * another reader the first, so that two readers of one body may see two requests (RFC 8259, 4). The text has been
 * parsed before: it is JSON.
 */
export function repeatedName(text: string): string | null {
  /** The names of each object that is open; null for a list. */
  const open: (Set<string> | null)[] = [];
  let nameIsNext = false;
  for (const [token] of text.matchAll(piece)) {
    const names = open.at(-1);
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    else if (token !== "," && names && nameIsNext) {
      const name = JSON.parse(token) as string;
      if (names.has(name)) return name;
      names.add(name);
    }
    nameIsNext = token === "{" || (token === "," && open.at(-1) !== null);
  }
  return null;
}

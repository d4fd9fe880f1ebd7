import { lexer, type Token } from "marked";

/** How a test treats a shell block: it runs it, runs it without waiting for its end, or doesn't run it, for a reason. */
export type Tag =
  | { readonly kind: "run" }
  | { readonly kind: "background" }
  | { readonly kind: "norun"; readonly why: string };

/** A shell block of a page, with the heading that it stands under. */
export type ShellBlock = { readonly heading: string; readonly code: string; readonly tag: Tag };

/** Reads a fence's words: `sh run`, `sh background` or `sh norun="why"`. A string: what is wrong. Null: no shell. */
export function readTag(words: string): Tag | string | null {
  if (!/^(sh|bash|shell|console)\b/.test(words)) return null;
  if (words === "sh run") return { kind: "run" };
  if (words === "sh background") return { kind: "background" };
  const [, why] = /^sh norun="([^"]{4,120})"$/.exec(words) ?? [];
  return why === undefined ? `\`${words}\` is none of: sh run, sh background, sh norun="why"` : { kind: "norun", why };
}

/** The shell blocks of a page in their order. Throws on one without a tag. */
export function shellBlocks(markdown: string): ShellBlock[] {
  let heading = "";
  return flat(lexer(markdown)).flatMap((token) => {
    if (token.type === "heading") heading = token.text;
    if (token.type !== "code") return [];
    const tag = readTag(token.lang ?? "");
    if (typeof tag === "string") throw new Error(`under "${heading}": ${tag}`);
    return tag === null ? [] : [{ heading, code: token.text, tag }];
  });
}

/** Blocks stand in lists and quotes too. */
function flat(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    if (token.type === "list") return token.items.flatMap((item: { tokens: Token[] }) => flat(item.tokens));
    return token.type === "blockquote" ? flat(token.tokens ?? []) : [token];
  });
}

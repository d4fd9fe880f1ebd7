import type { Context } from "hono";

/** Longer than any token of an issuer that we know; what is longer is cut, and so is none. */
const bearerMost = 8_192;

/** What stands after `Authorization: Bearer`; null: nothing does. */
export function bearerOf(c: Context): string | null {
  const [, bearer] = /^bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
  return bearer === undefined ? null : bearer.slice(0, bearerMost);
}

/** This deployment's origin as its client asked for it: a text that a wallet signs names it. */
export function siteOf(c: Context): string {
  return new URL(c.req.url).origin;
}

/**
 * A text as one word of a POSIX shell. What operators call themselves may hold anything, and others copy the commands
 * that are made of it.
 */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

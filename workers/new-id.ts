/** 20 characters of [a-z0-9], about 103 bits. */
export function newId(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  // 252 is the largest multiple of 36 in a byte: above it a letter would be likelier than another.
  const fair = [...crypto.getRandomValues(new Uint8Array(64))].filter((byte) => byte < 252).slice(0, 20);
  return fair.map((byte) => alphabet[byte % 36]).join("");
}

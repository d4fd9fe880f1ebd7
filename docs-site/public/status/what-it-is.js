/**
 * What somebody means who types a text: `{kind, value}` with kind block, transaction or address, or `{kind: "odd",
 * why}` where it is none of them. `why`: empty, height, hash or unknown.
 */
export function whatItIs(typed, bech32Prefix) {
  const text = typed.trim().replace(/^#/, "");
  if (text === "") return { kind: "odd", why: "empty" };
  const height = text.replace(/[\s.,'_\u202f]/g, "");
  // 64 digits may be a hash without a letter.
  if (/^\d+$/.test(height) && height.length !== 64)
    return /^[1-9]\d{0,14}$/.test(height) ? { kind: "block", value: height } : { kind: "odd", why: "height" };
  const hash = text.replace(/^0x/i, "");
  if (/^[0-9a-f]{64}$/i.test(hash)) return { kind: "transaction", value: hash.toUpperCase() };
  if (text.toLowerCase().startsWith(`${bech32Prefix}1`)) return { kind: "address", value: text.toLowerCase() };
  if (/^[0-9a-f]{16,}$/i.test(hash)) return { kind: "odd", why: "hash", count: hash.length };
  return { kind: "odd", why: "unknown" };
}

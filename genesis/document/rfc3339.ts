const shape = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A time as Go writes it (RFC3339Nano): at most nine digits of a second without trailing zeros, the offset kept.
 * Null when the text is no such time.
 */
export function goTime(text: string): string | null {
  const [, moment = "", fraction = "", offset = ""] = shape.exec(text) ?? [];
  if (moment === "" || Number.isNaN(Date.parse(`${moment}${offset}`))) return null;
  const digits = fraction.replace(/0+$/, "");
  return `${moment}${digits === "" ? "" : `.${digits}`}${offset === "+00:00" || offset === "-00:00" ? "Z" : offset}`;
}

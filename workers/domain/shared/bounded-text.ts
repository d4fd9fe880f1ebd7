/**
 * A body as text; null: it has more than `bytesMax` bytes, of which the rest is not read. `fatal` throws on what is not
 * UTF-8; without it such bytes become U+FFFD. Throws what the body's source throws.
 */
export async function boundedText(
  body: AsyncIterable<Uint8Array> | null,
  bytesMax: number,
  { fatal = false } = {},
): Promise<string | null> {
  const decoder = new TextDecoder("utf-8", { fatal, ignoreBOM: false });
  let text = "";
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    // Leaving a stream so cancels it.
    if (bytes > bytesMax) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

import { type Found, type HouseContext, refuseHere } from "./context.ts";

/** A body as bytes, at most so many; refuses a larger one before it is read whole. */
export async function readBytes(c: HouseContext, bytesMax: number): Promise<Found<Uint8Array>> {
  const tooLarge = () => ({ ok: false, response: refuseHere(c, { reason: "content_too_large", bytesMax }) }) as const;
  const { body, headers } = c.req.raw;
  if (Number(headers.get("content-length") ?? 0) > bytesMax) return tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (body) {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > bytesMax) return tooLarge();
      chunks.push(chunk);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return { ok: true, value: bytes };
}

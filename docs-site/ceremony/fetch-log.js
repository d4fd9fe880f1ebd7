import { sha256Hex } from "../../genesis/log/bytes.ts";

const waitMs = 60_000;

/** A file of a ceremony's log. Null: it is not there, or is longer than `bytesMax`. Throws when no answer came. */
export async function fetchLogFile(base, path, bytesMax = Number.POSITIVE_INFINITY) {
  const answer = await fetch(`${base}/log/${path}`, { signal: AbortSignal.timeout(waitMs) });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${path}: the answer was ${answer.status}`);
  if (Number(answer.headers.get("content-length") ?? 0) > bytesMax) {
    await answer.body?.cancel();
    return null;
  }
  return new Uint8Array(await answer.arrayBuffer());
}

/** A content by its SHA-256; null also where the bytes are others. */
export async function fetchContent(base, sha256, bytesMax) {
  const bytes = await fetchLogFile(base, `content/${sha256}`, bytesMax);
  return bytes !== null && sha256Hex(bytes) === sha256 ? bytes : null;
}

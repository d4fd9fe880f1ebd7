import type { CeremonyPorts } from "../domain/ceremony/ports.ts";

type Contents = CeremonyPorts["contents"];

/** A row holds at most 2 MB. */
const pieceBytes = 1024 * 1024;
/** What is longer goes to R2 where there is one: an object's storage has 10 GB, and reads there are billed by row. */
const ownBytesMax = 512 * 1024;

/**
 * Bytes by their SHA-256: in the ceremony's own SQLite, large ones in R2 where a bucket is bound. Putting is done
 * again freely, since the name follows from the bytes; reading looks in both, so a bucket may be bound later.
 */
export class ObjectContents implements Contents {
  readonly #storage: DurableObjectStorage;
  readonly #bucket: R2Bucket | null;
  readonly #folder: string;

  /** `folder` keeps networks apart in a bucket that several share. */
  constructor(storage: DurableObjectStorage, bucket: R2Bucket | null, folder: string) {
    this.#storage = storage;
    this.#bucket = bucket;
    this.#folder = folder;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (this.#bucket !== null && bytes.length > ownBytesMax) {
      await this.#bucket.put(this.#path(sha256), bytes, { sha256: digest });
      return sha256;
    }
    this.#storage.transactionSync(() => {
      const { sql } = this.#storage;
      if (sql.exec("SELECT 1 FROM contents WHERE sha256 = ? LIMIT 1", sha256).toArray().length > 0) return;
      for (let piece = 0; piece === 0 || piece * pieceBytes < bytes.length; piece += 1) {
        const part = bytes.slice(piece * pieceBytes, (piece + 1) * pieceBytes);
        sql.exec("INSERT INTO contents VALUES (?, ?, ?)", sha256, piece, part);
      }
    });
    return sha256;
  }

  async get(sha256: string): Promise<Uint8Array | null> {
    const query = "SELECT bytes FROM contents WHERE sha256 = ? ORDER BY piece";
    const pieces = this.#storage.sql.exec<{ bytes: ArrayBuffer }>(query, sha256).toArray();
    if (pieces.length > 0) return joined(pieces.map(({ bytes }) => new Uint8Array(bytes)));
    const stored = this.#bucket && (await this.#bucket.get(this.#path(sha256)));
    return stored && new Uint8Array(await stored.arrayBuffer());
  }

  #path(sha256: string): string {
    return `${this.#folder}/${sha256}`;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

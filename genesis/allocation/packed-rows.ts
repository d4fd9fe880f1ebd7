import { compareBytes } from "../document/bytes.ts";

const chunkBytes = 1 << 20;
const keyBytesMax = 32;

/**
 * Rows of a key (at most 32 bytes) and a text, kept as bytes outside of JavaScript's heap: a million of them take
 * about a hundred megabytes less than a million objects. Rows are numbered as they were added.
 */
export class PackedRows {
  readonly #chunks: Uint8Array[] = [];
  #used = chunkBytes;
  #starts = new Float64Array(1024);
  #lines = new Uint32Array(1024);
  #count = 0;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  get count(): number {
    return this.#count;
  }

  /** Adds a row. `line` is where it came from, for messages. Throws for a key that is too long. */
  add(key: Uint8Array, text: string, line = 0): void {
    if (key.length > keyBytesMax) throw new RangeError(`A key of ${key.length} bytes`);
    const bytes = this.#encoder.encode(text);
    const size = 3 + key.length + bytes.length;
    if (bytes.length > 0xffff) throw new RangeError(`A row of ${bytes.length} bytes`);
    if (this.#used + size > chunkBytes) {
      this.#chunks.push(new Uint8Array(chunkBytes));
      this.#used = 0;
    }
    const chunk = this.#chunks.at(-1) ?? new Uint8Array();
    chunk.set([key.length, bytes.length >> 8, bytes.length & 0xff], this.#used);
    chunk.set(key, this.#used + 3);
    chunk.set(bytes, this.#used + 3 + key.length);
    this.#grow();
    this.#starts[this.#count] = (this.#chunks.length - 1) * chunkBytes + this.#used;
    this.#lines[this.#count] = line;
    this.#count += 1;
    this.#used += size;
  }

  /** The key of a row; a view that must not be written to. */
  key(row: number): Uint8Array {
    const { chunk, at } = this.#at(row);
    return chunk.subarray(at + 3, at + 3 + (chunk[at] ?? 0));
  }

  /** The text of a row. */
  text(row: number): string {
    const { chunk, at } = this.#at(row);
    const begin = at + 3 + (chunk[at] ?? 0);
    return this.#decoder.decode(chunk.subarray(begin, begin + (chunk[at + 1] ?? 0) * 256 + (chunk[at + 2] ?? 0)));
  }

  /** The line that was given with the row. */
  line(row: number): number {
    return this.#lines[row] ?? 0;
  }

  /** The rows' numbers in the order of their keys, equal keys in the order in which they were added. */
  sorted(): Uint32Array {
    return Uint32Array.from({ length: this.#count }, (_, row) => row).sort(
      (a, b) => compareBytes(this.key(a), this.key(b)) || a - b,
    );
  }

  #at(row: number): { chunk: Uint8Array; at: number } {
    const start = this.#starts[row] ?? 0;
    const chunk = this.#chunks[Math.floor(start / chunkBytes)];
    if (row >= this.#count || chunk === undefined) throw new RangeError(`No row ${row}`);
    return { chunk, at: start % chunkBytes };
  }

  #grow(): void {
    if (this.#count < this.#starts.length) return;
    const starts = new Float64Array(this.#starts.length * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const lines = new Uint32Array(starts.length);
    lines.set(this.#lines);
    this.#lines = lines;
  }
}

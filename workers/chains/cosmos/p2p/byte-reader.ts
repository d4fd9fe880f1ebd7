import { PeerFailed } from "./peer-failed.ts";

/** Pieces that a whole handshake may come in: an honest one takes a dozen, and each costs time to take up. */
const piecesMost = 200;

/** Reads exact lengths from a stream of which no more than `bytesMost` bytes are ever taken. */
export class ByteReader {
  readonly #source: ReadableStreamDefaultReader<Uint8Array>;
  readonly #kept: Uint8Array;
  #from = 0;
  #to = 0;
  #pieces = 0;

  constructor(stream: ReadableStream<Uint8Array>, bytesMost: number) {
    this.#source = stream.getReader();
    this.#kept = new Uint8Array(bytesMost);
  }

  /** The next `length` bytes. Throws {@link PeerFailed} when the stream ends before, or says too much, or by drips. */
  async exactly(length: number): Promise<Uint8Array> {
    while (this.#to - this.#from < length) await this.#more();
    this.#from += length;
    return this.#kept.slice(this.#from - length, this.#from);
  }

  async #more(): Promise<void> {
    if (this.#pieces >= piecesMost) throw new PeerFailed("it speaks in too many pieces");
    this.#pieces += 1;
    const { done, value } = await this.#source.read();
    if (done) throw new PeerFailed("it hung up");
    if (this.#to + value.length > this.#kept.length) throw new PeerFailed("it says too much");
    this.#kept.set(value, this.#to);
    this.#to += value.length;
  }
}

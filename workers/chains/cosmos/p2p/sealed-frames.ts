import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import type { ByteReader } from "./byte-reader.ts";
import type { Session } from "./key-exchange.ts";
import { PeerFailed } from "./peer-failed.ts";

/** A frame holds the length of its content in 4 bytes, and up to 1,024 of them; whatever it holds, it is as long. */
const [lengthBytes, contentMost, tagBytes] = [4, 1024, 16];
/** Bytes of a frame on the wire. */
export const sealedBytes = lengthBytes + contentMost + tagBytes;

/** CometBFT's sealed frames over a connection, and the length-delimited messages in them. Reads what it is asked for. */
export class SealedFrames {
  readonly #reader: ByteReader;
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #session: Session;
  #sent = 0;
  #received = 0;
  #rest: Uint8Array = new Uint8Array();

  constructor(reader: ByteReader, write: (bytes: Uint8Array) => Promise<void>, session: Session) {
    this.#reader = reader;
    this.#write = write;
    this.#session = session;
  }

  /** Sends a message that fits one frame. */
  async send(message: Uint8Array): Promise<void> {
    const content = delimited(message);
    const frame = new Uint8Array(lengthBytes + contentMost);
    new DataView(frame.buffer).setUint32(0, content.length, true);
    frame.set(content, lengthBytes);
    const sealed = chacha20poly1305(this.#session.sendKey, nonceOf(this.#sent)).encrypt(frame);
    this.#sent += 1;
    await this.#write(sealed);
  }

  /** The next message. Throws {@link PeerFailed} when it is longer than `bytesMost`, or anything was altered. */
  async receive(bytesMost: number): Promise<Uint8Array> {
    let header = readLength(this.#rest);
    while (header === null) header = readLength(await this.#more());
    const { length, from } = header;
    if (length > bytesMost) throw new PeerFailed("a message is too long");
    while (this.#rest.length < from + length) await this.#more();
    const message = this.#rest.slice(from, from + length);
    this.#rest = this.#rest.slice(from + length);
    return message;
  }

  async #more(): Promise<Uint8Array> {
    const frame = this.#open(await this.#reader.exactly(sealedBytes));
    const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
    if (length > contentMost) throw new PeerFailed("a frame is too long");
    const content = frame.subarray(lengthBytes, lengthBytes + length);
    const joined = new Uint8Array(this.#rest.length + content.length);
    joined.set(this.#rest);
    joined.set(content, this.#rest.length);
    this.#rest = joined;
    return joined;
  }

  #open(sealed: Uint8Array): Uint8Array {
    const cipher = chacha20poly1305(this.#session.receiveKey, nonceOf(this.#received));
    this.#received += 1;
    try {
      return cipher.decrypt(sealed);
    } catch (error) {
      throw new PeerFailed("a frame is not sealed with the connection's key", { cause: error });
    }
  }
}

/** A message with its length before it, which is less than 128 × 128 here. */
export function delimited(message: Uint8Array): Uint8Array {
  const { length } = message;
  const header = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
  const bytes = new Uint8Array(header.length + length);
  bytes.set(header);
  bytes.set(message, header.length);
  return bytes;
}

/** A length in one or two bytes: nothing longer is ever read. Null: not all of it is there. */
function readLength(bytes: Uint8Array): { readonly length: number; readonly from: number } | null {
  const [low, high] = bytes;
  if (low === undefined) return null;
  if (low < 128) return { length: low, from: 1 };
  if (high === undefined) return null;
  if (high > 127) throw new PeerFailed("a message is too long");
  return { length: (low & 127) | (high << 7), from: 2 };
}

function nonceOf(count: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(count), true);
  return nonce;
}

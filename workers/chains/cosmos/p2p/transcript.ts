import { keccakP } from "@noble/hashes/sha3.js";

/** Bytes of a state that messages reach at the security of 128 bits. */
const rate = 166;
/** STROBE's flags of an operation: inbound, application's, of the cipher, metadata. */
const [inbound, application, cipher, meta] = [1, 2, 4, 16];

const utf8 = (text: string) => new TextEncoder().encode(text);

/**
 * A Merlin transcript (merlin.cool, v1.0) on STROBE-128 v1.0.2, as far as CometBFT uses it: messages go in under a
 * label, and a challenge that depends on all of them comes out.
 */
export class Transcript {
  readonly #state = new Uint8Array(200);
  readonly #words = new Uint32Array(this.#state.buffer);
  #at = 0;
  /** Where the operation under way began, plus one. */
  #began = 0;

  constructor(label: string) {
    this.#state.set([1, rate + 2, 1, 0, 1, 96]);
    this.#state.set(utf8("STROBEv1.0.2"), 6);
    keccakP(this.#words);
    this.#begin(meta | application);
    this.#absorb(utf8("Merlin v1.0"));
    this.append("dom-sep", utf8(label));
  }

  append(label: string, message: Uint8Array): void {
    this.#name(label, message.length);
    this.#begin(application);
    this.#absorb(message);
  }

  /** Draws `length` bytes; what is drawn later depends on that too. */
  challenge(label: string, length: number): Uint8Array {
    this.#name(label, length);
    this.#begin(inbound | application | cipher);
    return Uint8Array.from({ length }, () => this.#squeeze());
  }

  /** Label and length are one operation. */
  #name(label: string, length: number): void {
    this.#begin(meta | application);
    this.#absorb(utf8(label));
    this.#absorb(new Uint8Array(Uint32Array.of(length).buffer));
  }

  #begin(flags: number): void {
    const before = this.#began;
    this.#began = this.#at + 1;
    this.#absorb(Uint8Array.of(before, flags));
    if ((flags & cipher) !== 0 && this.#at !== 0) this.#permute();
  }

  #absorb(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#mix(this.#at, byte);
      this.#at += 1;
      if (this.#at === rate) this.#permute();
    }
  }

  #squeeze(): number {
    const byte = this.#state[this.#at] ?? 0;
    this.#state[this.#at] = 0;
    this.#at += 1;
    if (this.#at === rate) this.#permute();
    return byte;
  }

  #permute(): void {
    this.#mix(this.#at, this.#began);
    this.#mix(this.#at + 1, 0x04);
    this.#mix(rate + 1, 0x80);
    keccakP(this.#words);
    this.#at = 0;
    this.#began = 0;
  }

  #mix(at: number, byte: number): void {
    this.#state[at] = (this.#state[at] ?? 0) ^ byte;
  }
}

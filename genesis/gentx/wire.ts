import { concatBytes } from "@noble/hashes/utils.js";

// The protobuf wire format, as gogoproto writes it: fields in their order, proto3 defaults left out.

const utf8 = new TextEncoder();

/** A varint of an unsigned number. */
export function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Uint8Array.of(...bytes, Number(rest));
}

/** A number field; nothing when it is 0. */
export function numberField(field: number, value: bigint): Uint8Array {
  return value === 0n ? new Uint8Array() : concatBytes(varint(BigInt(field << 3)), varint(value));
}

/** A field of bytes or a message, written even when it is empty (as for messages that can't be null). */
export function messageField(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = concatBytes(...parts);
  return concatBytes(varint(BigInt((field << 3) | 2)), varint(BigInt(bytes.length)), bytes);
}

/** A field of bytes; nothing when it is empty. */
export function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? bytes : messageField(field, bytes);
}

/** A text field; nothing when it is empty. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, utf8.encode(text));
}

/** Reads a message whose only field, number 1, is repeated bytes. Null: anything else is in it, or it is cut off. */
export function readRepeatedBytes(bytes: Uint8Array): Uint8Array[] | null {
  const items: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== 0x0a) return null;
    let size = 0;
    let shift = 0;
    for (;;) {
      at += 1;
      const byte = bytes[at];
      if (byte === undefined || shift > 21) return null;
      size |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) break;
    }
    at += 1;
    if (at + size > bytes.length) return null;
    items.push(bytes.subarray(at, at + size));
    at += size;
  }
  return items;
}

/** Protocol buffer encodings as gogoproto writes them; only what headers, votes and results need. */

/** Base-128 varint. A negative number is written as its 64-bit two's complement, in ten bytes. */
export function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, value);
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A varint field, left out when zero. */
export function varintField(field: number, value: bigint): Buffer {
  return value === 0n ? Buffer.alloc(0) : Buffer.concat([varint(BigInt(field << 3)), varint(value)]);
}

/** An sfixed64 field, left out when zero. */
export function fixed64Field(field: number, value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0);
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return Buffer.concat([varint(BigInt((field << 3) | 1)), bytes]);
}

/** A sub-message, written even when empty: gogoproto's `nullable = false`. */
export function messageField(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(BigInt((field << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
}

/** Bytes or text, left out when empty. */
export function bytesField(field: number, bytes: Uint8Array): Buffer {
  return bytes.length === 0 ? Buffer.alloc(0) : messageField(field, bytes);
}

/** google.protobuf.Timestamp of nanoseconds since 1970. */
export function timestamp(timeNs: bigint): Buffer {
  return Buffer.concat([varintField(1, timeNs / 1_000_000_000n), varintField(2, timeNs % 1_000_000_000n)]);
}

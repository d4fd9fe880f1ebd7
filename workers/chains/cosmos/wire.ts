import { BinaryReader, WireType } from "cosmjs-types/binary";

/** A message's fields by number, the last of each: bytes, or a varint. Other kinds are left out. */
export type Fields = ReadonlyMap<number, Uint8Array | bigint>;

/**
 * Reads any protobuf message as far as a few singular fields are wanted of it, whatever else the chain put in.
 * Throws on bytes that are no message.
 */
export function readFields(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, Uint8Array | bigint>();
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.Bytes) fields.set(number, reader.bytes());
    else if (type === WireType.Varint) fields.set(number, reader.uint64());
    else reader.skipType(type);
  }
  return fields;
}

/** A field of bytes, text or a message; empty where it is absent, as protobuf leaves out what is empty. */
export function bytesOf(fields: Fields, number: number): Uint8Array {
  const value = fields.get(number);
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** An unsigned integer; 0 where it is absent. */
export function uintOf(fields: Fields, number: number): bigint {
  const value = fields.get(number);
  return typeof value === "bigint" ? value : 0n;
}

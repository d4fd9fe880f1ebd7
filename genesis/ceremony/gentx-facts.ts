import { readBech32, writeBech32 } from "../gentx/bech32.ts";
import { decodeGentx } from "../gentx/decode.ts";
import { DecodeError } from "../gentx/go-json.ts";
import { type Seat, seatOf } from "../gentx/seat.ts";
import { encodeBody } from "../gentx/sign-bytes.ts";
import { JsonError, parseJson } from "../json/parse.ts";
import { readUtf8, sha256Hex } from "../log/bytes.ts";

/** What a leaf says of a gentx. */
export type GentxFacts = {
  /** The operator as the account that pays: `…1…`, not `…valoper1…`. */
  readonly operator: string;
  readonly power: bigint;
  /** SHA-256 of the signed `TxBody`. */
  readonly body: string;
  /** Base64 of the validator's consensus key. */
  readonly consensusKey: string;
  /** The id of the node that its memo names; null: it names none. */
  readonly node: string | null;
};

/** Reads what a leaf says of a gentx from its bytes. Null: they are no gentx. */
export type GentxReader = (bytes: Uint8Array, powerReduction: bigint) => GentxFacts | null;

/** Reads a gentx as a node does. It is not judged here. */
export const readGentxFacts: GentxReader = (bytes, powerReduction) => readSeat(bytes, powerReduction)?.facts ?? null;

/** A gentx's place among the others, and what its leaf says of it. Null: the bytes are no gentx. */
export function readSeat(bytes: Uint8Array, powerReduction: bigint): { seat: Seat; facts: GentxFacts } | null {
  const text = readUtf8(bytes);
  if (text === null) return null;
  try {
    const gentx = decodeGentx(parseJson(text).value);
    const { message } = gentx;
    const operator = message === null ? null : accountOf(message.validatorAddress);
    if (message === null || operator === null) return null;
    const seat = seatOf(gentx, message, powerReduction);
    const body = sha256Hex(encodeBody(message, gentx.body));
    const { power, consensusKey, peer } = seat;
    return { seat, facts: { operator, power, body, consensusKey, node: peer?.nodeId ?? null } };
  } catch (error) {
    if (error instanceof DecodeError || error instanceof JsonError) return null;
    throw error;
  }
}

function accountOf(validator: string): string | null {
  const read = readBech32(validator);
  const suffix = "valoper";
  if (!read?.prefix.endsWith(suffix)) return null;
  return writeBech32(read.prefix.slice(0, -suffix.length), read.bytes);
}

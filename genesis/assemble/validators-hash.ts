import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { compareBytes } from "../document/bytes.ts";
import type { Candidate } from "./candidate.ts";

/** Tokens for one unit of voting power: the SDK's `DefaultPowerReduction`. */
export const powerReduction = 1_000_000n;

/** A validator of CometBFT's set. */
export type SetMember = {
  readonly candidate: Candidate;
  readonly power: bigint;
};

/**
 * The set that the chain begins with: those with at least one unit of power, the strongest `max` of them, by power
 * and then operator address as the staking module's index has them (x/staking/keeper/val_state_change.go).
 */
export function initialSet(candidates: readonly Candidate[], max: number): SetMember[] {
  return candidates
    .map((candidate) => ({ candidate, power: candidate.tokens / powerReduction }))
    .filter(({ power }) => power > 0n)
    .sort((a, b) => byPower(a, b) || compareBytes(a.candidate.operator, b.candidate.operator))
    .slice(0, max);
}

/**
 * `validators_hash` of block 1 in CometBFT's upper-case hexadecimal: the RFC 6962 Merkle root over the members as
 * `SimpleValidator` messages, by power and then consensus address (types/validator_set.go).
 */
export function validatorsHash(set: readonly SetMember[]): string {
  const leaves = [...set]
    .sort((a, b) => byPower(a, b) || compareBytes(a.candidate.consensusAddress, b.candidate.consensusAddress))
    .map(({ candidate, power }) => simpleValidator(candidate.consensusKey, power));
  return bytesToHex(merkleRoot(leaves)).toUpperCase();
}

function byPower(a: SetMember, b: SetMember): number {
  if (a.power === b.power) return 0;
  return a.power > b.power ? -1 : 1;
}

/** `SimpleValidator{1: PublicKey{1: ed25519}, 2: voting_power}` in protobuf's bytes. */
function simpleValidator(key: Uint8Array, power: bigint): Uint8Array {
  const publicKey = [0x0a, key.length, ...key];
  return Uint8Array.from([0x0a, publicKey.length, ...publicKey, 0x10, ...varint(power)]);
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 0x80n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(concatBytes(Uint8Array.of(0), only));
  // The largest power of two below the number of leaves.
  const left = 2 ** (31 - Math.clz32(leaves.length - 1));
  return sha256(concatBytes(Uint8Array.of(1), merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left))));
}

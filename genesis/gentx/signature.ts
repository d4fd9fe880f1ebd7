import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { type Said, said } from "../document/said.ts";
import type { BitArray, Body, Message, ModeInfo, Tx } from "./gentx.ts";
import { signMode } from "./gentx.ts";
import { countKeys, type PublicKey } from "./key.ts";
import type { RuleId } from "./rules.ts";
import { aminoSignBytes, directSignBytes, type SignerData } from "./sign-bytes.ts";
import { readRepeatedBytes } from "./wire.ts";

/** Checks one secp256k1 signature (r and s, 64 bytes, s already known to be low) over the SHA-256 of the message. */
export type Secp256k1Check = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean;

/** What is wrong with a signature's form. */
export type Flaw = { readonly rule: RuleId; readonly said: Said };

/** Half of secp256k1's order; an s above it has a twin below. */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** The check that runs everywhere. A command line may bring a faster one. */
export const nobleCheck: Secp256k1Check = (signature, message, key) =>
  guarded(() => secp256k1.verify(signature, message, key));

/** What is wrong with a signature's form, before anything is computed: modes, sizes, low s, a multisig's parts. */
export function flawsOf(key: PublicKey, mode: ModeInfo | null, signature: Uint8Array, ethermint: boolean): Flaw[] {
  if (mode === null) return [{ rule: "sign-mode", said: said`the signer says no sign mode` }];
  if (key.kind === "multisig") return multisigFlaws(key, mode, signature, ethermint);
  if (mode.kind === "multi")
    return [{ rule: "multisig", said: said`a single key is signed for in the way of a multisig` }];
  const flaws: Flaw[] = [];
  if (mode.mode !== signMode.direct && mode.mode !== signMode.legacyAminoJson) {
    flaws.push({ rule: "sign-mode", said: said`sign mode ${mode.mode} can't sign a gentx` });
  }
  if (key.kind === "ed25519") {
    return [...flaws, { rule: "signer-key-type", said: said`an ed25519 key can't sign transactions` }];
  }
  if (key.kind === "ethsecp256k1" && !ethermint) {
    return [...flaws, { rule: "signer-key-type", said: said`this network takes no ethsecp256k1 keys` }];
  }
  const sizes = key.kind === "ethsecp256k1" ? [64, 65] : [64];
  if (!sizes.includes(signature.length)) {
    return [...flaws, { rule: "signature", said: said`the signature has ${signature.length} bytes instead of 64` }];
  }
  const s = BigInt(`0x${[...signature.subarray(32, 64)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
  if (s > halfOrder) flaws.push({ rule: "low-s", said: said`the signature's s is in the upper half` });
  return flaws;
}

type Multisig = Extract<PublicKey, { kind: "multisig" }>;

function multisigFlaws(key: Multisig, mode: ModeInfo, signature: Uint8Array, ethermint: boolean): Flaw[] {
  const flaw = (words: Said): Flaw[] => [{ rule: "multisig", said: words }];
  if (mode.kind !== "multi" || mode.bits === null) return flaw(said`a multisig key needs a bit array of who signed`);
  const { threshold, keys } = key;
  if (threshold < 1 || threshold > keys.length) return flaw(said`its threshold is ${threshold} of ${keys.length} keys`);
  const size = bitCount(mode.bits);
  if (size !== keys.length) return flaw(said`its bit array is for ${size} keys, but it has ${keys.length}`);
  const signatures = readRepeatedBytes(signature);
  if (signatures === null) return flaw(said`its signature is no list of signatures`);
  const signed = signedKeys(key, mode.bits);
  if (signed.length < threshold) return flaw(said`${signed.length} members signed, but it needs ${threshold}`);
  if (signatures.length < signed.length || signatures.length > size || mode.modes.length !== signatures.length) {
    return flaw(
      said`${signed.length} members signed, with ${signatures.length} signatures and ${mode.modes.length} modes`,
    );
  }
  return signed.flatMap((member, index) =>
    flawsOf(member, mode.modes[index] ?? null, signatures[index] ?? new Uint8Array(), ethermint),
  );
}

function bitCount({ extraBits, bytes }: BitArray): number {
  if (extraBits > 7) return -1;
  return extraBits === 0 ? bytes.length * 8 : (bytes.length - 1) * 8 + extraBits;
}

function signedKeys({ keys }: Multisig, { bytes }: BitArray): PublicKey[] {
  return keys.filter((_, index) => ((bytes[index >> 3] ?? 0) & (1 << (7 - (index % 8)))) !== 0);
}

/** What a signature is tried against: the chain, account number and sequence, and a body that may differ from the file's. */
export type Trial = { readonly signer: SignerData; readonly body: Body; readonly message: Message };

/** Whether a signature without flaws of form verifies. */
export function verifies(
  tx: Tx,
  key: PublicKey,
  mode: ModeInfo,
  signature: Uint8Array,
  trial: Trial,
  check: Secp256k1Check,
): boolean {
  const made = new Map<number, Uint8Array>();
  const bytesFor = (signedIn: number): Uint8Array => {
    const before = made.get(signedIn);
    if (before !== undefined) return before;
    const write = signedIn === signMode.direct ? directSignBytes : aminoSignBytes;
    const bytes = write(tx, trial.message, trial.signer, trial.body);
    made.set(signedIn, bytes);
    return bytes;
  };
  return holds(key, mode, signature, bytesFor, check);
}

function holds(
  key: PublicKey,
  mode: ModeInfo,
  signature: Uint8Array,
  bytesFor: (mode: number) => Uint8Array,
  check: Secp256k1Check,
): boolean {
  if (key.kind === "multisig") {
    if (mode.kind !== "multi" || mode.bits === null) return false;
    const signatures = readRepeatedBytes(signature) ?? [];
    return signedKeys(key, mode.bits).every((member, index) => {
      const [inner, one] = [mode.modes[index], signatures[index]];
      return inner !== undefined && one !== undefined && holds(member, inner, one, bytesFor, check);
    });
  }
  if (mode.kind !== "single") return false;
  const bytes = bytesFor(mode.mode);
  if (key.kind === "secp256k1") return check(signature, bytes, key.key);
  if (key.kind !== "ethsecp256k1") return false;
  const hash = keccak_256(bytes);
  return guarded(() => secp256k1.verify(signature.subarray(0, 64), hash, key.key, { prehash: false }));
}

/** A key that is no point of the curve throws; to us its signature is only wrong. */
function guarded(run: () => boolean): boolean {
  try {
    return run();
  } catch {
    return false;
  }
}

/** Whether a key holds more keys than the chain verifies in one transaction. */
export function tooManyKeys(key: PublicKey, max: number): boolean {
  return countKeys(key) > max;
}

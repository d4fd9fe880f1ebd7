import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { SignDoc } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import type { Tx } from "./tx.ts";

const spkiPrefix = Buffer.from("3036301006072a8648ce3d020106052b8104000a032200", "hex");
/** Half of secp256k1's order: an S above it is refused (SDK crypto/keys/secp256k1/secp256k1_nocgo.go). */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** True when the signature is the key's, in SIGN_MODE_DIRECT over this chain id and account number, with a low S. */
export function isSigned(
  tx: Tx,
  signature: Uint8Array,
  publicKey: Uint8Array,
  chainId: string,
  accountNumber: bigint,
): boolean {
  if (signature.length !== 64) return false;
  if (BigInt(`0x${Buffer.from(signature.subarray(32)).toString("hex")}`) > halfOrder) return false;
  const key = keyObject(publicKey);
  if (key === null) return false;
  const { bodyBytes, authInfoBytes } = tx;
  const document = SignDoc.encode(SignDoc.fromPartial({ bodyBytes, authInfoBytes, chainId, accountNumber })).finish();
  return verify("sha256", document, { key, dsaEncoding: "ieee-p1363" }, signature);
}

function keyObject(publicKey: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" });
  } catch {
    // Not a point of the curve.
    return null;
  }
}

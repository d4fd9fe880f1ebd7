import { createPublicKey, verify } from "node:crypto";
import { nobleCheck, type Secp256k1Check } from "../gentx/signature.ts";

/** The DER of a compressed secp256k1 key, up to the key itself. */
const keyHead = Buffer.from("3036301006072a8648ce3d020106052b8104000a032200", "hex");

/**
 * Node's OpenSSL checks a signature several times faster than what runs everywhere. Where it says no, the other
 * one is asked too, so that the speed can't cost anybody a verdict.
 */
export const opensslCheck: Secp256k1Check = (signature, message, key) => {
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([keyHead, key]), format: "der", type: "spki" });
    if (verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature)) return true;
  } catch {
    // A key that OpenSSL can't read, or an OpenSSL without this curve.
  }
  return nobleCheck(signature, message, key);
};

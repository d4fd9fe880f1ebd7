import { digestOf } from "../../genesis/attest/digest.ts";
import { writeWord } from "../../genesis/attest/word.ts";

/** The line that an operator signs who holds a file, of the challenge that they were given. `node`: its id, or "". */
export function wordFor({ origin, chainId, version, expires, attestNonce }, file, node) {
  const digest = digestOf(attestNonce, file);
  const facts = { origin, chainId, version, expiresSec: expires, nonce: attestNonce, digest };
  return writeWord({ ...facts, node: node === "" ? null : node });
}

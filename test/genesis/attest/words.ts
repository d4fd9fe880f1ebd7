import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { AttestationFile } from "../../../genesis/attest/attestation.ts";
import { type BeaconFile, nodeIdOf, signBeacon } from "../../../genesis/attest/beacon.ts";
import type { BeaconFacts } from "../../../genesis/attest/beacon-text.ts";
import { digestOf } from "../../../genesis/attest/digest.ts";
import { originInWord, type Word, writeWord } from "../../../genesis/attest/word.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { arbitrarySignBytes } from "../../../genesis/proof/arbitrary.ts";
import { account, base64, publicKey, signOnce } from "../gentxs.ts";
import { proofDraft, signProof } from "../proof/proofs.ts";

/** The seed of a node's key: of this test and of nobody else. */
export const nodeSeed = (number: number) => sha256(utf8ToBytes(`wellspring test node ${number}`));
export const nodeKey = (number: number) => ed25519.getPublicKey(nodeSeed(number));
export const nodeId = (number: number) => nodeIdOf(nodeKey(number));

export const origin = "example.org/paw-testnet-1";
export const nonce = "0123456789abcdef0123456789abcdef";
export const genesis = utf8ToBytes('{"chain_id":"paw-testnet-1"}');

/** What an honest operator says of {@link genesis}, with changes. */
export function word(changes: Partial<Word> = {}, file: Uint8Array = genesis): Word {
  const said = { chainId: "paw-testnet-1", version: 1, expiresSec: 2_000_000_000, nonce, node: null, ...changes };
  return { origin: originInWord(origin), digest: digestOf(said.nonce, file), ...said };
}

/** A line signed under ADR-036 by an account of the tests. */
export function byWallet(line: string, number = 0, key = number): AttestationFile {
  const signature = base64(signOnce(arbitrarySignBytes(account(number), line), key));
  return { v: 1, proof: "adr036", word: line, pubKey: base64(publicKey(key)), signature };
}

/** A line signed by the chain's own binary, as the memo of a transaction that no chain takes. */
export function byBinary(line: string, number = 0, mode = "SIGN_MODE_DIRECT"): AttestationFile {
  return { v: 1, proof: "tx", tx: signProof(proofDraft(line, number, mode), { key: number }) };
}

export const attestation = (number = 0, changes: Partial<Word> = {}, file: Uint8Array = genesis) =>
  byWallet(writeWord(word(changes, file)), number);

/** What an honest node of an operator says, with changes. */
export function beaconFacts(number = 0, changes: Partial<BeaconFacts> = {}): BeaconFacts {
  return {
    origin: originInWord(origin),
    chainId: "paw-testnet-1",
    operator: account(number),
    version: 1,
    genesisSha256: sha256Hex(genesis),
    node: nodeId(number),
    binaryVersion: "v1.2.3",
    binarySha256: sha256Hex(utf8ToBytes("pawd")),
    initChainPassed: true,
    clockSkewMs: -12,
    signerHeight: 0,
    nonce,
    expiresSec: 2_000_000_000,
    ...changes,
  };
}

export const beacon = (number = 0, changes: Partial<BeaconFacts> = {}): BeaconFile =>
  signBeacon(beaconFacts(number, changes), nodeSeed(number));

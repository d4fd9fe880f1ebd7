import { createPrivateKey, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judgeBeacon, nodeIdOf, readBeaconRequest, signBeacon, writeBeacon } from "../../../genesis/attest/beacon.ts";
import { readBeaconText, writeBeaconText } from "../../../genesis/attest/beacon-text.ts";
import { wordFileBytesMax } from "../../../genesis/attest/word-file.ts";
import { base64 } from "../gentxs.ts";
import { beacon, beaconFacts, nodeKey, nodeSeed, origin } from "./words.ts";

const context = { chainId: "paw-testnet-1", origin, consensusKeys: new Set([base64(nodeKey(9))]) };
const rules = (file: Parameters<typeof judgeBeacon>[0]) => {
  const judged = judgeBeacon(file, context);
  return judged.ok ? [] : judged.flaws.map(({ rule }) => rule);
};

describe("a beacon", () => {
  it("says what its node signed", () => {
    expect(judgeBeacon(beacon(), context)).toEqual({ ok: true, facts: beaconFacts() });
  });

  it("can be signed by OpenSSL: its text as it is, with the node key in PKCS #8", () => {
    const text = writeBeaconText(beaconFacts());
    const head = Buffer.from("302e020100300506032b657004220420", "hex");
    const key = createPrivateKey({ key: Buffer.concat([head, nodeSeed(0)]), format: "der", type: "pkcs8" });
    const signature = base64(sign(null, Buffer.from(text), key));
    expect(signature).toBe(beacon().signature);
    expect(rules({ v: 1, text, publicKey: base64(nodeKey(0)), signature })).toEqual([]);
  });

  it("is refused from a consensus key first of all, even where nothing else in it is right", () => {
    expect(rules({ v: 1, text: "", publicKey: base64(nodeKey(9)), signature: "" })).toEqual(["consensus-key"]);
  });

  it("of another node than its key's is refused, and can't be signed here", () => {
    expect(rules({ ...beacon(0), publicKey: base64(nodeKey(1)) })).toEqual(["node"]);
    expect(() => signBeacon(beaconFacts(0), nodeSeed(1))).toThrow(RangeError);
  });

  it("is refused with a key or signature that is a weak or malformed point", () => {
    const weak = new Uint8Array(32).fill(0, 1).with(0, 1);
    const facts = { ...beaconFacts(), node: nodeIdOf(weak) };
    const signature = base64(Buffer.concat([weak, new Uint8Array(32)]));
    expect(rules({ v: 1, text: writeBeaconText(facts), publicKey: base64(weak), signature })).toEqual(["signature"]);
    expect(rules({ ...beacon(), signature: base64(new Uint8Array(64).fill(255)) })).toEqual(["signature"]);
  });

  it("has a text longer than what a node signs for a peer, and one spelling of it", () => {
    const text = writeBeaconText(beaconFacts());
    expect(text.length).toBeGreaterThan(32);
    for (const other of [text.trimEnd(), `${text}\n`, text.replaceAll("\n", "\r\n"), text.replace("-12", "-012"), ""]) {
      expect(readBeaconText(other)).toBeNull();
    }
    expect(() => writeBeaconText(beaconFacts(0, { binaryVersion: "v1\nnode: x" }))).toThrow(RangeError);
    expect(() => writeBeaconText(beaconFacts(0, { clockSkewMs: 10 ** 9 }))).toThrow(RangeError);
  });

  it("is read in any spelling of its JSON, and no other field has a place in it", () => {
    const spaced = new TextEncoder().encode(JSON.stringify(beacon(), null, 2));
    expect(readBeaconRequest(spaced)).toEqual(beacon());
    expect(new TextDecoder().decode(writeBeacon(beacon()))).not.toContain(": {");
    const more = new TextEncoder().encode(JSON.stringify({ ...beacon(), contact: "me" }));
    expect(readBeaconRequest(more)).toBe("it has a field that has no place in it");
    expect(readBeaconRequest(new Uint8Array(wordFileBytesMax + 1))).toMatch(/longer/);
    expect(readBeaconRequest(Uint8Array.of(0xff))).toMatch(/UTF-8/);
  });
});

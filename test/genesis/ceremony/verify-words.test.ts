import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeAttestation } from "../../../genesis/attest/attestation.ts";
import { signBeacon, writeBeacon } from "../../../genesis/attest/beacon.ts";
import { writeWord } from "../../../genesis/attest/word.ts";
import type { Act } from "../../../genesis/ceremony/act.ts";
import type { Finding } from "../../../genesis/ceremony/download.ts";
import { verifyDownload } from "../../../genesis/ceremony/verify.ts";
import { attestation, beacon, beaconFacts, byBinary, byWallet, nodeId, nodeSeed, word } from "../attest/words.ts";
import {
  act,
  at,
  Contents,
  downloaded,
  fromFiles,
  key,
  operator,
  plainAssembler,
  plainReader,
  rehearsal,
  utf8,
  wordsIn,
} from "./rehearsal.ts";

const contents = new Contents();
const acts = rehearsal(contents);
const seal = acts.findLast(({ kind }) => kind === "seal") as Extract<Act, { kind: "seal" }>;
const sealed = contents.files.get(seal.genesis.sha256) ?? new Uint8Array();
const attests = acts.findLastIndex(({ kind }) => kind === "attestation");
const beacons = acts.findLastIndex(({ kind }) => kind === "beacon");
const { expires } = acts[attests] as Extract<Act, { kind: "attestation" }>;

/** What checking finds in a log that its own operator made, with other acts. */
async function found(changed: readonly Act[]): Promise<readonly Finding[]> {
  const trust = { key, assemble: plainAssembler, readGentx: plainReader };
  return (await verifyDownload(fromFiles(downloaded(changed, contents)), trust)).findings;
}

const withContent = (at: number, bytes: Uint8Array, more: object = {}) =>
  acts.map((one, index) => (index === at ? ({ ...one, content: contents.put(bytes), ...more } as Act) : one));
const own = { version: 2, node: nodeId(1), expiresSec: expires };
const line = (changes: object = {}, file = sealed) => writeWord(word({ ...own, ...changes }, file));
const said = { version: 2, genesisSha256: seal.genesis.sha256, expiresSec: expires };

describe("an attestation in a downloaded log", () => {
  it("holds by a wallet and by the chain's own binary, directly and in amino JSON", async () => {
    const amino = "SIGN_MODE_LEGACY_AMINO_JSON";
    for (const file of [byWallet(line(), 1), byBinary(line(), 1), byBinary(line(), 1, amino)]) {
      expect(await found(withContent(attests, writeAttestation(file)))).toEqual([]);
    }
  });

  it.each<[string, () => Uint8Array, string, object?]>([
    ["was made with another file", () => writeAttestation(byWallet(line({}, utf8("x")), 1)), "another file"],
    [
      "was made without a digest of the file",
      () => writeAttestation(byWallet(line({ digest: seal.genesis.sha256 }), 1)),
      "another file",
    ],
    ["is of another version", () => writeAttestation(byWallet(line({ version: 1 }), 1)), "version 1"],
    ["names another node than its leaf", () => writeAttestation(byWallet(line({ node: nodeId(2) }), 1)), "node "],
    ["names no node, and its leaf does", () => writeAttestation(byWallet(line({ node: null }), 1)), "node none"],
    [
      "ends at another time than its leaf says",
      () => writeAttestation(byWallet(line({ expiresSec: expires + 1 }), 1)),
      "expires",
    ],
    ["is for another chain", () => writeAttestation(byWallet(line({ chainId: "paw-2" }), 1)), "chain-id"],
    ["is for another log", () => writeAttestation(byWallet(line({ origin: "example.com/paw" }), 1)), "origin"],
    ["is another operator's", () => writeAttestation(byWallet(line(), 2)), "signer-key"],
    [
      "was signed by another key",
      () =>
        writeAttestation({
          ...byWallet(line(), 1),
          signature: (byWallet(line(), 1, 2) as { signature: string }).signature,
        } as never),
      "signature",
    ],
    ["holds no word", () => writeAttestation(byWallet("I attest", 1)), "word"],
    ["is a memo that is no word", () => writeAttestation(byBinary("I attest", 1)), "word"],
    ["is in another spelling", () => utf8(JSON.stringify(byWallet(line(), 1), null, 1)), "canonical"],
    ["is no file at all", () => utf8("{}"), "no attestation"],
  ])("that %s is named, whoever signed the log", async (_, bytes, message, more) => {
    expect(await found(withContent(attests, bytes(), more))).toMatchObject([
      { what: "attestation", index: attests, message: expect.stringContaining(message) },
    ]);
  });

  it("is not believed after any one character of its word, key or signature was changed", async () => {
    const file = byWallet(line(), 1) as unknown as Record<string, string>;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("word", "pubKey", "signature"),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.constantFrom(..."abcdef0123456789AZ+/= "),
        async (name, where, letter) => {
          const text = file[name] ?? "";
          const at = Math.floor(where * text.length);
          fc.pre(text[at] !== letter);
          const changed = { ...file, [name]: text.slice(0, at) + letter + text.slice(at + 1) };
          const findings = await found(withContent(attests, writeAttestation(changed as never)));
          expect(findings).toMatchObject([{ what: "attestation", index: attests }]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a beacon in a downloaded log", () => {
  const signed = (changes: object = {}, number = 1) =>
    writeBeacon(beacon(number, { ...said, operator: operator(1), ...changes }));

  it("holds as its node signed it", async () => {
    expect(await found(withContent(beacons, signed()))).toEqual([]);
  });

  it.each<[string, () => Uint8Array, string, object?]>([
    ["says that it took the genesis, and its node says not", () => signed({ initChainPassed: false }), "otherwise"],
    ["tells another clock than its node", () => signed({ clockSkewMs: 9_000 }), "otherwise"],
    ["tells another binary than its node", () => signed({ binaryVersion: "v0" }), "otherwise"],
    ["is on another file", () => signed({ genesisSha256: "0".repeat(64) }), "otherwise"],
    ["is another operator's", () => signed({ operator: operator(2) }), "otherwise"],
    ["is of a node that the operator never named", () => signed({}, 5), "names the node", { node: nodeId(5) }],
    ["is for another chain", () => signed({ chainId: "paw-2" }), "chain-id"],
    ["is for another log", () => signed({ origin: "example.com/paw" }), "origin"],
    [
      "was changed after it was signed",
      () => writeBeacon({ ...beacon(1, said), text: beacon(1, { ...said, signerHeight: 7 }).text }),
      "signature",
    ],
    [
      "was signed by a validator's consensus key",
      () => signed({ node: nodeId(101) }, 101),
      "consensus-key",
      { node: nodeId(101) },
    ],
    ["is in another spelling", () => utf8(JSON.stringify(beacon(1, said), null, 1)), "canonical"],
    ["is no file at all", () => utf8("[]"), "no beacon"],
  ])("that %s is named, whoever signed the log", async (_, bytes, message, more) => {
    expect(await found(withContent(beacons, bytes(), more))).toMatchObject([
      { what: "beacon", index: beacons, message: expect.stringContaining(message) },
    ]);
  });

  it("is of the node that the operator named last before it", async () => {
    const put = { sha256: seal.genesis.sha256, size: seal.genesis.size };
    const { beacon: again } = wordsIn(contents);
    const moved = attestation(1, { version: 2, node: nodeId(5), expiresSec: expires + 1 }, sealed);
    const renamed = {
      ...acts[attests],
      time: at(5.85),
      content: contents.put(writeAttestation(moved)),
      node: nodeId(5),
      expires: expires + 1,
    } as Act;
    const before = acts.slice(0, beacons + 1);
    const late = act(5.9, again(1, 2, put, 2));
    expect(await found([...before, renamed])).toEqual([]);
    expect(await found([...before, renamed, late])).toMatchObject([{ what: "beacon", index: beacons + 2 }]);
    const right = signBeacon(beaconFacts(1, { ...said, node: nodeId(5), expiresSec: expires + 2 }), nodeSeed(5));
    const from = { ...late, node: nodeId(5), content: contents.put(writeBeacon(right)) } as Act;
    expect(await found([...before, renamed, from])).toEqual([]);
  });

  it("is not believed after any one character of it was changed", async () => {
    const file = beacon(1, said) as unknown as Record<string, string>;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("text", "publicKey", "signature"),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.constantFrom(..."abcdef0123456789AZ+/= \n"),
        async (name, where, letter) => {
          const text = file[name] ?? "";
          const at = Math.floor(where * text.length);
          fc.pre(text[at] !== letter);
          const changed = { ...file, [name]: text.slice(0, at) + letter + text.slice(at + 1) };
          const findings = await found(withContent(beacons, writeBeacon(changed as never)));
          expect(findings).toMatchObject([{ what: "beacon", index: beacons }]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

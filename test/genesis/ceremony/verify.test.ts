import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Act, contentsOf, writeAct } from "../../../genesis/ceremony/act.ts";
import { verifyDownload } from "../../../genesis/ceremony/verify.ts";
import { signerKey } from "../../../genesis/log/key.ts";
import { appendLeaf } from "../../../genesis/log/log.ts";
import { decodeBundle, encodeBundle, parseTilePath } from "../../../genesis/log/tiles.ts";
import { memoryLog } from "../log/grown.ts";
import {
  Contents,
  downloaded,
  downloadOf,
  fromFiles,
  key,
  plainAssembler,
  plainReader,
  rehearsal,
  utf8,
} from "./rehearsal.ts";

const contents = new Contents();
const acts = rehearsal(contents);
const files = downloaded(acts, contents);
const trust = { key, assemble: plainAssembler, readGentx: plainReader };
const bundle = [...files.keys()].find((path) => parseTilePath(path)?.level === "entries") ?? "";
const tile = [...files.keys()].find((path) => parseTilePath(path)?.level === 0) ?? "";

const check = (changed: ReadonlyMap<string, Uint8Array>, more = {}) =>
  verifyDownload(fromFiles(changed), { ...trust, ...more });
const withFile = (path: string, bytes: Uint8Array) => new Map(files).set(path, bytes);
const flipped = (bytes: Uint8Array, at: number, mask: number) =>
  bytes.map((byte, place) => (place === at ? byte ^ mask : byte));

/** A log of other acts, signed by the log's own key: what a dishonest operator of a log could publish. */
function forged(change: (act: Act, index: number) => Act) {
  return downloaded(acts.map(change), contents);
}

describe("an honest download", () => {
  it("is rebuilt to the byte: tiles, contents, acts and both sealed versions", async () => {
    const { findings, state, checkpoint } = await check(files);
    expect(findings).toEqual([]);
    expect(checkpoint?.size).toBe(acts.length);
    expect(state).toMatchObject({ phase: "countdown", acts: acts.length, seals: [{ version: 1 }, { version: 2 }] });
  });

  it("begins with every checkpoint that the log ever signed", async () => {
    const log = memoryLog();
    for (const act of acts) {
      const { checkpoint } = appendLeaf(log, writeAct(act), key);
      expect((await check(files, { oldCheckpoint: utf8(checkpoint) })).findings).toEqual([]);
    }
  });
});

describe("a download in which something was changed", () => {
  it("is not believed after any one byte of any file was changed, and the file is named", async () => {
    const paths = [...files.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (path, where, mask) => {
          const bytes = files.get(path) ?? new Uint8Array();
          const changed = withFile(path, flipped(bytes, Math.floor(where * bytes.length), mask));
          const { findings } = await check(changed);
          expect(findings.map((finding) => finding.path)).toContain(path);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is not believed without any one of its files, or with one that the log does not name", async () => {
    for (const path of files.keys()) {
      const without = new Map(files);
      without.delete(path);
      expect((await check(without)).findings).toContainEqual(
        expect.objectContaining({ path, message: "this file is missing" }),
      );
    }
    const { findings } = await check(withFile("content/extra", utf8("x")));
    expect(findings).toMatchObject([{ what: "extra", path: "content/extra" }]);
  });

  it("names the leaf that was changed", async () => {
    const leaves = decodeBundle(files.get(bundle) ?? new Uint8Array(), acts.length) ?? [];
    const changed = leaves.map((leaf, index) => (index === 4 ? flipped(leaf, 20, 1) : leaf));
    const { findings } = await check(withFile(bundle, encodeBundle(changed)));
    expect(findings).toMatchObject([{ what: "leaf", index: 4, path: bundle }]);
  });

  it("names two leaves that changed places, and the places where they belong", async () => {
    const leaves = decodeBundle(files.get(bundle) ?? new Uint8Array(), acts.length) ?? [];
    const changed = leaves.with(5, leaves[6] ?? leaves[5]!).with(6, leaves[5] ?? leaves[6]!);
    const { findings } = await check(withFile(bundle, encodeBundle(changed)));
    expect(findings).toMatchObject([
      { what: "order", index: 5, message: "the log has this entry as number 6" },
      { what: "order", index: 6, message: "the log has this entry as number 5" },
    ]);
  });

  it("names the hash of a tile that was changed", async () => {
    const { findings } = await check(withFile(tile, flipped(files.get(tile) ?? new Uint8Array(), 3 * 32 + 1, 1)));
    expect(findings).toMatchObject([{ what: "tile", index: 3, path: tile }]);
  });

  it("is not believed when entries and tiles were changed alike: the signed root is another", async () => {
    const other = new Map(forged((act, index) => (index === 5 ? { ...act, power: "11" } : act) as Act));
    other.set("checkpoint", files.get("checkpoint") ?? new Uint8Array());
    expect((await check(other)).findings).toMatchObject([{ what: "root" }]);
  });

  it("is not believed under another key", async () => {
    const other = signerKey(key.name, new Uint8Array(32).fill(9));
    expect((await check(files, { key: other })).findings).toMatchObject([{ what: "checkpoint" }]);
  });
});

describe("a log whose own operator is dishonest", () => {
  it("is caught when it was rewritten behind a checkpoint that somebody kept", async () => {
    const oldCheckpoint = files.get("checkpoint");
    const { findings } = await check(
      forged((act, index) => (index === 5 ? { ...act, power: "11" } : act) as Act),
      {
        oldCheckpoint,
      },
    );
    expect(findings).toMatchObject([
      { what: "old-checkpoint", message: expect.stringContaining("rewritten") },
      { what: "act", index: 5, message: expect.stringContaining("power 10") },
    ]);
  });

  it("is caught when leaves that somebody saw are gone", async () => {
    const short = downloaded(acts.slice(0, -1), contents);
    const { findings } = await check(short, { oldCheckpoint: files.get("checkpoint") });
    expect(findings).toContainEqual(expect.objectContaining({ what: "old-checkpoint" }));
  });

  it("is caught when it sealed a genesis that its parts do not make, by the byte", async () => {
    const made = contents.put(utf8('{"chain_id":"paw-testnet-1"}[]{"gentx":9}'));
    const lie = acts
      .slice(0, -4)
      .map((act) => (act.kind === "seal" && act.version === 2 ? { ...act, genesis: made } : act));
    const { findings } = await check(downloaded(lie, contents));
    expect(findings).toMatchObject([
      { what: "genesis", index: 15, message: expect.stringContaining("byte 39 differs") },
    ]);
  });

  it("is caught when it logged an act that the rules forbid", async () => {
    const early = acts.filter(({ kind }) => kind !== "attestation");
    const { findings } = await check(downloaded(early, contents));
    expect(findings).toContainEqual(
      expect.objectContaining({ what: "act", message: expect.stringContaining("0 of 10 power") }),
    );
  });

  it("is caught when a leaf is an act in another spelling", async () => {
    const log = memoryLog();
    for (const act of acts) appendLeaf(log, writeAct(act), key);
    appendLeaf(log, utf8(JSON.stringify(acts.at(-1))), key);
    const { findings } = await check(downloadOf(log, acts.flatMap(contentsOf), contents));
    expect(findings).toMatchObject([{ what: "act", index: acts.length, message: "not in canonical form" }]);
  });
});

import { assembleParts } from "../../genesis/ceremony/assemble-parts.ts";
import { firstDifference } from "../../genesis/ceremony/difference.ts";
import { readGentxFacts } from "../../genesis/ceremony/gentx-facts.ts";
import { verifyDownload } from "../../genesis/ceremony/verify.ts";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { parseVerifierKey } from "../../genesis/log/key.ts";
import { tilePath, tilesOf, tileWidth } from "../../genesis/log/tiles.ts";
import { fetchLogFile } from "./fetch-log.js";

const findingsMax = 50;
const waitMs = 60_000;

/**
 * Rebuilds a ceremony from its log and holds the published genesis against it. In: `{base, verifierKey,
 * oldCheckpoint, receipts}`. Out: `{read}`, the files read so far, and at last `{result}` or `{error}`.
 */
self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ result: await rebuild(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};

async function rebuild({ base, verifierKey, oldCheckpoint, receipts }) {
  const key = parseVerifierKey(verifierKey);
  if (key === null) throw new Error("the log's key can't be read");
  const files = new Map();
  const made = new Map();
  const download = {
    read: async (path) => {
      // What was read stays as it was: the log may grow meanwhile, and its checkpoint with it.
      if (!files.has(path)) files.set(path, await fetchLogFile(base, path));
      self.postMessage({ read: files.size });
      return files.get(path);
    },
    list: async () => [...files.keys()],
  };
  const assemble = (parts) => {
    const assembled = assembleParts(parts);
    if (assembled.ok) made.set(sha256Hex(assembled.genesis), assembled.genesis);
    return assembled;
  };
  const old = oldCheckpoint === null ? {} : { oldCheckpoint: new TextEncoder().encode(oldCheckpoint) };
  const {
    findings: found,
    checkpoint,
    state,
  } = await verifyDownload(download, {
    key,
    assemble,
    readGentx: readGentxFacts,
    ...old,
  });
  const findings = [...found, ...(checkpoint === null ? [] : lostReceipts(files, checkpoint.size, receipts))];
  const seal = state?.standing ?? state?.seals.at(-1) ?? null;
  const note = files.get("checkpoint") ?? null;
  return {
    findings: findings.slice(0, findingsMax),
    more: Math.max(0, findings.length - findingsMax),
    acts: checkpoint?.size ?? null,
    checkpoint: note && new TextDecoder().decode(note),
    genesis: seal && (await compare(base, seal, made.get(seal.genesis.sha256) ?? null)),
  };
}

/** Receipts that this browser keeps, whose act the log no longer has in its place. */
function lostReceipts(files, size, receipts) {
  const tiles = tilesOf(size).filter(({ level }) => level === 0);
  return receipts.flatMap(({ index, leafHash }) => {
    const tile = tiles[Math.floor(index / tileWidth)];
    const at = (index % tileWidth) * 32;
    const hash = (tile && files.get(tilePath(tile)))?.subarray(at, at + 32) ?? [];
    const same = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") === leafHash;
    return same ? [] : [{ what: "leaf", index, message: "a receipt in this browser names another act here" }];
  });
}

/** The published file of a sealed version beside the one that was made here. */
async function compare(base, { version, genesis, canonicalSha256 }, rebuilt) {
  const answer = await fetch(`${base}/genesis.json?version=${version}`, { signal: AbortSignal.timeout(waitMs) });
  if (!answer.ok) throw new Error(`genesis.json: the answer was ${answer.status}`);
  const published = new Uint8Array(await answer.arrayBuffer());
  // Where it could not be made, a finding says why.
  const difference = rebuilt && firstDifference(rebuilt, published);
  const { sha256, size } = genesis;
  return { version, sha256, size, canonicalSha256, publishedSha256: sha256Hex(published), difference };
}

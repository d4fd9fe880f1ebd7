import { sameBytes, sha256Hex } from "../log/bytes.ts";
import { type Checkpoint, openCheckpoint } from "../log/checkpoint.ts";
import type { VerifierKey } from "../log/key.ts";
import { tilePath, tilesOf } from "../log/tiles.ts";
import { type Content, contentsOf } from "./act.ts";
import { actsMax } from "./applied.ts";
import type { Assembler } from "./assembler.ts";
import { firstDifference } from "./difference.ts";
import type { Download, Finding } from "./download.ts";
import type { GentxReader } from "./gentx-facts.ts";
import { type Replayed, replay } from "./replay.ts";
import type { Allocations, CeremonyState, Seal } from "./state.ts";
import { type CheckedLog, checkLog } from "./verify-log.ts";
import { checkWords } from "./verify-words.ts";

/** What a download is checked against. */
export type Trust = {
  readonly key: VerifierKey;
  /** A checkpoint that was seen before: the log must begin with it. */
  readonly oldCheckpoint?: Uint8Array;
  readonly assemble: Assembler;
  readonly readGentx: GentxReader;
};

/** What checking a download found. Only with no finding are the facts to be believed. */
export type Verified = {
  readonly findings: readonly Finding[];
  readonly checkpoint: Checkpoint | null;
  readonly state: CeremonyState | null;
};

/**
 * Rebuilds a ceremony from its downloaded log: every tile and entry from the signed root, every content by its hash,
 * every act by the rules, and every sealed genesis from its parts, to the byte.
 */
export async function verifyDownload(download: Download, trust: Trust): Promise<Verified> {
  const stop = (message: string): Verified => ({
    findings: [{ what: "checkpoint", path: "checkpoint", message }],
    checkpoint: null,
    state: null,
  });
  const note = await download.read("checkpoint");
  if (note === null) return stop("this file is missing");
  const checkpoint = openCheckpoint(note, trust.key);
  if (typeof checkpoint === "string") return stop(checkpoint);
  if (checkpoint.size > actsMax) return stop(`the log has ${checkpoint.size} leaves, more than ${actsMax}`);
  const log = await checkLog(download, checkpoint);
  const findings = [...log.findings, ...checkOld(log, checkpoint, trust)];
  const known = new Set(["checkpoint", ...tilesOf(checkpoint.size).map(tilePath)]);
  const { leaves } = log;
  // What was not logged is not interpreted: an act's meaning is judged only when all leaves are the true ones.
  if (log.findings.some(({ what }) => what !== "tile") || !leaves.every((leaf) => leaf !== null)) {
    return { findings, checkpoint, state: null };
  }
  const replayed = replay(leaves);
  if (!replayed.ok) findings.push({ what: "act", index: replayed.index, message: replayed.message });
  const contents = await readContents(download, replayed, findings, known);
  const state = replayed.ok ? replayed.state : null;
  findings.push(...checkGentxs(replayed, contents, trust.readGentx));
  findings.push(...checkWords(replayed, contents, checkpoint.origin, trust.readGentx));
  for (const seal of state?.seals ?? []) findings.push(...checkSeal(seal, contents, trust.assemble));
  const extras = (await download.list()).filter((path) => !known.has(path));
  if (replayed.ok) {
    findings.push(...extras.map((path): Finding => ({ what: "extra", path, message: "the log names no such file" })));
  }
  return { findings, checkpoint, state };
}

function checkOld(log: CheckedLog, { size }: Checkpoint, { oldCheckpoint, key }: Trust): Finding[] {
  if (oldCheckpoint === undefined) return [];
  const what = "old-checkpoint";
  const old = openCheckpoint(oldCheckpoint, key);
  if (typeof old === "string") return [{ what, message: old }];
  if (old.size > size) return [{ what, message: `it has ${old.size} leaves, the log only ${size}: some are gone` }];
  const root = log.rootAt(old.size);
  if (root !== null && sameBytes(root, old.root)) return [];
  return [{ what, message: `the log's first ${old.size} leaves are not those that it signed: its past was rewritten` }];
}

async function readContents(download: Download, replayed: Replayed, findings: Finding[], known: Set<string>) {
  const contents = new Map<string, Uint8Array>();
  if (!replayed.ok) return contents;
  for (const [index, act] of replayed.acts.entries()) {
    for (const content of contentsOf(act)) {
      const path = `content/${content.sha256}`;
      if (known.has(path)) continue;
      known.add(path);
      const bytes = await download.read(path);
      const wrong = wrongContent(bytes, content);
      if (wrong !== null) findings.push({ what: "content", path, index, message: wrong });
      else if (bytes !== null) contents.set(content.sha256, bytes);
    }
  }
  return contents;
}

function wrongContent(bytes: Uint8Array | null, { sha256, size }: Content): string | null {
  if (bytes === null) return "this file is missing";
  if (bytes.length !== size) return `it has ${bytes.length} bytes, the log says ${size}`;
  const own = sha256Hex(bytes);
  return own === sha256 ? null : `its SHA-256 is ${own}`;
}

/** What a leaf says of a gentx must be what its bytes say: the gate counts power by the leaf. */
function checkGentxs(replayed: Replayed, contents: ReadonlyMap<string, Uint8Array>, read: GentxReader): Finding[] {
  if (!replayed.ok) return [];
  const reduction = BigInt(replayed.state?.parameters.powerReduction ?? 1);
  return replayed.acts.flatMap((act, index): Finding[] => {
    if (act.kind !== "gentx" && act.kind !== "replacement") return [];
    const bytes = contents.get(act.content.sha256);
    if (bytes === undefined) return [];
    const facts = read(bytes, reduction);
    if (facts === null) return [{ what: "act", index, message: "its content is no gentx" }];
    const same = facts.operator === act.operator && String(facts.power) === act.power && facts.body === act.body;
    const said = `${facts.operator}, power ${facts.power}, body ${facts.body}`;
    return same ? [] : [{ what: "act", index, message: `its gentx says otherwise: ${said}` }];
  });
}

function checkSeal(seal: Seal, contents: ReadonlyMap<string, Uint8Array>, assemble: Assembler): Finding[] {
  const at = { what: "genesis", index: seal.index } as const;
  const base = contents.get(seal.base.sha256);
  const allocations = seal.allocations && listOf(seal.allocations, contents);
  const gentxs = new Map<string, Uint8Array>();
  for (const [operator, { content }] of seal.gentxs) {
    const bytes = contents.get(content.sha256);
    if (bytes !== undefined) gentxs.set(operator, bytes);
  }
  // A missing part was named with its content already.
  if (base === undefined || allocations === undefined || gentxs.size < seal.gentxs.size) return [];
  const made = assemble({ parameters: seal.parameters, base, allocations, gentxs });
  if (!made.ok)
    return [{ ...at, message: `version ${seal.version} can't be made of its parts: ${made.problems.join("; ")}` }];
  const findings: Finding[] = [];
  const path = `content/${seal.genesis.sha256}`;
  const published = contents.get(seal.genesis.sha256);
  const difference = published === undefined ? null : firstDifference(made.genesis, published);
  if (difference !== null) {
    findings.push({ ...at, path, message: `version ${seal.version} is not what its parts make: ${difference}` });
  }
  if (made.canonicalSha256 !== seal.canonicalSha256) {
    findings.push({ ...at, message: `the canonical form has the SHA-256 ${made.canonicalSha256}, not the sealed one` });
  }
  if (made.answerSha256 !== seal.answerSha256) {
    findings.push({ ...at, message: `a node's answer will have the SHA-256 ${made.answerSha256}, not the sealed one` });
  }
  if (made.validatorsHash !== seal.validatorsHash) {
    findings.push({
      ...at,
      message: `block 1 will show the validators_hash ${made.validatorsHash}, not the sealed one`,
    });
  }
  return findings;
}

function listOf({ content, format }: Allocations, contents: ReadonlyMap<string, Uint8Array>) {
  const bytes = contents.get(content.sha256);
  return bytes && { bytes, format };
}

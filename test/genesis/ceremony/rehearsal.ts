import { writeAttestation } from "../../../genesis/attest/attestation.ts";
import { writeBeacon } from "../../../genesis/attest/beacon.ts";
import { type Act, contentsOf, writeAct } from "../../../genesis/ceremony/act.ts";
import type { Assembler } from "../../../genesis/ceremony/assembler.ts";
import type { Download } from "../../../genesis/ceremony/download.ts";
import type { GentxReader } from "../../../genesis/ceremony/gentx-facts.ts";
import { formatTime, type Parameters } from "../../../genesis/ceremony/parameters.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { signerKey } from "../../../genesis/log/key.ts";
import { appendLeaf, currentCheckpoint, readTile } from "../../../genesis/log/log.ts";
import { tilePath, tilesOf } from "../../../genesis/log/tiles.ts";
import { attestation, beacon, beaconFacts, nodeId, nodeKey } from "../attest/words.ts";
import { account, base64 } from "../gentxs.ts";
import { memoryLog } from "../log/grown.ts";

export const dayMs = 86_400_000;
export const startMs = Date.parse("2026-11-01T00:00:00.000Z");
export const at = (days: number) => formatTime(startMs + days * dayMs);
export const key = signerKey("example.org/paw-testnet-1", new Uint8Array(32).fill(7));
const upper = (text: string) => text.toUpperCase();
export const utf8 = (text: string) => new TextEncoder().encode(text);
/** Accounts with keys: what they attest is signed. */
export const operator = account;

export const parameters: Parameters = {
  chainId: "paw-testnet-1",
  prefix: "paw",
  denom: "upaw",
  style: "gentxs",
  shape: "AppGenesis",
  order: "operator",
  bounds: {},
  memoRequired: false,
  waived: [],
  powerReduction: "1000000",
  intake: "open",
  allowlist: [],
  closesAt: at(5),
  genesisTime: at(10),
  gatePercent: 80,
  sealLeadHours: 24,
  twoPerson: true,
};

/** Bytes that leaves name, by their SHA-256. */
export class Contents {
  readonly files = new Map<string, Uint8Array>();

  put(bytes: Uint8Array) {
    const sha256 = sha256Hex(bytes);
    this.files.set(sha256, bytes);
    return { sha256, size: bytes.length };
  }
}

type Loose = { [K in Act["kind"]]: Omit<Extract<Act, { kind: K }>, "v" | "time"> }[Act["kind"]];

/** An act `days` after the start. */
export function act(days: number, loose: Loose): Act {
  return { v: 1, time: at(days), ...loose } as Act;
}

export const admin = "admin:ann";
export const both = ["ann", "ben"];

/** Parts laid one behind the other: an assembly whose result hangs on every byte and on the order. */
export const plainAssembler: Assembler = ({ base, allocations, gentxs }) => {
  const sorted = [...gentxs].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, bytes]) => bytes);
  const genesis = Buffer.concat([base, allocations?.bytes ?? new Uint8Array(), ...sorted]);
  return {
    ok: true,
    genesis: new Uint8Array(genesis),
    canonicalSha256: sha256Hex(genesis),
    answerSha256: sha256Hex(genesis),
    validatorsHash: upper(sha256Hex(genesis)),
  };
};

/** What a plain gentx says: its number is its operator, its bytes are its body. */
export const plainReader: GentxReader = (bytes) => {
  const n = /\d+/.exec(new TextDecoder().decode(bytes))?.[0];
  if (n === undefined) return null;
  const facts = { operator: operator(Number(n)), power: 10n, body: sha256Hex(bytes) };
  return { ...facts, consensusKey: base64(nodeKey(100 + Number(n))), node: null };
};

type Put = ReturnType<Contents["put"]>;
/** Words of operators on a genesis in the contents; each expires a day after the last day of all. */
export const wordsIn = (contents: Contents) => {
  const expires = startMs / 1000 + 30 * 86_400;
  const bytesOf = (made: Put) => contents.files.get(made.sha256) ?? new Uint8Array();
  const head = (n: number, version: number, made: Put, later: number) => ({
    actor: `operator:${operator(n)}`,
    operator: operator(n),
    version,
    genesisSha256: made.sha256,
    expires: expires + later,
    node: nodeId(n),
  });
  return {
    attestation: (n: number, version: number, made: Put, later = 0) => {
      const file = attestation(n, { version, node: nodeId(n), expiresSec: expires + later }, bytesOf(made));
      const content = contents.put(writeAttestation(file));
      return { kind: "attestation", ...head(n, version, made, later), content } as const;
    },
    beacon: (n: number, version: number, made: Put, later = 0) => {
      const said = { version, genesisSha256: made.sha256, expiresSec: expires + later };
      const { initChainPassed, binaryVersion, clockSkewMs } = beaconFacts(n);
      const content = contents.put(writeBeacon(beacon(n, said)));
      const facts = { initChainPassed, binaryVersion, clockSkewMs };
      return { kind: "beacon", ...head(n, version, made, later), ...facts, content } as const;
    },
  };
};
const seal = (version: number, made: Put) =>
  ({
    kind: "seal",
    actor: admin,
    approvers: both,
    version,
    genesis: made,
    canonicalSha256: made.sha256,
    answerSha256: made.sha256,
    validatorsHash: upper(made.sha256),
  }) as const;

/** A ceremony from its creation to the countdown: a replacement, a withdrawal, a reset and two versions. */
export function rehearsal(contents = new Contents()): Act[] {
  const gentx = (n: number, word = "gentx") => contents.put(utf8(`{"${word}":${n}}`));
  const base = contents.put(utf8('{"chain_id":"paw-testnet-1"}'));
  const allocations = contents.put(utf8("[]"));
  const genesis = (of: readonly string[]) => contents.put(utf8(`{"chain_id":"paw-testnet-1"}[]${of.join("")}`));
  // In the order of the operators' addresses.
  const first = genesis(['{"again":2}', '{"gentx":1}']);
  const second = genesis(['{"gentx":1}']);
  const hand = (n: number) =>
    ({
      kind: "gentx",
      actor: `operator:${operator(n)}`,
      operator: operator(n),
      content: gentx(n),
      power: "10",
      body: gentx(n).sha256,
    }) as const;
  const word = wordsIn(contents);
  return [
    act(0, { kind: "created", actor: admin, parameters }),
    act(0.1, { kind: "parameter", actor: admin, base }),
    act(0.2, { kind: "phase", actor: admin, from: "draft", to: "accounts" }),
    act(0.3, { kind: "allocations", actor: admin, content: allocations, format: "json", accounts: 0 }),
    act(0.4, { kind: "phase", actor: admin, from: "accounts", to: "collecting" }),
    act(1, hand(1)),
    act(1.1, hand(2)),
    act(1.2, {
      ...hand(2),
      kind: "replacement",
      content: gentx(2, "again"),
      body: gentx(2, "again").sha256,
      replaces: sha256Hex(utf8('{"gentx":2}')),
    }),
    act(1.3, hand(3)),
    act(1.4, {
      kind: "withdrawal",
      actor: `operator:${operator(3)}`,
      operator: operator(3),
      withdraws: sha256Hex(utf8('{"gentx":3}')),
    }),
    act(5, seal(1, first)),
    act(5.1, { kind: "phase", actor: admin, from: "sealed", to: "attesting" }),
    act(5.2, word.attestation(1, 1, first)),
    act(5.3, {
      kind: "phase",
      actor: admin,
      from: "attesting",
      to: "collecting",
      reason: "operator 2 lost their key",
      approvers: both,
    }),
    act(5.4, {
      kind: "withdrawal",
      actor: admin,
      operator: operator(2),
      withdraws: sha256Hex(utf8('{"again":2}')),
      reason: "asked for it",
    }),
    act(5.5, seal(2, second)),
    act(5.6, { kind: "phase", actor: admin, from: "sealed", to: "attesting" }),
    act(5.7, word.attestation(1, 2, second)),
    act(5.8, word.beacon(1, 2, second)),
    act(6.6, { kind: "phase", actor: "clock", from: "attesting", to: "countdown" }),
  ];
}

/** A log of acts as one downloads it, in memory. */
export function downloaded(acts: readonly Act[], contents: Contents) {
  const log = memoryLog();
  for (const one of acts) appendLeaf(log, writeAct(one), key);
  return downloadOf(log, acts.flatMap(contentsOf), contents);
}

/** The files of a log and of the contents that it names. */
export function downloadOf(
  log: ReturnType<typeof memoryLog>,
  named: readonly { sha256: string }[],
  { files }: Contents,
) {
  const all = new Map<string, Uint8Array>([["checkpoint", utf8(currentCheckpoint(log, key))]]);
  for (const tile of tilesOf(log.size())) all.set(tilePath(tile), readTile(log, tile) ?? new Uint8Array());
  for (const { sha256 } of named) all.set(`content/${sha256}`, files.get(sha256) ?? new Uint8Array());
  return all;
}

/** Files in memory as a download. */
export function fromFiles(files: ReadonlyMap<string, Uint8Array>): Download {
  return { read: async (path) => files.get(path) ?? null, list: async () => [...files.keys()] };
}

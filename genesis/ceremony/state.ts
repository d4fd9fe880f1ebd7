import type { Content } from "./act.ts";
import type { Parameters } from "./parameters.ts";
import type { Phase } from "./phases.ts";

/** An operator's gentx that stands: the newest that was handed in and not withdrawn. */
export type StandingGentx = { readonly content: Content; readonly power: bigint; readonly index: number };

/** The allocation list that stands. */
export type Allocations = { readonly content: Content; readonly format: "csv" | "json"; readonly accounts: number };

/** One sealed version of the genesis, and all that it was made of. */
export type Seal = {
  readonly version: number;
  readonly genesis: Content;
  readonly canonicalSha256: string;
  readonly answerSha256: string;
  readonly validatorsHash: string;
  readonly index: number;
  readonly atMs: number;
  readonly parameters: Parameters;
  readonly base: Content;
  readonly allocations: Allocations | null;
  readonly gentxs: ReadonlyMap<string, StandingGentx>;
};

/** An operator's newest word on the current version. */
export type Word = {
  readonly index: number;
  readonly genesisSha256: string;
  /** SHA-256 of the signed file. */
  readonly content: string;
  readonly expiresSec: number;
  /** The node that an attestation names, or that a beacon is of. */
  readonly node: string | null;
};

/** What a node said of itself. */
export type NodeWord = Word & {
  readonly initChainPassed: boolean;
  readonly binaryVersion: string;
  readonly clockSkewMs: number;
};

/** Where a ceremony stands after some number of acts. It follows from the log alone. */
export type CeremonyState = {
  readonly phase: Phase;
  readonly phaseSinceMs: number;
  /** The newest act's time: no act is older than the one before. */
  readonly timeMs: number;
  /** How many acts were applied; the next leaf's index. */
  readonly acts: number;
  readonly parameters: Parameters;
  readonly base: Content | null;
  readonly allocations: Allocations | null;
  /** By operator's address. */
  readonly gentxs: ReadonlyMap<string, StandingGentx>;
  /** By operator, the bodies of all gentxs that were ever handed in: none is taken twice. */
  readonly bodies: ReadonlyMap<string, readonly string[]>;
  /** How often each operator has handed in or withdrawn, which is bounded. */
  readonly handIns: ReadonlyMap<string, number>;
  /** All versions, oldest first. */
  readonly seals: readonly Seal[];
  /** The version that stands; null before the first seal and after a reset. */
  readonly standing: Seal | null;
  /** Words on the standing version, by operator: void with it. */
  readonly attestations: ReadonlyMap<string, Word>;
  readonly beacons: ReadonlyMap<string, NodeWord>;
};

/** Why an act is not taken; the same for the Worker before it logs an act and for whoever checks the log. */
export type ActRefusal =
  | { readonly reason: "not_created" }
  | { readonly reason: "already_created" }
  | { readonly reason: "time_backwards"; readonly newestMs: number }
  | { readonly reason: "wrong_phase"; readonly phase: Phase; readonly wants: readonly Phase[] }
  | { readonly reason: "no_such_move"; readonly from: Phase; readonly to: Phase }
  | { readonly reason: "wrong_actor"; readonly wants: "coordinator" | "clock" | "operator" }
  | { readonly reason: "reason_missing" }
  | { readonly reason: "second_person_missing" }
  | { readonly reason: "too_early"; readonly untilMs: number }
  | { readonly reason: "too_late"; readonly sinceMs: number }
  | { readonly reason: "fixed_after_draft"; readonly names: readonly string[] }
  | { readonly reason: "nothing_changed" }
  | { readonly reason: "part_missing"; readonly part: "base" | "allocations" | "gentxs" }
  | { readonly reason: "not_on_allowlist" }
  | { readonly reason: "gentx_stands"; readonly sha256: string }
  | { readonly reason: "gentx_does_not_stand"; readonly sha256: string | null }
  | { readonly reason: "gentx_spent" }
  | { readonly reason: "too_many"; readonly of: "operators" | "hand-ins" | "acts"; readonly max: number }
  | { readonly reason: "wrong_version"; readonly expected: number }
  | { readonly reason: "wrong_hash"; readonly expected: string }
  | { readonly reason: "not_in_genesis" }
  | { readonly reason: "word_not_newer"; readonly expiresSec: number }
  | {
      readonly reason: "gate_closed";
      readonly attested: bigint;
      readonly total: bigint;
      readonly percent: number;
    };

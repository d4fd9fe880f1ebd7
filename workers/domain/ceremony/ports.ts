import type { Assembler } from "../../../genesis/ceremony/assembler.ts";
import type { Parameters } from "../../../genesis/ceremony/parameters.ts";
import type { SignerKey } from "../../../genesis/log/key.ts";
import type { ContentStore, LogStorage } from "../../../genesis/log/storage.ts";
import type { AuditRow } from "../claim/operator-records.ts";
import type { Log } from "../claim/ports.ts";

/** One coordinator's wish for an act that takes two: what exactly, whose, since when. */
export type Wish = { readonly intent: string; readonly by: string; readonly atMs: number; readonly reason: string };

/** How long one coordinator's wish waits for the other. */
export const wishMs = 24 * 3_600_000;

/** One ceremony's own storage. All is synchronous; what is written between two awaits is durable together. */
export interface CeremonyStore extends LogStorage {
  /** Runs all of it or, when it throws, none. */
  atomically<T>(run: () => T): T;
  /** The wish that stands for this intent; null: none, or an older one than `sinceMs`. */
  wish(intent: string, sinceMs: number): Wish | null;
  /** All that are not older than `sinceMs`, the oldest first. */
  wishes(sinceMs: number): Wish[];
  /** Keeps a wish in place of any for the same intent, and forgets all older than `sinceMs`. */
  keepWish(wish: Wish, sinceMs: number): void;
  /** Forgets every wish: what they were about has changed. */
  dropWishes(): void;
  addAudit(row: Omit<AuditRow, "n">): void;
  /** Newest first, before number `before`. */
  audit(before: number | null, limit: number): AuditRow[];
  /** One more gentx was refused; refusals are counted, not logged. */
  countRefusal(): void;
  refusals(): number;
}

/** An operator's or their node's word that it holds another file than the sealed one. It only warns. */
export type Dissent = {
  readonly operator: string;
  readonly version: number;
  readonly genesisSha256: string;
  /** How many acts the log had when it came: an attestation behind it outweighs it. */
  readonly acts: number;
};

/** Where dissents are kept, outside the log: they are nobody's promise. All is synchronous. */
export interface DissentStore {
  /** Keeps it in place of any other of the same operator: there are never more than operators in the genesis. */
  keep(dissent: Dissent): void;
  /** Those on a version. */
  of(version: number): readonly Dissent[];
}

/** What attestations and beacons take from outside. */
export type WordPorts = {
  /** Makes the nonces: 32 random bytes. Another secret voids those that are out. */
  readonly attestSecret: Uint8Array;
  readonly dissents: DissentStore;
};

/** Everything from outside that a ceremony uses. */
export type CeremonyPorts = {
  readonly store: CeremonyStore;
  readonly contents: ContentStore;
  /** Signs the log's checkpoints; its name is the log's origin. */
  readonly key: SignerKey;
  readonly assemble: Assembler;
  readonly words: WordPorts;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Log;
};

/** What a ceremony is begun with, as the network file says it. */
export type CeremonyPolicy = { readonly parameters: Parameters };

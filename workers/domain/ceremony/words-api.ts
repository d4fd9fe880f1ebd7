import type { Gate } from "../../../genesis/attest/gate.ts";
import type { ReceiptView } from "./ceremony-api.ts";
import type { AskedWord } from "./word-refusals.ts";

/** What an operator signs words with. Asking again is free: nothing of it is stored. */
export type WordChallenge = {
  /** The log's origin as a word writes it. */
  readonly origin: string;
  readonly chainId: string;
  readonly operator: string;
  readonly version: number;
  /** SHA-256 of the sealed genesis. */
  readonly genesisSha256: string;
  /** Unix seconds. */
  readonly expiresSec: number;
  /** For an attestation, and for nothing else. */
  readonly attestNonce: string;
  readonly beaconNonce: string;
};

/** A word that was taken, now or before: the same one again changes nothing. */
export type WordTaken = {
  readonly operator: string;
  readonly version: number;
  readonly genesisSha256: string;
  readonly node: string | null;
  readonly receipt: ReceiptView;
};

/** The power behind one file. */
export type HashView = {
  readonly sha256: string;
  readonly power: string;
  readonly percent: number;
  readonly operators: readonly string[];
};

/** What an operator's node said last. */
export type NodeView = {
  readonly operator: string;
  readonly node: string;
  readonly initChainPassed: boolean;
  readonly binaryVersion: string;
  readonly clockSkewMs: number;
  readonly index: number;
};

/** How ready the sealed version is, by power. Percents have two digits behind the point and are rounded down. */
export type ReadinessView = {
  readonly version: number;
  readonly sha256: string;
  readonly totalPower: string;
  /** By the log, which the gate goes by. */
  readonly attestedPower: string;
  readonly attestedPercent: number;
  readonly readyPower: string;
  readonly readyPercent: number;
  /** By everyone's newest word, so with those who said since that they hold another file. */
  readonly hashes: readonly HashView[];
  readonly silent: readonly { readonly operator: string; readonly power: string }[];
  readonly deadlock: boolean;
  readonly nodes: readonly NodeView[];
  /** Its `proposedTimeMs` is the genesis time to take where it can't open in time any more. */
  readonly gate: Gate;
};

/** What may be asked of one network's ceremony about attestations and beacons, over RPC. */
export interface CeremonyWordsApi {
  /** The nonces for an operator's words on the version that stands. */
  challenge(operator: string): Promise<AskedWord<WordChallenge>>;
  /** Takes an operator's attestation: JSON of an `AttestationFile`, with `holds` if theirs is another file. */
  attest(operator: string, body: Uint8Array): Promise<AskedWord<WordTaken>>;
  /** Takes a node's beacon: JSON of a `BeaconFile`. */
  beacon(body: Uint8Array): Promise<AskedWord<WordTaken>>;
  /** Null: no version stands. */
  readiness(): Promise<ReadinessView | null>;
}

import type { Parameters } from "../../../genesis/ceremony/parameters.ts";
import type { Phase } from "../../../genesis/ceremony/phases.ts";
import type { Finding } from "../../../genesis/gentx/findings.ts";
import type { AuditRow } from "../claim/operator-records.ts";
import type { LaunchFacts } from "./launch.ts";
import type { Asked } from "./refusals.ts";
import type { CeremonyWordsApi } from "./words-api.ts";

/** The receipt of an act as it goes out: hashes in lower-case hexadecimal. */
export type ReceiptView = {
  readonly index: number;
  readonly leafHash: string;
  readonly inclusion: readonly string[];
  readonly checkpoint: string;
};

/** That the log as it stands begins with an older one of it (RFC 9162, 2.1.4). */
export type ConsistencyView = { readonly proof: readonly string[]; readonly checkpoint: string };

/** A gentx that was taken. */
export type HandedIn = {
  readonly operator: string;
  readonly moniker: string;
  readonly power: string;
  readonly sha256: string;
  readonly warnings: readonly Finding[];
  readonly receipt: ReceiptView;
};

/** A gentx that stands. */
export type GentxView = {
  readonly operator: string;
  readonly moniker: string;
  readonly power: string;
  readonly sha256: string;
  readonly index: number;
};

/** A sealed version. */
export type SealView = {
  readonly version: number;
  readonly sha256: string;
  readonly canonicalSha256: string;
  /** Of the canonical form of what a node answers at `/genesis`. */
  readonly answerSha256: string;
  /** What the header of block 1 will show; upper case. */
  readonly validatorsHash: string;
  readonly size: number;
  readonly index: number;
  readonly atMs: number;
};

/** Where a ceremony stands; null where it has not begun. */
export type CeremonyView = {
  readonly phase: Phase;
  readonly phaseSinceMs: number;
  readonly parameters: Parameters;
  readonly baseSha256: string | null;
  readonly allocations: { readonly sha256: string; readonly accounts: number } | null;
  readonly gentxs: readonly GentxView[];
  readonly refusals: number;
  /** Acts that wait for a second coordinator who asks for the same. */
  readonly wishes: readonly {
    readonly intent: string;
    readonly by: string;
    readonly reason: string;
    readonly expiresAtMs: number;
  }[];
  readonly seals: readonly SealView[];
  /** The version that stands, or null. */
  readonly standing: number | null;
  readonly attestedPower: string;
  /** The power in the version that stands; of the gentxs that stand where none does. */
  readonly totalPower: string;
  readonly acts: number;
  readonly origin: string;
  readonly verifierKey: string;
};

/** What a coordinator asks for. */
export type CoordinatorAct =
  | { readonly kind: "create" }
  | { readonly kind: "parameters"; readonly changes: Partial<Parameters>; readonly reason?: string }
  | { readonly kind: "base"; readonly bytes: Uint8Array }
  | { readonly kind: "allocations"; readonly bytes: Uint8Array; readonly format: "csv" | "json" }
  | { readonly kind: "move"; readonly to: Phase; readonly reason?: string }
  | { readonly kind: "withdraw"; readonly operator: string; readonly reason: string }
  /** `sha256`: of the genesis that the coordinator has seen in the preview. */
  | { readonly kind: "seal"; readonly sha256: string; readonly reason?: string }
  | { readonly kind: "abort"; readonly reason: string };

/** The act is done, or waits for a second coordinator who asks for the same. */
export type Acted =
  | { readonly state: "done"; readonly receipt: ReceiptView; readonly view: CeremonyView }
  | { readonly state: "waiting"; readonly by: string; readonly expiresAtMs: number };

/** A genesis as it would be sealed now. */
export type Preview = {
  readonly sha256: string;
  readonly canonicalSha256: string;
  readonly answerSha256: string;
  readonly validatorsHash: string;
  readonly genesis: Uint8Array;
};

/** A sealed genesis. */
export type SealedGenesis = { readonly version: number; readonly sha256: string; readonly genesis: Uint8Array };

/** What reviewers read before a seal, as text: what changes from the base, and what the launch will be like. */
export type Review = { readonly sha256: string; readonly diff: string; readonly report: string };

/** What may be asked of one network's ceremony, over RPC. */
export interface CeremonyRoomApi extends CeremonyWordsApi {
  view(): Promise<CeremonyView | null>;
  /** Judges a gentx as handing in would, and keeps nothing. */
  check(gentx: Uint8Array): Promise<Asked<Omit<HandedIn, "receipt">>>;
  /** The same file again answers its receipt again. */
  handIn(gentx: Uint8Array): Promise<Asked<HandedIn>>;
  act(actor: string, act: CoordinatorAct): Promise<Asked<Acted>>;
  preview(): Promise<Asked<Preview>>;
  review(): Promise<Asked<Review>>;
  /** The sealed genesis of a version, or the one that stands; null: there is none. */
  genesis(version: number | null): Promise<SealedGenesis | null>;
  /** A file of the log by its path (`checkpoint`, `tile/…`, `content/…`); null: there is none. */
  logFile(path: string): Promise<Uint8Array | null>;
  receipt(index: number): Promise<ReceiptView | null>;
  /** An account's balance of the bond denom in the genesis as it would be made now; null: it has none, or there is none. */
  balance(address: string): Promise<string | null>;
  /** The proof, in hexadecimal, that the log begins with its first `old` leaves; null: it has fewer. */
  consistency(old: number): Promise<ConsistencyView | null>;
  audit(before: number | null, limit: number): Promise<AuditRow[]>;
  /** What the launch of the version that stands is held against; null: none stands. */
  launchFacts(): Promise<LaunchFacts | null>;
  /** Makes the moves that time allows, and sees to it that it looks again. */
  poke(): Promise<void>;
}

import type { Profile } from "../../../genesis/validator/content.ts";
import type { CeremonyRoomApi } from "../ceremony/ceremony-api.ts";
import type { AuditRow } from "../claim/operator-records.ts";
import type { BinaryForms } from "./binary.ts";
import type { PeerWatch } from "./look-at-peers.ts";
import type { PeerLooks } from "./peer-look.ts";
import type { ClashField, DirectoryRefusal } from "./refusals.ts";
import type { Claims, GenesisAllocation, ProofKind, Registration, RegistrationState } from "./registration.ts";

/** A nonce that an act uses up; kept until `expiresAtMs`. */
export type SpentNonce = { readonly id: string; readonly expiresAtMs: number };

/** What an operator has proved, to be written. `contact`: null erases it, undefined leaves it. */
export type ProvedContent = {
  readonly operator: string;
  readonly profile: Profile;
  readonly claims: Claims;
  readonly contact: string | null | undefined;
  readonly proof: ProofKind;
  readonly nonce: SpentNonce;
};

/** Who does an act, and when. `actId` is new with each act. */
export type DirectoryAct = { readonly actId: string; readonly actor: string; readonly atMs: number };

/** What a coordinator decides about the revision that they saw. */
export type Review =
  | { readonly to: "approved"; readonly allocation: GenesisAllocation | null }
  | { readonly to: "rejected"; readonly reason: string };

/** Done, with how it stands after it; or why not. */
export type Changed =
  | { readonly ok: true; readonly value: Registration }
  | { readonly ok: false; readonly refusal: DirectoryRefusal };

/** Another approved registration that has the same. */
export type Clash = { readonly field: ClashField; readonly operator: string };

/** A page of registrations, by operator. */
export type RegistrationPage = {
  readonly after: string;
  readonly state: RegistrationState | null;
  readonly limit: number;
};

/**
 * One network's registrations. Every change is one statement that decides, with its nonce, its contact and its audit
 * row in the same transaction; asked many times at once with one nonce, one is done.
 */
export interface RegistrationStore {
  /** Makes a registration, or makes a withdrawn one anew. */
  register(content: ProvedContent, pendingMax: number, act: DirectoryAct): Promise<Changed>;
  /** Replaces the profile of revision `rev`; `to` is its state after it. */
  amend(content: ProvedContent, rev: number, to: "pending" | "approved", act: DirectoryAct): Promise<Changed>;
  /** Erases profile and contact; the entry stays as withdrawn. */
  withdraw(operator: string, nonce: SpentNonce, act: DirectoryAct): Promise<Changed>;
  review(operator: string, rev: number, review: Review, act: DirectoryAct): Promise<Changed>;
  /** Notes that a faucet code was made for an approved operator. */
  noteGrant(operator: string, grantId: string, act: DirectoryAct): Promise<void>;
  /** The private contact, for coordinators; null: none. Looking is an act with an audit row. */
  contact(operator: string, act: DirectoryAct): Promise<string | null>;
  eraseContact(operator: string, act: DirectoryAct): Promise<void>;
  one(operator: string): Promise<Registration | null>;
  page(page: RegistrationPage): Promise<Registration[]>;
  /** Those of these operators who have a registration. */
  known(operators: readonly string[]): Promise<ReadonlySet<string>>;
  /** Approved ones that share something with these claims. */
  clashes(operator: string, claims: Claims): Promise<Clash[]>;
  audit(before: number | null, limit: number): Promise<AuditRow[]>;
}

/** What a chain says of one operator now. Null: it could not be told. */
export type OnChain = {
  readonly bonded: boolean | null;
  readonly jailed: boolean | null;
  /** Of the commits looked at, spread over the last 100 blocks, how many hold their signature. */
  readonly signed: { readonly commits: number; readonly of: number } | null;
  /** Whether the account exists; null: not told. */
  readonly account: boolean | null;
};

/** A network's chain, asked about its validators at the endpoints of its file and nowhere else. Never throws. */
export interface ValidatorChain {
  look(names: { readonly account: string; readonly valoper: string }, consensusKey: string | null): Promise<OnChain>;
}

/** One network's directory of validators, open for sign-up. */
export type Directory = {
  readonly chainId: string;
  readonly prefix: string;
  /** The bond denom. */
  readonly denom: string;
  /** The deployment's name in words, such as `wellspring/paw-testnet-1`. */
  readonly origin: string;
  /** Makes the nonces. */
  readonly secret: Uint8Array;
  readonly allowlist: ReadonlySet<string> | null;
  readonly writesPerDay: number;
  readonly pendingMax: number;
  readonly faucetGrant: boolean;
  readonly binary: BinaryForms;
  readonly gasPrice: { readonly denom: string; readonly milliAmount: number };
  readonly coinType: number;
  readonly store: RegistrationStore;
  /** What was seen of its operators' nodes; null: nobody looks. */
  readonly looks: Pick<PeerLooks, "of"> | null;
  readonly chain: ValidatorChain;
  /** Null: the network has no ceremony, or it is closed. */
  readonly room: CeremonyRoomApi | null;
  readonly nowMs: () => number;
  readonly newId: () => string;
};

/** What a network's directory is asked through. */
export type DirectoryDoor =
  /** The network file has no `validators`. */
  | { readonly kind: "none" }
  /** Something is missing; `detail` says what to set. */
  | { readonly kind: "closed"; readonly detail: string }
  | { readonly kind: "open"; readonly directory: Directory; readonly watch: PeerWatch | null };

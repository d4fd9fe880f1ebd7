import type { ChallengePolicy } from "../access/challenge.ts";
import type { ClientLimiter } from "../access/client.ts";
import type { GrantKind } from "../access/grant.ts";
import type { ClientCaps } from "../access/networks-of.ts";
import type { OidcProofs, SignatureProofs, TurnstileProofs } from "../access/proofs.ts";
import type { AdminDoor } from "../admin/authorize.ts";
import type { CeremonyDoor } from "../ceremony/door.ts";
import type { CanaryPlan } from "../claim/canary.ts";
import type { DispenserApi } from "../claim/dispenser-api.ts";
import type { ClaimHistory } from "../claim/history.ts";
import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ClaimStats } from "../claim/stats.ts";
import type { Coin } from "../shared/coin.ts";
import type { ChainEyes } from "../status/network-status.ts";
import type { DirectoryDoor } from "../validator/ports.ts";

/** What a wallet is told of a network that it does not know. The gas price is in thousandths of a base unit. */
export type WalletFacts = {
  readonly rpc: string;
  readonly rest: string;
  readonly coinType: number;
  readonly gasPrice: { readonly denom: string; readonly milliAmount: number };
};

/** The public facts of a network, from its file. */
export type NetworkFacts = {
  readonly chainId: string;
  readonly name: string;
  readonly driver: string;
  readonly bech32Prefix: string;
  readonly denoms: readonly { readonly denom: string; readonly display: string; readonly exponent: number }[];
  /** `{txHash}` in `tx` stands for a transaction's hash; null where no explorer is named. */
  readonly explorer: { readonly tx: string } | null;
  /** Whether a genesis ceremony is held here. */
  readonly ceremony: boolean;
  /** Whether its validators sign up here. */
  readonly validators: boolean;
  /** Where its people meet, by https. */
  readonly community: readonly { readonly name: string; readonly url: string }[];
  /** Null where the network file names no public endpoints. */
  readonly wallet: WalletFacts | null;
  readonly faucet: {
    readonly enabled: boolean;
    readonly drips: readonly Coin[];
    readonly cooldownMs: number;
    readonly queueMax: number;
    /** Who holds this much of a denom is not paid it; [] where there is no such limit. */
    readonly recipientCap: readonly Coin[];
    /** Which peers' dialects are spoken. */
    readonly dialects: Readonly<Record<Dialect, boolean>>;
    /** Whether API keys and event codes are taken. The other credentials: `proofs` of ServedNetwork. */
    readonly credentials: Readonly<Record<GrantKind, boolean>>;
    /** Host names that are this faucet's own, lower case. */
    readonly hosts: readonly string[];
  };
};

/** The wires of other faucets that people's clients speak already. */
export type Dialect = "cosmjs" | "ignite" | "paw" | "pingpub";

/** What reading an address answers: the one form that the house uses (lower case), or why it is none. */
export type AddressReading =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly refusal: ClaimRefusal };

/** What checks the proofs that a claim may bring; null: this network takes none of that kind. */
export type Proofs = {
  readonly signature: SignatureProofs | null;
  readonly oidc: OidcProofs | null;
  readonly turnstile: TurnstileProofs | null;
};

/** One network that this deployment serves, and everything that may be asked of it. */
export type ServedNetwork = {
  readonly facts: NetworkFacts;
  readonly readAddress: (text: string) => AddressReading;
  /** What a claim has to bring. */
  readonly challenge: ChallengePolicy;
  readonly proofs: Proofs;
  readonly dispenser: DispenserApi;
  /** Which genesis allowances are counted on; as the dispenser said at most half a minute ago. */
  readonly epoch: () => Promise<number>;
  /** Counts claims by client network, and under which caps. */
  readonly limiter: ClientLimiter;
  readonly clientCaps: ClientCaps;
  /** Challenges a day that one client network may ask for; 0: no limit. */
  readonly challengesPerDay: number;
  /** SHA-256 of an API key or event code, in hex: all that is kept of it. */
  readonly hashSecret: (kind: GrantKind, secret: string) => Promise<string>;
  /** A new grant's id and secret; with an id given, another secret for it. */
  readonly newSecret: (kind: GrantKind, id?: string) => { readonly id: string; readonly secret: string };
  /** Counts a refusal that the dispenser did not make, by its code. */
  readonly refused: (code: string) => void;
  /** A claim on a schedule; null: none. */
  readonly canary: CanaryPlan | null;
  readonly ceremony: CeremonyDoor;
  /** Looks at the chain for people; what it saw is some seconds old at most. */
  readonly eyes: ChainEyes;
  /** Its validators' sign-up. */
  readonly directory: DirectoryDoor;
  readonly nowMs: () => number;
  readonly history: ClaimHistory;
  readonly stats: ClaimStats;
};

/** What the routes are given. */
export type House = {
  /** The default network first; never empty. */
  readonly networks: readonly ServedNetwork[];
  readonly nowMs: () => number;
  /** A new claim's id; with an Idempotency-Key the same one for the same key and chain. */
  readonly newClaimId: (chainId: string, key: string | null) => Promise<string>;
  /** What goes on after an answer went out. None of it rejects. */
  readonly afterwards: () => readonly Promise<unknown>[];
  /** Whether /metrics is for everyone. */
  readonly metricsOpen: boolean;
  /** Decides about admins' requests. */
  readonly admin: AdminDoor;
};

/** The house, or why it can't open: faults of the configuration by path. */
export type Opened =
  | { readonly ok: true; readonly house: House }
  | { readonly ok: false; readonly faults: readonly { readonly path: string; readonly message: string }[] };

/** A dispenser gave no answer, although it was asked more than once. What was asked may have happened. */
export class DispenserUnreachable extends Error {
  override name = "DispenserUnreachable";
}

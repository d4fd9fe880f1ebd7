/** A grant is something that an operator gave out: an API key to one client, an event code to many. */
export type GrantKind = "key" | "code";

/** What a grant is worth; the operator chooses it. */
export type GrantTerms = {
  /** For people; at most 80 characters. */
  readonly label: string;
  /** Which tokens it is good for; []: all that the faucet pays. */
  readonly denoms: readonly string[];
  /** Claims in any 24 hours, failed ones not counted; 0: no limit of that kind. */
  readonly perDay: number;
  /** Claims in all; null: no end. */
  readonly budget: number | null;
  readonly expiresAtMs: number | null;
};

/** A grant as everyone but its holder sees it: never its secret, nor the secret's hash. */
export type Grant = GrantTerms & {
  readonly id: string;
  readonly kind: GrantKind;
  readonly createdAtMs: number;
  readonly rotatedAtMs: number | null;
  /** Until when the secret before the last rotation is good as well; null: it is not. */
  readonly oldUntilMs: number | null;
  readonly revokedAtMs: number | null;
};

/** A grant as the dispenser keeps it. A secret is stored only as SHA-256 over it, in hex. */
export type GrantRow = Grant & {
  readonly hash: string;
  /** Of the secret before the last rotation. */
  readonly oldHash: string | null;
};

/** The dispenser's table of grants. Synchronous, and part of the claim's own transaction. */
export interface GrantTable {
  /** Adds a grant or replaces the one with its id. Throws when another has its hash. */
  put(grant: GrantRow): void;
  byId(id: string): GrantRow | null;
  /** The grant whose present or former secret this is. */
  byHash(hash: string): GrantRow | null;
  /** Ascending by id, after `after`. */
  list(after: string, limit: number): GrantRow[];
  count(): number;
}

/** Why nothing was done to a grant. */
export type GrantRefusal =
  | { readonly reason: "unknown_grant"; readonly id: string }
  /** Another grant, living or not, has this secret: a code is used once. */
  | { readonly reason: "grant_exists" }
  /** It was revoked; make a new one. */
  | { readonly reason: "grant_revoked"; readonly id: string }
  /** A code has nothing to rotate: it is the same for all who hold it. */
  | { readonly reason: "grant_not_rotatable"; readonly id: string }
  | { readonly reason: "grant_denoms"; readonly denom: string; readonly available: readonly string[] }
  | { readonly reason: "grants_full"; readonly most: number };

/** What was done, or why not. */
export type GrantOutcome =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly refusal: GrantRefusal };

/** What an operator asks of the dispenser about grants. Each may be asked twice; `actor` is who did it. */
export interface GrantDesk {
  createGrant(grant: NewGrant, actor: string): Promise<GrantOutcome>;
  /** Puts another secret in the place of a key's; the old one is good for `graceMs` more. Id and quota stay. */
  rotateGrant(id: string, hash: string, graceMs: number, actor: string): Promise<GrantOutcome>;
  revokeGrant(id: string, actor: string): Promise<GrantOutcome>;
  /** Ascending by id, after `after`; at most 100. */
  listGrants(after: string): Promise<Grant[]>;
}

/** A grant that is to be made. Its id and secret were chosen before, so that asking twice makes one. */
export type NewGrant = GrantTerms & { readonly id: string; readonly kind: GrantKind; readonly hash: string };

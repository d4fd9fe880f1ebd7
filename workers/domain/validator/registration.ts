import type { Profile } from "../../../genesis/validator/content.ts";

/** What an operator says of their validator, for everybody to read. */
export type OperatorProfile = Profile;

/** Where a registration stands. A coordinator approves and rejects; the operator amends and withdraws. */
export type RegistrationState = "pending" | "approved" | "rejected" | "withdrawn";

/** How the operator's key was proved. */
export type ProofKind = "adr036" | "tx" | "gentx";

/** What a coordinator gives an account in the genesis; `amount` in base units. */
export type GenesisAllocation = { readonly denom: string; readonly amount: bigint };

/** One operator's entry in the directory. Their private contact is not in it. */
export type Registration = {
  /** The account's address, lower case. */
  readonly operator: string;
  readonly state: RegistrationState;
  /** Null once it was withdrawn: what the operator took back is erased. */
  readonly profile: OperatorProfile | null;
  readonly proof: ProofKind;
  /** Grows with every change: a coordinator approves what they saw. */
  readonly rev: number;
  /** Why it was rejected; "" otherwise. */
  readonly reason: string;
  readonly allocation: GenesisAllocation | null;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** When a faucet code was made for them. */
  readonly grantedAtMs: number | null;
};

/** What everybody may read of it: nothing of who was rejected or has withdrawn. */
export function publicProfile({ state, profile }: Registration): OperatorProfile | null {
  return state === "pending" || state === "approved" ? profile : null;
}

/** What nobody else's approved registration may have. `skeleton`: what the moniker looks like. */
export type Claims = {
  readonly skeleton: string;
  readonly nodeId: string | null;
  readonly consensusKey: string | null;
};

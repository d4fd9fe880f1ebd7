import type { GenesisFacts } from "./genesis-facts.ts";
import type { RuleId } from "./rules.ts";
import type { Seat } from "./seat.ts";
import type { Secp256k1Check } from "./signature.ts";

/** What a network asks of its gentxs beyond what its nodes ask. */
export type Policy = {
  /** Judge by what a node would refuse, and by nothing else. */
  readonly onlyFatal?: boolean;
  /** Rules of the second list that only warn here. */
  readonly waived?: readonly RuleId[];
  /** Whether the memo must be `nodeid@host:port`. */
  readonly memoRequired?: boolean;
  /** Bounds of commission rates, as counts of 10^-18. */
  readonly commission?: { readonly min?: bigint; readonly max?: bigint; readonly maxChange?: bigint };
  /** Bounds of the self-delegation, in base units. */
  readonly selfDelegation?: { readonly min?: bigint; readonly max?: bigint };
  /** Base units that make one unit of power. */
  readonly powerReduction?: bigint;
  /** Whether keys of Ethermint's kind may sign. */
  readonly ethermint?: boolean;
  /** Chain ids that a gentx may have been signed for by mistake. */
  readonly knownChainIds?: readonly string[];
};

/** What a gentx is judged against. Rules that need what isn't given are left out. */
export type Context = {
  readonly chainId: string;
  /** The prefix of account addresses. */
  readonly prefix: string;
  /** The prefix of operator addresses; `<prefix>valoper` unless it is said. */
  readonly valoperPrefix?: string;
  readonly bondDenom?: string;
  readonly genesis?: GenesisFacts;
  /** Gentxs that were accepted before this one. */
  readonly others?: readonly Seat[];
  readonly policy?: Policy;
  /** A faster check of secp256k1 signatures than the one that runs everywhere. */
  readonly check?: Secp256k1Check;
};

/** Base units in one unit of power, as in most Cosmos chains. */
export const powerReductionDefault = 1_000_000n;

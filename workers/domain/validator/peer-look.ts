import type { Registration } from "./registration.ts";

/** What a look at an operator's node came to. */
export const peerOutcomes = ["reachable", "other_node", "other_chain", "no_answer", "unresolved", "refused"] as const;
/**
 * `reachable`: at the address answers a node that proved that it holds the key of the node id, and says that it is on
 * this chain. `other_node`, `other_chain`: a node answers, another one or on another chain. `unresolved`: the name has
 * no address. `refused`: the address or port is none that is connected to.
 */
export type PeerOutcome = (typeof peerOutcomes)[number];

/** The newest look at an operator's node. */
export type PeerLook = {
  /** `nodeid@host:port`, as it was looked at; who has amended theirs since has another. */
  readonly peer: string;
  readonly outcome: PeerOutcome;
  /** The other node's id, or the other chain's: checked words. "" otherwise. */
  readonly seen: string;
  readonly atMs: number;
};

/** The look at the node that an operator names now; null: none yet, or nobody looks at theirs. */
export function standingLook(registration: Registration, looks: ReadonlyMap<string, PeerLook>): PeerLook | null {
  const look = looks.get(registration.operator);
  const own = registration.state === "approved" ? registration.profile?.peer : null;
  return look !== undefined && look.peer === own ? look : null;
}

/** Who answered at an address: a node with the key of this id, and the chain that it names where it was asked; or nobody. */
export type Greeting =
  | { readonly kind: "node"; readonly nodeId: string; readonly network: string | null }
  | { readonly kind: "none"; readonly why: string };

/** Connects to one address, in digits, and asks whose it is; bounded in time and bytes. Never throws. */
export interface PeerDialer {
  greet(address: string, port: number, nodeId: string): Promise<Greeting>;
}

/** The addresses of a name in digits; [] where it has none, null where nobody could tell. Never throws. */
export interface NameResolver {
  addresses(name: string): Promise<readonly string[] | null>;
}

/** An operator's node whose turn it is. */
export type DuePeer = { readonly operator: string; readonly peer: string; readonly leasedAtMs: number };

/** The looks at one network's nodes. */
export interface PeerLooks {
  /**
   * Takes the turn of approved operators whose last turn is the longest ago and before `beforeMs`. Of two who ask at
   * the same time, one gets an operator.
   */
  lease(beforeMs: number, nowMs: number, most: number): Promise<DuePeer[]>;
  /** Keeps what a turn's look came to, unless another turn began since or the operator is no longer there. */
  keep(turn: DuePeer, look: Omit<PeerLook, "peer">): Promise<void>;
  /** The newest looks at these operators. */
  of(operators: readonly string[]): Promise<ReadonlyMap<string, PeerLook>>;
}

import type { ClientLook, ClientNetwork } from "./client.ts";

/** A claim, and one call's hold on it. */
export type HeldClaim = { readonly claim: string; readonly hold: string };

/** Counted; or not, with the network whose cap is reached longest and the time when it no longer is. */
export type ClientVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly width: string; readonly retryAtMs: number };

/** What is asked of one of the objects that count clients. All of it may be asked twice. */
export interface ClientCounts {
  /** Counts a claim under all keys or under none; see ClientLimiter. */
  take(held: HeldClaim, networks: readonly ClientNetwork[], nowMs: number): Promise<ClientVerdict>;
  /** How full these networks are; see ClientLimiter. */
  look(networks: readonly ClientNetwork[], nowMs: number): Promise<ClientLook>;
  /** Drops one hold on a claim, or with null all; without a hold it counts no longer. */
  release(claim: string, hold: string | null): Promise<void>;
  /** Notes which object counts a claim, so that it is found by its id alone. */
  note(held: HeldClaim, shard: number, nowMs: number): Promise<void>;
  /** The objects noted for a claim. */
  noted(claim: string): Promise<number[]>;
  /** Drops the note of one hold, or with null all of a claim's. */
  forget(claim: string, hold: string | null): Promise<void>;
}

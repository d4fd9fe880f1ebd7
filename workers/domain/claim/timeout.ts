import type { Desk } from "./memory.ts";

/** Blocks until a transaction times out: at least the policy's blocks, and its time in median blocks. */
export function timeoutBlocks(desk: Desk): number {
  const blockMs = Math.max(1, desk.ports.store.state().blockMs);
  return Math.max(desk.policy.timeoutBlocksMin, Math.ceil(desk.policy.timeoutMsMin / blockMs));
}

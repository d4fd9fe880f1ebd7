import type { DispenserApi } from "./domain/claim/dispenser-api.ts";
import { DispenserUnreachable } from "./domain/network/served.ts";
import { kept } from "./kept.ts";

const triesMax = 3;
const pauseMs = 100;

/**
 * Asks a network's dispenser over RPC. Every question of {@link DispenserApi} may be asked twice, `reserve` too,
 * since the claim's id is chosen here: so a lost reply is asked again. Throws {@link DispenserUnreachable}.
 */
export function dispenserClient(stub: () => DispenserApi): DispenserApi {
  async function ask<T>(question: (dispenser: DispenserApi) => Promise<T>): Promise<T> {
    let cause: unknown;
    for (let attempt = 1; attempt <= triesMax; attempt += 1) {
      try {
        // A stub that has thrown stays broken: each try takes a new one.
        return await question(stub());
      } catch (error) {
        cause = error;
        if (isOverloaded(error)) break;
        await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
      }
    }
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new DispenserUnreachable(text.slice(0, 300), { cause });
  }
  return {
    reserve: (request) => ask((dispenser) => dispenser.reserve(request)),
    prospects: (asked) => ask((dispenser) => dispenser.prospects(asked)),
    epoch: () => ask((dispenser) => dispenser.epoch()),
    claim: (id) => ask((dispenser) => dispenser.claim(id)),
    claimChange: (id, seen, waitMs) => ask((dispenser) => dispenser.claimChange(id, seen, waitMs)),
    claimEnd: (id, waitMs) => ask((dispenser) => dispenser.claimEnd(id, waitMs)),
    report: () => ask((dispenser) => dispenser.report()),
    operate: (request) => ask((dispenser) => dispenser.operate(request)),
    operatorView: () => ask((dispenser) => dispenser.operatorView()),
    audit: (before, limit) => ask((dispenser) => dispenser.audit(before, limit)),
    denied: (after, limit) => ask((dispenser) => dispenser.denied(after, limit)),
    metrics: () => ask((dispenser) => dispenser.metrics()),
    countRefused: (counts) => ask((dispenser) => dispenser.countRefused(counts)),
    noteCanary: (note) => ask((dispenser) => dispenser.noteCanary(note)),
    poke: () => ask((dispenser) => dispenser.poke()),
    createGrant: (grant, by) => ask((dispenser) => dispenser.createGrant(grant, by)),
    rotateGrant: (id, hash, graceMs, by) => ask((dispenser) => dispenser.rotateGrant(id, hash, graceMs, by)),
    revokeGrant: (kind, id, by) => ask((dispenser) => dispenser.revokeGrant(kind, id, by)),
    listGrants: (kind, after) => ask((dispenser) => dispenser.listGrants(kind, after)),
  };
}

/** How long an isolate believes an epoch: it changes when a chain was reset and the operator has acted. */
const epochKeptMs = 30_000;

/** The dispenser's epoch, asked again after half a minute. */
export function keptEpoch(dispenser: DispenserApi, nowMs: () => number): () => Promise<number> {
  return kept(() => dispenser.epoch(), epochKeptMs, nowMs);
}

/** Set by the platform on an object's error; asking again at once would make it worse. */
function isOverloaded(error: unknown): boolean {
  return error instanceof Error && "overloaded" in error && error.overloaded === true;
}

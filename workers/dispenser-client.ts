import { askObject } from "./ask-object.ts";
import type { DispenserApi } from "./domain/claim/dispenser-api.ts";
import { DispenserUnreachable } from "./domain/network/served.ts";
import { kept } from "./kept.ts";

const triesMax = 3;

/**
 * Asks a network's dispenser over RPC. Every question of {@link DispenserApi} may be asked twice, `reserve` too,
 * since the claim's id is chosen here: so a lost reply is asked again. Throws {@link DispenserUnreachable}.
 */
export function dispenserClient(stub: () => DispenserApi): DispenserApi {
  const ask = <T>(question: (dispenser: DispenserApi) => Promise<T>) =>
    askObject(stub, question, triesMax, (text, options) => new DispenserUnreachable(text, options));
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

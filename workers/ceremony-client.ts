import type { CeremonyRoomApi } from "./domain/ceremony/ceremony-api.ts";
import { CeremonyUnreachable } from "./domain/ceremony/door.ts";

const triesMax = 3;
const pauseMs = 100;

/**
 * Asks a network's ceremony over RPC. A lost reply is asked again, but for coordinators' acts: one that was done would
 * be refused as done before. Throws {@link CeremonyUnreachable}.
 */
export function ceremonyClient(stub: () => CeremonyRoomApi): CeremonyRoomApi {
  async function ask<T>(question: (room: CeremonyRoomApi) => Promise<T>, tries = triesMax): Promise<T> {
    let cause: unknown;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        // A stub that has thrown stays broken: each try takes a new one.
        return await question(stub());
      } catch (error) {
        cause = error;
        if (error instanceof Error && "overloaded" in error && error.overloaded === true) break;
        if (attempt < tries) await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
      }
    }
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new CeremonyUnreachable(text.slice(0, 300), { cause });
  }
  return {
    view: () => ask((room) => room.view()),
    check: (gentx) => ask((room) => room.check(gentx)),
    handIn: (gentx) => ask((room) => room.handIn(gentx)),
    act: (actor, act) => ask((room) => room.act(actor, act), 1),
    preview: () => ask((room) => room.preview()),
    review: () => ask((room) => room.review()),
    genesis: (version) => ask((room) => room.genesis(version)),
    logFile: (path) => ask((room) => room.logFile(path)),
    receipt: (index) => ask((room) => room.receipt(index)),
    balance: (address) => ask((room) => room.balance(address)),
    consistency: (old) => ask((room) => room.consistency(old)),
    audit: (before, limit) => ask((room) => room.audit(before, limit)),
    challenge: (operator) => ask((room) => room.challenge(operator)),
    attest: (operator, body) => ask((room) => room.attest(operator, body)),
    beacon: (body) => ask((room) => room.beacon(body)),
    readiness: () => ask((room) => room.readiness()),
    launchFacts: () => ask((room) => room.launchFacts()),
    poke: () => ask((room) => room.poke()),
  };
}

import { askObject } from "./ask-object.ts";
import type { CeremonyRoomApi } from "./domain/ceremony/ceremony-api.ts";
import { CeremonyUnreachable } from "./domain/ceremony/door.ts";

const triesMax = 3;

/**
 * Asks a network's ceremony over RPC. A lost reply is asked again, but for coordinators' acts: one that was done would
 * be refused as done before. Throws {@link CeremonyUnreachable}.
 */
export function ceremonyClient(stub: () => CeremonyRoomApi): CeremonyRoomApi {
  const ask = <T>(question: (room: CeremonyRoomApi) => Promise<T>, tries = triesMax) =>
    askObject(stub, question, tries, (text, options) => new CeremonyUnreachable(text, options));
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

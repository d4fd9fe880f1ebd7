import type { ClaimRoute } from "../claim/claim.ts";
import type { AskRequest, Prospect } from "../claim/dispenser-api.ts";
import type { ClaimRefusal } from "../claim/refusals.ts";
import type { ServedNetwork } from "../network/served.ts";
import { switchedOff } from "../network/switched-off.ts";
import type { Coin } from "../shared/coin.ts";
import { broughtNothing, checkProof, type Proved, signatureQuota } from "./check-proof.ts";
import { countsForClient, isCredential } from "./credential.ts";
import type { ClientOrigin } from "./networks-of.ts";
import { pressureOn, type Standing, signatureStands } from "./pressure.ts";
import { countTries } from "./tries.ts";

/** Who asks whether they may claim, and what they would bring along. */
export type EligibilityRequest = {
  readonly address: string;
  readonly bearer: string | null;
  readonly code: string | null;
  readonly client: ClientOrigin;
};

/** Routes of our own API. A peer's wire asks nobody before it claims. */
type OwnRoute = Exclude<ClaimRoute, "dialect">;

/** One way to claim, and whether it is open now. */
export type RouteOutlook = {
  readonly route: OwnRoute;
  /** Why it is not open; null with `open` false: one would have to bring something first. */
  readonly open: boolean;
  readonly refusal: ClaimRefusal | null;
  /** Claims a day of the credential that it is about; null: no such limit. */
  readonly perDay: number | null;
  /** The price of the puzzle that it takes, in derivations; null: it takes none. */
  readonly triesMost: number | null;
};

/** Whether an address may claim now, what it would get, and by which routes. */
export type Eligibility = {
  /** Lower case where it is one. */
  readonly address: string;
  readonly eligible: boolean;
  readonly drips: readonly Coin[];
  /** What a claim would be answered now; null: it would be taken. */
  readonly refusal: ClaimRefusal | null;
  /** The least trouble first. */
  readonly routes: readonly RouteOutlook[];
  readonly cheapest: OwnRoute | null;
};

/**
 * Answers before the click what a claim would get: by the same rules, in the same order. Stores nothing of a claim; a
 * wrong key or code counts as a try, since codes could be guessed here as well. A credential that is brought stands
 * alone, as it does in a claim.
 */
export async function eligibilityOf(network: ServedNetwork, request: EligibilityRequest): Promise<Eligibility> {
  const off = switchedOff(network.facts);
  if (off) return nothing(request.address, off);
  const reading = network.readAddress(request.address);
  if (!reading.ok) return nothing(request.address, reading.refusal);
  const { address } = reading;
  if (request.bearer !== null || request.code !== null) return byCredential(network, address, request);
  const standing = await pressureOn(network, request.client);
  const ways = waysOf(network, address, standing);
  const asked = ways.flatMap(({ ask }) => ask ?? []);
  const prospects = asked.length === 0 ? [] : await network.dispenser.prospects(asked);
  const outlooks = ways.map((way) => {
    const prospect = way.ask === null ? null : (prospects[asked.indexOf(way.ask)] ?? null);
    return outlookOf(way, prospect, standing);
  });
  const open = outlooks.find((outlook) => outlook.open);
  const drips = prospects.find((prospect) => prospect.ok)?.drips ?? [];
  // What a claim without anything would be told, or one that has done its work.
  const usual = outlooks.find(({ route }) => route === "open" || route === "challenge");
  return {
    address,
    eligible: open !== undefined,
    drips: open ? drips : [],
    refusal: open ? null : (usual?.refusal ?? outlooks[0]?.refusal ?? null),
    routes: [...outlooks, ...toBring(network)],
    cheapest: open?.route ?? null,
  };
}

/** A way to claim: what to ask the dispenser about it, or why it is closed before that. */
type Way = {
  readonly route: OwnRoute;
  readonly ask: AskRequest | null;
  readonly refusal: ClaimRefusal | null;
  readonly triesMost: number | null;
};

function waysOf({ challenge, proofs }: ServedNetwork, address: string, standing: Standing): Way[] {
  const way = (route: OwnRoute, over: Partial<Way> = {}): Way => {
    const ask = { address, denoms: [], route, credential: null };
    return { route, ask, refusal: null, triesMost: null, ...over };
  };
  const closed = (refusal: ClaimRefusal) => ({ ask: null, refusal });
  if (challenge.kind === "none") return [way("open")];
  const ways: Way[] = proofs.turnstile === null ? [] : [way("turnstile")];
  if (proofs.signature !== null) {
    const { stands, detail } = signatureStands(standing);
    const ask: AskRequest = {
      ...{ address, denoms: [], route: "signature" },
      credential: { quotaKey: signatureQuota(address) },
    };
    ways.push(way("signature", stands ? { ask } : closed({ reason: "challenge_required", detail })));
  }
  if (challenge.kind === "pow") ways.push(way("challenge", { triesMost: standing.triesMost }));
  if (challenge.kind === "unset")
    ways.push(way("challenge", closed({ reason: "faucet_disabled", detail: challenge.detail })));
  return ways;
}

function outlookOf({ route, refusal, triesMost }: Way, prospect: Prospect | null, { look }: Standing): RouteOutlook {
  const limited: ClaimRefusal | null = look.full && { reason: "client_limited", ...look.full };
  const why = refusal ?? limited ?? (prospect?.ok === false ? prospect.refusal : null);
  const perDay = prospect?.ok ? prospect.perDay : null;
  return { route, open: why === null, refusal: why, perDay, triesMost };
}

async function byCredential(
  network: ServedNetwork,
  address: string,
  request: EligibilityRequest,
): Promise<Eligibility> {
  const { bearer, code, client } = request;
  const proved = await checkProof(network, address, { ...broughtNothing, bearer, code }, client);
  if (!proved.ok) return nothing(address, proved.refusal);
  const prospect = await prospectOf(network, address, proved, client);
  const { route } = proved;
  if (!isCredential(route)) throw new Error(`a credential was brought, and ${route} found`);
  const refusal = prospect.ok ? null : prospect.refusal;
  const perDay = prospect.ok ? prospect.perDay : null;
  return {
    address,
    eligible: prospect.ok,
    drips: prospect.ok ? prospect.drips : [],
    refusal,
    routes: [{ route, open: prospect.ok, refusal, perDay, triesMost: null }],
    cheapest: prospect.ok ? route : null,
  };
}

async function prospectOf(
  network: ServedNetwork,
  address: string,
  proved: Extract<Proved, { ok: true }>,
  client: ClientOrigin,
): Promise<Prospect> {
  const { route, credential } = proved;
  const ask = async (): Promise<Prospect> => {
    const [prospect] = await network.dispenser.prospects([{ address, denoms: [], route, credential }]);
    if (!prospect) throw new Error("the dispenser answered nothing to a question");
    return prospect;
  };
  if (countsForClient(route)) return ask();
  const asked = await countTries(network, proved, client, ask, (answer) => (answer.ok ? null : answer.refusal));
  return asked.ok ? asked.answer : asked;
}

/** Ways that are open to whoever has something to bring. */
function toBring({ facts, proofs }: ServedNetwork): RouteOutlook[] {
  const { key, code } = facts.faucet.credentials;
  const routes: OwnRoute[] = [];
  if (code) routes.push("code");
  if (proofs.oidc !== null) routes.push("oidc");
  if (key) routes.push("key");
  return routes.map((route) => {
    return { route, open: false, refusal: null, perDay: null, triesMost: null };
  });
}

function nothing(address: string, refusal: ClaimRefusal): Eligibility {
  return { address, eligible: false, drips: [], refusal, routes: [], cheapest: null };
}

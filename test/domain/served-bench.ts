import { hashSecret, newSecret } from "../../workers/access/grant-secrets.ts";
import type { ChallengePolicy } from "../../workers/domain/access/challenge.ts";
import { type Brought, broughtNothing } from "../../workers/domain/access/check-proof.ts";
import type { ClientCaps, ClientOrigin } from "../../workers/domain/access/networks-of.ts";
import type { DispenserPolicy } from "../../workers/domain/claim/ports.ts";
import type { ClaimRefusal } from "../../workers/domain/claim/refusals.ts";
import { requestClaim } from "../../workers/domain/claim/request-claim.ts";
import type { NetworkFacts, ServedNetwork } from "../../workers/domain/network/served.ts";
import { MemoryLimiter } from "../support/memory-limiter.ts";
import { Bench } from "./bench.ts";

export const noCaps: ClientCaps = { ipv4: 0, ipv6By64: 0, ipv6By56: 0, ipv6By48: 0 };
export const home: ClientOrigin = { address: "192.0.2.1" };

/** What a test may change of a served network. */
export type ServedOver = {
  readonly policy?: Partial<DispenserPolicy>;
  readonly challenge?: ChallengePolicy["kind"];
  readonly caps?: ClientCaps;
  readonly enabled?: boolean;
  readonly credentials?: NetworkFacts["faucet"]["credentials"];
  readonly signature?: boolean;
  readonly turnstile?: boolean;
  readonly oidc?: boolean;
  readonly challengesPerDay?: number;
};

const bare = {
  ...{ name: "", driver: "", bech32Prefix: "", denoms: [] },
  ...{ explorer: null, ceremony: false, validators: false, community: [], wallet: null },
};

/**
 * A served network over a {@link Bench}: the shipped rules with ports that a test can read. A puzzle is solved by the
 * text `solved ADDRESS N`, signed by `by ADDRESS`; a CI token is `ci REPOSITORY N`, a Turnstile token `human N`.
 */
export class ServedBench {
  /** Codes of refusals that were counted for a network, since the dispenser was not asked. */
  readonly refused: string[] = [];
  readonly bench: Bench;
  readonly limiter = new MemoryLimiter();
  readonly network: ServedNetwork;
  #ids = 0;

  constructor(over: ServedOver = {}) {
    this.bench = new Bench({ cooldownMs: 60_000, signaturePerDay: 2, oidcPerDay: 2, ...over.policy });
    this.network = this.#serve(over);
  }

  /** Claims under a new id; answers the refusal by name, or null where it was taken. */
  async claim(address: string, brought: Partial<Brought> = {}, client = home, id = this.#newId()) {
    return (await this.refusal(address, brought, client, id))?.reason ?? null;
  }

  async refusal(address: string, brought: Partial<Brought> = {}, client = home, id = this.#newId()) {
    const asked = { id, address, denoms: [], brought: { ...broughtNothing, ...brought }, client, keyed: false };
    const reserved = await requestClaim(this.network, asked);
    this.bench.disk.commit();
    return reserved.ok ? null : reserved.refusal;
  }

  #newId(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }

  #serve(over: ServedOver): ServedNetwork {
    const { bench, limiter } = this;
    const [chainId, nowMs] = [bench.policy.chainId, () => bench.nowMs];
    const { cooldownMs, drips, queueMax } = bench.policy;
    const dialects = { cosmjs: true, ignite: true, paw: true, pingpub: true };
    const credentials = over.credentials ?? { key: true, code: true };
    const enabled = over.enabled ?? true;
    const faucet = { enabled, drips, cooldownMs, queueMax, recipientCap: [], dialects, credentials, hosts: [] };
    const words = async (text: string, ...expected: string[]) => {
      const [, nonce = ""] = new RegExp(`^${expected.join(" ")} (\\S+)$`).exec(text) ?? [];
      const expiresAtMs = bench.nowMs + 60_000;
      return nonce === ""
        ? ({ ok: false, detail: "It does not fit." } as const)
        : ({ ok: true, quotaKey: "", nonce: { id: `${expected[0]}-${nonce}`, expiresAtMs } } as const);
    };
    const unused = (): never => {
      throw new Error("not asked here");
    };
    const signature: ServedNetwork["proofs"]["signature"] = {
      issue: async (_chain, address, site) => ({ text: `${address} at ${site}`, expiresAtMs: bench.nowMs + 60_000 }),
      verify: async (_chain, address, _site, proof) => ({
        ...(await words(proof.signature, "by", address)),
        ...{ quotaKey: `signature:${address}` },
      }),
    };
    const oidc: ServedNetwork["proofs"]["oidc"] = {
      verify: async (token) => ({ ...(await words(token, "ci", "a/b")), ...{ quotaKey: "a/b" } }),
    };
    return {
      facts: { chainId, ...bare, faucet },
      readAddress: (text) => {
        const refusal: ClaimRefusal = { reason: "invalid_address", detail: "It is none." };
        return text === "bad" ? { ok: false, refusal } : { ok: true, address: text.toLowerCase() };
      },
      challenge: policyOf(over.challenge ?? "none", words),
      proofs: {
        signature: over.signature === true ? signature : null,
        oidc: over.oidc === true ? oidc : null,
        turnstile: over.turnstile === true ? { verify: (token) => words(token, "human") } : null,
      },
      dispenser: {
        reserve: async (request) => bench.dispenser.reserve(request),
        prospects: async (asked) => asked.map((each) => bench.dispenser.prospect(each, null)),
        epoch: async () => bench.dispenser.epoch(),
        claim: async (id) => bench.dispenser.claim(id),
        report: async () => bench.dispenser.report(),
        createGrant: async (grant, by) => bench.dispenser.createGrant(grant, by),
        rotateGrant: async (id, hash, graceMs, by) => bench.dispenser.rotateGrant(id, hash, graceMs, by),
        revokeGrant: async (kind, id, by) => bench.dispenser.revokeGrant(kind, id, by),
        listGrants: async (kind, after) => bench.dispenser.listGrants(kind, after),
        ...{ claimChange: unused, claimEnd: unused, poke: unused },
        ...{ operate: unused, operatorView: unused, audit: unused, denied: unused, metrics: unused },
        ...{ countRefused: unused, noteCanary: unused },
      },
      refused: (code) => this.refused.push(code),
      ceremony: { kind: "none" },
      eyes: { look: unused, block: unused, transaction: unused, account: unused },
      directory: { kind: "none" },
      canary: null,
      epoch: async () => bench.dispenser.epoch(),
      limiter,
      clientCaps: over.caps ?? noCaps,
      challengesPerDay: over.challengesPerDay ?? 0,
      hashSecret,
      newSecret,
      nowMs,
      history: { claimsOf: unused },
      stats: { totals: unused, recent: unused },
    };
  }
}

function policyOf(
  kind: ChallengePolicy["kind"],
  words: (
    text: string,
    ...expected: string[]
  ) => Promise<{ ok: false; detail: string } | { ok: true; nonce: { id: string; expiresAtMs: number } }>,
): ChallengePolicy {
  if (kind === "none") return { kind };
  if (kind === "turnstile") return { kind, siteKey: "0x4AAAAAAA" };
  if (kind === "unset") return { kind, detail: "Set CHALLENGE_SECRET." };
  const puzzle = { parameters: {}, signature: "" };
  return {
    kind,
    triesBase: 512,
    challenges: {
      issue: async (_chain, _address, triesMost, nowMs) => ({ puzzle, triesMost, expiresAtMs: nowMs + 60_000 }),
      verify: async (_chain, address, solution) => {
        const verdict = await words(solution, "solved", address);
        return verdict.ok ? { ...verdict, triesMost: 512 } : verdict;
      },
    },
  };
}

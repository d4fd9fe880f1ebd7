import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { OidcProofs, ProofVerdict } from "../domain/access/proofs.ts";
import { IssuerKeys, KeysUnreachable } from "./issuer-keys.ts";
import { sha256Hex } from "./sha256.ts";

/** Whose tokens are taken. Case doesn't matter in names. */
export type OidcPolicy = {
  /** Without a slash at its end; its keys lie under `/.well-known/jwks`. Only ever the operator's own choice. */
  readonly issuer: string;
  readonly audience: string;
  /** `owner/name`, or `owner/` and a star for all of an owner's; a star on both sides lets everybody through. */
  readonly repositories: readonly string[];
  /** What may have started the run, such as `push`; [] for anything. */
  readonly events: readonly string[];
};

/** GitHub's tokens have about 2,000 characters. */
const tokenMax = 8192;
const clocksApartS = 30;
/** GitHub's tokens live for minutes; one that lives longer is good no longer than this here. */
const ageMaxS = 900;
/** Spent nonces are kept this much longer, so that a clock that runs behind opens no second chance. */
const nonceGraceS = 600;

/** Source: docs.github.com/en/actions/reference/security/oidc, "OIDC token claims". */
const claims = z.object({
  jti: z.string().min(1).max(256),
  iat: z.number(),
  exp: z.number(),
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  repository_owner: z.string().min(1).max(100),
  repository_id: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
  event_name: z.string().max(64).optional(),
});

/**
 * Tokens that GitHub gives to a workflow run: RS256 by the issuer's own keys, for our audience, a few minutes old.
 * The quota belongs to the repository by its number where the token has it: a new name or owner makes no new quota.
 * GitHub gives no such token to runs of pull requests from forks, unless the repository's owner allows it.
 */
export class GithubOidc implements OidcProofs {
  readonly #policy: OidcPolicy;
  readonly #keys: IssuerKeys;

  constructor(policy: OidcPolicy) {
    this.#policy = { ...policy, repositories: policy.repositories.map((one) => one.toLowerCase()) };
    this.#keys = new IssuerKeys(`${policy.issuer}/.well-known/jwks`);
  }

  async verify(token: string, nowMs: number): Promise<ProofVerdict> {
    const { issuer, audience } = this.#policy;
    const unfit = unfitFor(token, issuer);
    if (unfit !== null) return { ok: false, detail: unfit };
    try {
      const { payload } = await jwtVerify(token, this.#keys.at(nowMs), {
        algorithms: ["RS256"],
        issuer,
        audience,
        currentDate: new Date(nowMs),
        clockTolerance: clocksApartS,
        maxTokenAge: ageMaxS,
        requiredClaims: ["exp", "nbf", "iat", "jti"],
      });
      return await this.#judge(payload);
    } catch (error) {
      return { ok: false, detail: detailOf(error, this.#policy) };
    }
  }

  /** Looks at what the issuer says of the run; the token is its own by now. */
  async #judge(payload: JWTPayload): Promise<ProofVerdict> {
    const no = (detail: string): ProofVerdict => ({ ok: false, detail });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return no(`The token's claim ${String(parsed.error.issues[0]?.path[0])} is not GitHub's.`);
    const { jti, iat, exp, repository_id: number, event_name: event } = parsed.data;
    const [repository, owner] = [parsed.data.repository.toLowerCase(), parsed.data.repository_owner.toLowerCase()];
    if (!repository.startsWith(`${owner}/`)) return no("The token's repository is not its repository_owner's.");
    const { issuer, repositories, events } = this.#policy;
    if (![repository, `${owner}/*`, "*/*"].some((one) => repositories.includes(one)))
      return no(`The repository ${repository} is not among those that this faucet serves.`);
    if (events.length > 0 && !(event !== undefined && events.includes(event)))
      return no(`The run was started by ${event ?? "no event"}; this faucet serves ${events.join(", ")}.`);
    const id = `oidc:${await sha256Hex(`${issuer}\n${jti}`)}`;
    const expiresAtMs = Math.ceil(Math.min(exp, iat + ageMaxS) + clocksApartS + nonceGraceS) * 1000;
    return { ok: true, quotaKey: `oidc:${number ?? repository}`, nonce: { id, expiresAtMs } };
  }
}

/** Why a text needs no look at any key; null: it looks like the issuer's. Believes nothing of it. */
function unfitFor(token: string, issuer: string): string | null {
  if (token.length > tokenMax) return `The token is longer than ${tokenMax} characters.`;
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    if (alg !== "RS256") return "The token is not signed with RS256.";
    if (typeof kid !== "string") return "The token names no key (kid).";
    return decodeJwt(token).iss === issuer ? null : `The token's issuer is not ${issuer}.`;
  } catch {
    return "The token is not a JWT.";
  }
}

function detailOf(error: unknown, { audience, issuer }: OidcPolicy): string {
  if (error instanceof KeysUnreachable) return `The keys of ${issuer} can't be read now. Try again in a minute.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return `The token is signed by a key that ${issuer} doesn't publish. If it has just begun to, try again in a minute.`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "The token's signature is not its issuer's.";
  if (error instanceof errors.JWTExpired)
    return error.claim === "iat"
      ? `The token is older than ${ageMaxS / 60} minutes. Ask for a new one.`
      : "The token has expired. Ask for a new one.";
  if (!(error instanceof errors.JWTClaimValidationFailed)) return "The token is not one of this issuer's.";
  if (error.reason === "missing") return `The token has no claim ${error.claim}.`;
  if (error.claim === "aud") return `The token's audience is not ${audience}. Ask GitHub for one with that audience.`;
  if (error.reason === "check_failed" && ["nbf", "iat"].includes(error.claim)) return "The token is not valid yet.";
  return `The token's claim ${error.claim} is not as it should be.`;
}

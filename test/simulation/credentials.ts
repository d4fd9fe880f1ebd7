import type { Shown } from "../../workers/domain/access/credential.ts";
import type { GrantRow } from "../../workers/domain/access/grant.ts";
import type { ClaimRoute } from "../../workers/domain/claim/claim.ts";

/** What some of the simulation's clients come by: what they show, and how many claims it is good for. */
export type SimCredential = {
  readonly route: ClaimRoute;
  readonly shown: Shown;
  /** The name under which the dispenser is to count it. */
  readonly name: string;
  readonly perDay: number;
  readonly budget: number;
};

const never = Number.POSITIVE_INFINITY;
const granted = (kind: "key" | "code", perDay: number, budget: number): SimCredential => {
  return { route: kind, shown: { hash: `hash-${kind}` }, name: `${kind}:${kind}1`, perDay, budget };
};

/** Small quotas: a seed has 6 to 16 claims, of which each gets a sixth, and a twin for some. A seed is less than a day. */
export const CREDENTIALS: readonly SimCredential[] = [
  granted("key", 1, never),
  granted("code", never, 2),
  { route: "oidc", shown: { quotaKey: "oidc:a/b" }, name: "oidc:a/b", perDay: 1, budget: never },
];

/** The grants behind {@link CREDENTIALS}, as an operator would have made them. */
export const GRANTS: readonly GrantRow[] = CREDENTIALS.flatMap(({ route: kind, shown, perDay, budget }) => {
  if ((kind !== "key" && kind !== "code") || !("hash" in shown)) return [];
  const terms = { label: "", denoms: [], perDay: perDay === never ? 0 : perDay };
  const limits = { budget: budget === never ? null : budget, expiresAtMs: null };
  const times = { createdAtMs: 0, rotatedAtMs: null, oldUntilMs: null, revokedAtMs: null };
  return [{ id: `${kind}1`, kind, hash: shown.hash, oldHash: null, ...terms, ...limits, ...times }];
});

/** How a population's requests come in. `stock`: all puzzles are asked for first, while they are cheap. */
export type Way = "challenge" | "stock" | "replay" | "dialect" | "code" | "key" | "oidc" | "signature";

/** Where they come from, as the edge tells it (`CF-Connecting-IP`). */
export type Origin =
  /** An IPv4 address each. */
  | "ipv4 each"
  /** An IPv6 /48 each. */
  | "/48 each"
  | "one ipv4"
  /** One /48 whose /64s and /56s are walked. */
  | "one /48"
  /** One address, and a forged `X-Forwarded-For` each. */
  | "one ipv4, forged header"
  /** An address each behind another Worker (`CF-Worker`). */
  | "another worker";

/** Who asks, how often, and what the rules are to give them. */
export type Population = {
  readonly name: string;
  readonly honest: boolean;
  readonly way: Way;
  readonly origin: Origin;
  readonly claims: number;
  /**
   * Cores of a native solver, for each 1,000 claims an hour that the network gives without a credential; null: as
   * much as it takes, as a person does who wants one claim.
   */
  readonly cores: number | null;
  /** The rule that bounds it. */
  readonly cap: Cap;
};

/** A cap as the network file or the credential states it; `one`: a proof is good for one claim. */
export type Cap =
  | "ipv4"
  | "ipv6By48"
  | "openPercent"
  | "dialectPercent"
  | "keyPerDay"
  | "codeBudget"
  | "oidcPerDay"
  | "one"
  | "none";

/** What each API key and each event code of these runs is good for. */
export const [keyPerDay, codeBudget] = [12, 24];

/** What the network file says of limits; the smaller run scales the budget down, never the caps of a client. */
export type Limits = {
  readonly hourlyBudget: number;
  readonly openPercent: number;
  readonly dialectPercent: number;
  readonly credentials: { readonly oidcPerDay: number };
  readonly client: {
    readonly ipv4: number;
    readonly ipv6By64: number;
    readonly ipv6By56: number;
    readonly ipv6By48: number;
  };
};

/** One run: the network's limits and everybody who asks within the hour. */
export type Scale = { readonly limits: Limits; readonly challengeTries: number; readonly populations: Population[] };

/** A native solver makes a quiet puzzle (256 derivations of 3 ms) in 0.77 s: so many an hour on one core. */
export const puzzlesACoreHour = 4_700;

const client = { ipv4: 8, ipv6By64: 2, ipv6By56: 4, ipv6By48: 8 };

/** All of it in one hour: the sliding window frees nothing, and nothing needs a false clock. */
export const scales = {
  small: scaled(400, 1),
  large: scaled(3_200, 8),
} satisfies Record<string, Scale>;

function scaled(hourlyBudget: number, times: number): Scale {
  const honest = { honest: true, way: "challenge", cores: null, cap: "none" } as const;
  const open = { honest: false, way: "challenge", cap: "openPercent" } as const;
  const patient = { honest: false, way: "challenge", cores: null } as const;
  return {
    limits: { hourlyBudget, openPercent: 60, dialectPercent: 20, client, credentials: { oidcPerDay: 10 } },
    // Cheap, so that the whole hour's work is done in seconds: every price is a multiple of it.
    challengeTries: 2,
    populations: [
      { ...honest, name: "homes, IPv4", origin: "ipv4 each", claims: 20 * times },
      { ...honest, name: "homes, IPv6", origin: "/48 each", claims: 12 * times },
      { ...honest, name: "one CGNAT address", origin: "one ipv4", claims: 8 },
      { ...honest, name: "an event behind one address, by its code", way: "code", origin: "one ipv4", claims: 20 },
      { ...patient, name: "one address, many recipients", origin: "one ipv4", claims: 24, cap: "ipv4" },
      { ...patient, name: "a /48 that walks its prefixes", origin: "one /48", claims: 24, cap: "ipv6By48" },
      { ...patient, name: "forged X-Forwarded-For", origin: "one ipv4, forged header", claims: 20, cap: "ipv4" },
      { ...patient, name: "behind another Worker", origin: "another worker", claims: 20, cap: "ipv4" },
      { ...patient, name: "one proof, replayed", way: "replay", origin: "ipv4 each", claims: 30, cap: "one" },
      { ...open, name: "a list of proxies", origin: "ipv4 each", claims: 120 * times, cores: 0.2 },
      { ...open, name: "a solver farm", way: "stock", origin: "ipv4 each", claims: 120 * times, cores: 0.8 },
      { ...patient, name: "a leaked event code", way: "code", origin: "ipv4 each", claims: 60, cap: "codeBudget" },
      { ...patient, name: "a leaked API key", way: "key", origin: "ipv4 each", claims: 40, cap: "keyPerDay" },
      { ...patient, name: "a CI job in a loop", way: "oidc", origin: "ipv4 each", claims: 40, cap: "oidcPerDay" },
      { ...patient, name: "signatures of fresh keys", way: "signature", origin: "one ipv4", claims: 24, cap: "ipv4" },
      {
        ...{ name: "spam over dialects", honest: false, way: "dialect", origin: "ipv4 each", claims: 100 * times },
        ...{ cores: null, cap: "dialectPercent" },
      },
    ],
  };
}

/** The most claims of the hour that a cap lets through. */
export function claimsMost(cap: Cap, limits: Limits): number {
  switch (cap) {
    case "ipv4":
    case "ipv6By48":
      return limits.client[cap];
    case "openPercent":
    case "dialectPercent":
      return Math.ceil((limits.hourlyBudget * limits[cap]) / 100);
    case "keyPerDay":
      return keyPerDay;
    case "codeBudget":
      return codeBudget;
    case "oidcPerDay":
      return limits.credentials.oidcPerDay;
    case "one":
      return 1;
    case "none":
      return Number.POSITIVE_INFINITY;
  }
}

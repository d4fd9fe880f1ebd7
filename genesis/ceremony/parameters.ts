import { z } from "zod";

/** A time as leaves write it: RFC 3339 in UTC with milliseconds, in one spelling only. */
export const time = z.string().refine((text) => isTime(text), "is no time of the form 2026-11-24T19:00:00.000Z");
/** A whole number in decimal, without sign or leading zero. */
export const amount = z.string().regex(/^(0|[1-9][0-9]{0,38})$/, "is no whole number");
/** A share between 0 and 1 as chains write it, up to 18 digits behind the point. */
const share = z.string().regex(/^(0(\.[0-9]{1,18})?|1(\.0{1,18})?)$/, "is no share from 0 to 1");
/** An account's address in lower-case Bech32; whether its checksum holds is the judge's to say. */
export const operatorAddress = z.string().regex(/^[a-z0-9]{1,20}1[a-z0-9]{38,60}$/, "is no address");

/** What a ceremony is held by. Everything that decides how the genesis comes out, or who may do what, is here. */
export const parametersSchema = z.strictObject({
  chainId: z.string().regex(/^[A-Za-z0-9._-]{1,48}$/, "is no chain id"),
  prefix: z.string().regex(/^[a-z0-9]{1,20}$/),
  denom: z.string().regex(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/),
  /** How gentxs become validators: `collect-gentxs` of the SDK, or validators in the staking state (PAW). */
  style: z.enum(["gentxs", "staking-state"]),
  /** The document's shape: `AppGenesis` since SDK 0.47, `GenesisDoc` before. */
  shape: z.enum(["AppGenesis", "GenesisDoc"]),
  /** The order of gentxs in the genesis. By the operator's address bytes: it hangs on no file name and no time. */
  order: z.literal("operator"),
  bounds: z.strictObject({
    selfDelegationMin: amount.optional(),
    selfDelegationMax: amount.optional(),
    commissionRateMin: share.optional(),
    commissionRateMax: share.optional(),
    commissionMaxChangeRateMax: share.optional(),
  }),
  /** Whether each gentx's memo must be `nodeid@host:port`. */
  memoRequired: z.boolean(),
  /** Rules of the judge's second list that only warn here. */
  waived: z.array(z.string().regex(/^[a-z0-9.-]{1,64}$/)).max(32),
  /** Base units that make one unit of voting power. */
  powerReduction: amount,
  /** Who may hand in: anyone, or the operators of `allowlist`. */
  intake: z.enum(["open", "allowlist"]),
  allowlist: z.array(operatorAddress).max(800),
  /** From here on no gentx is taken. */
  closesAt: time,
  genesisTime: time,
  /** The share of voting power that must attest one hash before the countdown. */
  gatePercent: z.int().min(67).max(100),
  /** How long a sealed genesis must stand before the countdown. */
  sealLeadHours: z.int().min(0).max(720),
  /** Whether a seal, a reset and an abort take two coordinators. */
  twoPerson: z.boolean(),
});

/** What a ceremony is held by. */
export type Parameters = z.infer<typeof parametersSchema>;

/** Milliseconds since 1970 as leaves write a time. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString();
}

function isTime(text: string): boolean {
  const ms = Date.parse(text);
  return text.length === 24 && !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

import { z } from "zod";

const amount = z.string().regex(/^(0|[1-9][0-9]{0,38})$/, "a whole number of base units as a string");
const share = z
  .string()
  .regex(/^(0(\.[0-9]{1,18})?|1(\.0{1,18})?)$/, 'a share from 0 to 1 as a string, such as "0.05"');
const time = z.iso.datetime({ offset: true, error: "a time as 2027-01-31T15:00:00Z" });

/**
 * How a network's genesis ceremony is held. It is what a ceremony is created with; its coordinators change times and
 * bounds later by acts that stand in the log.
 */
export const ceremonySchema = z.strictObject({
  /** `gentxs`: the SDK's `collect-gentxs`. `staking-state`: validators written into the staking state, as PAW has it. */
  style: z.enum(["gentxs", "staking-state"]).default("gentxs"),
  /** The genesis document: `AppGenesis` since SDK 0.47, `GenesisDoc` before. */
  shape: z.enum(["AppGenesis", "GenesisDoc"]).default("AppGenesis"),
  /** The bond denom; the network's first denom when left out. */
  denom: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/)
    .optional(),
  /** What the coordinator asks of a gentx beyond the chain's own rules. */
  bounds: z
    .strictObject({
      selfDelegationMin: amount.optional(),
      selfDelegationMax: amount.optional(),
      commissionRateMin: share.optional(),
      commissionRateMax: share.optional(),
      commissionMaxChangeRateMax: share.optional(),
    })
    .prefault({}),
  /** Whether each gentx's memo must be `nodeid@host:port`. */
  memoRequired: z.boolean().default(false),
  /** Rules of the judge's second list that only warn here (docs/gentx-rules.md). */
  waived: z
    .array(z.string().regex(/^[a-z0-9.-]{1,64}$/))
    .max(32)
    .default([]),
  /** Base units that make one unit of voting power: the chain's own, 1000000 unless it changed it. */
  powerReduction: z
    .string()
    .regex(/^[1-9][0-9]{0,38}$/)
    .default("1000000"),
  /** Who may hand in: anyone, or those of `allowlist`. */
  intake: z.enum(["open", "allowlist"]).default("open"),
  allowlist: z
    .array(z.string().regex(/^[a-z0-9]{1,20}1[a-z0-9]{38,60}$/, "an account's address in lower case"))
    .max(800)
    .default([]),
  /** From here on no gentx is taken. */
  closesAt: time,
  genesisTime: time,
  /** The share of voting power, in percent, that must attest one genesis before the countdown. */
  gatePercent: z.int().min(67).max(100).default(80),
  /** How long a sealed genesis must stand before the countdown. */
  sealLeadHours: z.int().min(0).max(720).default(24),
  /** Whether a seal, a reset and an abort take two coordinators. */
  twoPerson: z.boolean().default(true),
  /** Gentxs that one client network (an IPv4 address, a /64) may hand in or have checked in 24 hours. 0: no limit. */
  gentxsPerDay: z.int().min(0).max(1_000_000).default(200),
});

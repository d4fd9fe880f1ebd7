import { z } from "zod";

const word = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "letters, digits, . _ and -");

/** How a network's validators sign up, and the commands that they are shown. */
export const validatorsSchema = z.strictObject({
  /** Who may register: anyone, or the accounts of `allowlist`. A coordinator reviews all of them. */
  intake: z.enum(["open", "allowlist"]).default("open"),
  allowlist: z
    .array(z.string().regex(/^[a-z0-9]{1,32}1[a-z0-9]{38,60}$/, "an account's address in lower case"))
    .max(2000)
    .default([]),
  /** Registrations, amendments and withdrawals that one client network may send in 24 hours. 0: no limit. */
  writesPerDay: z.int().min(0).max(1_000_000).default(50),
  /** Registrations that may wait for a coordinator. */
  pendingMax: z.int().min(1).max(10_000).default(500),
  /** Whether an approval may come with a code that is good for one claim at the faucet. */
  faucetGrant: z.boolean().default(true),
  /** The chain's own binary, so that every command shown is the one to type. */
  binary: z.strictObject({
    /** Such as `simd`. */
    name: word,
    /** Below the operator's own folder; `.NAME` when left out. */
    home: word.optional(),
    /** `genesis gentx` since SDK 0.47; `gentx` before, and in PAW's `pawd`. */
    gentx: z.enum(["genesis gentx", "gentx"]).default("genesis gentx"),
    /** `file` since SDK 0.50: `create-validator` reads a JSON file. `flags` before. */
    createValidator: z.enum(["file", "flags"]).default("file"),
    /** Whether it has `tx slashing unjail`. */
    unjail: z.boolean().default(true),
    /** Where its source is, and which version validators run, for the chain registry's `chain.json`. */
    gitRepo: z.url({ protocol: /^https$/ }).optional(),
    version: z
      .string()
      .regex(/^v?\d+(\.\d+){0,2}(-[\w.-]+)?$/, "a version such as v1.0.0")
      .optional(),
  }),
});

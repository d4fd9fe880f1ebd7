import { z } from "zod";

/** How a network's validators sign up. The commands that they are shown are made of the file's `node`. */
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
  /**
   * Which nodes of approved operators are connected to, to see whether they are there. `public`: at public addresses
   * alone. `any`: also where a name leads into a private network; for a network of one's own, never for a public one,
   * whose operators could then look around in it. `off`: none.
   */
  peerLooks: z.enum(["public", "any", "off"]).default("public"),
});

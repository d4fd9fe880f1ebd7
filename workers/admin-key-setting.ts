import { z } from "zod";
import type { AdminKeyEntry } from "./access/admin-keys.ts";
import { type Role, roles } from "./domain/admin/actor.ts";

const shape = /^([a-z0-9-]{1,32}):([a-z+]{1,64}):([0-9a-fA-F]{64})$/;

/**
 * The setting ADMIN_KEYS: `name:role+role:sha256 in hex`, by comma. A fault names the place of its entry and never
 * quotes it: who sets the key itself in place of its hash must not find it in a log.
 */
export const adminKeysSetting = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .pipe(z.array(z.string().transform(readEntry)).max(64, "has more than 64 entries"))
  .superRefine((entries, context) => {
    const seen = new Set<string>();
    entries.forEach(({ sha256 }, index) => {
      if (seen.has(sha256.join()))
        context.addIssue({ code: "custom", path: [index], message: "has a hash that stands before" });
      seen.add(sha256.join());
    });
  });

function readEntry(text: string, context: z.RefinementCtx): AdminKeyEntry {
  const [, name = "", named = "", hash = ""] = shape.exec(text) ?? [];
  const held = named.split("+");
  const known = roles.filter((role: Role) => held.includes(role));
  if (name === "") {
    context.addIssue({
      code: "custom",
      message: "is not name:role+role:sha256 (npm run operator -- new-key makes one)",
    });
    return z.NEVER;
  }
  if (known.length !== held.length) {
    context.addIssue({ code: "custom", message: `has a role other than ${roles.join(", ")}, or one twice` });
    return z.NEVER;
  }
  return { name, roles: known, sha256: Uint8Array.from(hash.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) };
}

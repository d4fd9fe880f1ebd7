import { parseArgs } from "node:util";
import { newAdminKey } from "./operator/admin-key.ts";
import { type AdminAnswer, adminTarget, askAdmin } from "./operator/ask.ts";

const usage = `npm run -s operator -- VERB [--url http://127.0.0.1:8787]

  new-key --name N --role R[+R]   makes an admin key; roles: viewer, operator, coordinator
  whoami                          whose key WELLSPRING_ADMIN_KEY is

All verbs but new-key take the key from WELLSPRING_ADMIN_KEY.`;

/** `npm run operator`: what an operator does, over the HTTP API. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: "string", default: `http://127.0.0.1:${process.env.PORT ?? "8787"}` },
      name: { type: "string" },
      role: { type: "string" },
    },
  });
  const [verb, ...rest] = positionals;
  if (verb === "new-key" && rest.length === 0) return tellNewKey(values.name ?? "", values.role ?? "");
  if (verb === "whoami" && rest.length === 0)
    return tell(await askAdmin(adminTarget(values.url), "GET", "/api/v1/admin/actor"));
  console.error(`Usage: ${usage}`);
  return 2;
}

function tellNewKey(name: string, role: string): number {
  const { key, entry } = newAdminKey(name, role.split("+"));
  console.log(`The key, shown this once:\n\n  ${key}\n`);
  console.log(`Its entry for the secret ADMIN_KEYS (entries by comma):\n\n  ${entry}\n`);
  console.log("Set it with: npx wrangler secret put ADMIN_KEYS");
  return 0;
}

/** Prints an answer's JSON; a refusal goes to stderr and is the exit code 1. */
function tell({ status, body }: AdminAnswer): number {
  if (status < 400) console.log(JSON.stringify(body, null, 2));
  else console.error(`Refused (${status} ${String(body.code)}): ${String(body.detail)}`);
  return status < 400 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

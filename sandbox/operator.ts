import { parseArgs } from "node:util";
import { newAdminKey } from "./operator/admin-key.ts";
import { type AdminAnswer, adminTarget, askAdmin, defaultNetwork } from "./operator/ask.ts";
import { adminRequest } from "./operator/verbs.ts";

const usage = `npm run -s operator -- VERB [--url http://127.0.0.1:8787] [--network CHAIN_ID]

  new-key --name N --role R[+R]      makes an admin key; roles: viewer, operator, coordinator
  whoami                             whose key WELLSPRING_ADMIN_KEY is
  status                             the faucet, and what operators have set
  pause --reason R [--retry-at TIME] [--drain=false]
                                     refuses new claims; with --drain=false nothing new is signed either
  resume
  budget CLAIMS_AN_HOUR | clear      in place of the network file's hourly budget
  deny ADDRESS --reason R            refuses new claims of an address
  allow ADDRESS
  denied [--cursor C]                the deny list
  keys | codes list [--cursor C]     API keys, event codes; never their secrets
  keys create --label L --per-day N [--budget N] [--expires TIME] [--denoms A,B]
  keys rotate ID [--grace SECONDS]   another secret; the old one stays good so long
  codes create --label L --budget N [--per-day N] [--expires TIME] [--denoms A,B] [--code WORDS]
  keys | codes revoke ID             for ever
  audit [--cursor C]                 what operators did, newest first
  ceremony [status]                  where the genesis ceremony stands
  ceremony create                    begins it, as the network file says
  ceremony base FILE                 the base genesis
  ceremony allocations FILE          accounts and balances, .csv or .json
  ceremony set NAME=VALUE… [--reason R]
                                     parameters, such as closesAt=2027-01-01T15:00:00.000Z
  ceremony move PHASE [--reason R]   accounts, collecting, attesting, …; going back needs a reason
  ceremony withdraw OPERATOR --reason R
  ceremony diff | report             what would be sealed, against the base; what the launch will be like
  ceremony seal SHA256 [--reason R]  seals the genesis of that hash, which the diff names
  ceremony abort --reason R
  ceremony audit [--cursor C]
  validators [list] [--state S] [--cursor C]
                                     registrations to review: pending, approved, rejected, withdrawn
  validators approve OPERATOR --rev N [--allocation 5000000upaw]
  validators reject OPERATOR --rev N --reason R
  validators contact | erase-contact OPERATOR
                                     the private contact; looking is written down
  validators grant OPERATOR          a code for one claim at the faucet, shown once
  validators allocations             what was granted, as CSV for \`ceremony allocations\`
  validators audit [--cursor C]

All verbs but new-key take the key from WELLSPRING_ADMIN_KEY. --network: the deployment's default when left out.`;

/** `npm run operator`: what an operator does, over the HTTP API. */
async function main(): Promise<number> {
  const text = { type: "string", default: "" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: "string", default: `http://127.0.0.1:${process.env.PORT ?? "8787"}` },
      ...{ network: text, name: text, role: text, reason: text, "retry-at": text, drain: text, cursor: text },
      ...{ label: text, "per-day": text, budget: text, expires: text, denoms: text, code: text, grace: text },
      ...{ rev: text, state: text, allocation: text },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(`Usage: ${usage}`);
    return 0;
  }
  const [verb, ...rest] = positionals;
  if (verb === "new-key" && rest.length === 0) return tellNewKey(values.name, values.role);
  const request = adminRequest(positionals, values);
  if (!request) {
    console.error(`Usage: ${usage}`);
    return 2;
  }
  const target = adminTarget(values.url);
  const named = request.path.includes("{chainId}") && values.network === "";
  const chainId = named ? await defaultNetwork(target.base) : values.network;
  const path = request.path.replace("{chainId}", encodeURIComponent(chainId));
  return tell(await askAdmin(target, { ...request, path }));
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
  if (typeof body === "string") console.log(body.trimEnd());
  else if (status < 400) console.log(JSON.stringify(body, null, 2));
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

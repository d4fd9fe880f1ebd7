import { parseArgs } from "node:util";

/** What `npm run claim` is told. */
export type ClaimOptions = {
  readonly address: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Null: the deployment's default. */
  readonly network: string | null;
  readonly denoms: readonly string[] | null;
  readonly code: string | null;
  /** An API key or a CI job's token; null: none. */
  readonly key: string | null;
  readonly json: boolean;
  /** How long the end of the claim is waited for. */
  readonly waitMs: number;
};

/** The words of `--help`. */
export const usage = `npm run claim -- ADDRESS [options]

  --url URL        the deployment; http://127.0.0.1:8787, with PORT its port
  --network ID     the chain id; the deployment's default
  --denoms a,b     which tokens; all that the faucet pays
  --code CODE      an event's code
  --key-env NAME   the environment variable that holds an API key or a CI token; WELLSPRING_API_KEY
  --wait SECONDS   how long to wait for the payment; 300. 0 asks and leaves
  --json           one JSON object at the end and nothing else on stdout

exit code
  0  paid (with --wait 0: accepted)
  1  refused, or failed with nothing paid
  2  the command is not as it should be
  3  no answer from the deployment
  4  accepted, and not paid within --wait: it will be, ask for it by its id`;

const waitSecondsMax = 86_400;
const options = {
  url: { type: "string" },
  network: { type: "string" },
  denoms: { type: "string" },
  code: { type: "string" },
  "key-env": { type: "string" },
  wait: { type: "string", default: "300" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the command line. `help`, or a fault in words. A key comes from the environment alone: arguments are public. */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly options: ClaimOptions } | { readonly help: true } | { readonly fault: string } {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { fault: (error as Error).message };
  }
  const { values, positionals } = parsed;
  if (values.help) return { help: true };
  const [address, ...more] = positionals;
  if (address === undefined) return { fault: "ADDRESS is missing" };
  if (more.length > 0) return { fault: `one address at a time, not also ${more.join(" ")}` };
  const url = values.url ?? `http://127.0.0.1:${env.PORT ?? "8787"}`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return { fault: `--url ${url} is no http address` };
  const seconds = Number(values.wait);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > waitSecondsMax)
    return { fault: `--wait ${values.wait} is not 0 to ${waitSecondsMax} seconds` };
  const named = values["key-env"];
  const key = env[named ?? "WELLSPRING_API_KEY"] || null;
  if (named !== undefined && key === null) return { fault: `the environment variable ${named} is not set` };
  return {
    options: {
      address,
      url: url.replace(/\/+$/, ""),
      network: values.network ?? null,
      denoms: values.denoms?.split(",") ?? null,
      code: values.code ?? null,
      key,
      json: values.json,
      waitMs: seconds * 1000,
    },
  };
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options });

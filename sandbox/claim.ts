import { parseArgs } from "node:util";

const usage = "npm run claim -- ADDRESS [--url http://127.0.0.1:8787] [--network CHAIN_ID] [--denoms a,b]";
const waitMsMax = 300_000;
const pauseMs = 500;

type Body = Record<string, unknown>;

/** `npm run claim`: claims tokens for an address and waits for the end, with a line for each change. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: "string", default: `http://127.0.0.1:${process.env.PORT ?? "8787"}` },
      network: { type: "string" },
      denoms: { type: "string" },
    },
  });
  const [address, ...more] = positionals;
  if (!address || more.length > 0) {
    console.error(`Usage: ${usage}`);
    return 2;
  }
  const base = `${values.url.replace(/\/+$/, "")}/api/v1/networks`;
  const chainId = values.network ?? (await defaultNetwork(base));
  const claims = `${base}/${encodeURIComponent(chainId)}/faucet/claims`;
  const denoms = values.denoms === undefined ? {} : { denoms: values.denoms.split(",") };
  // One key for all tries: a lost answer is asked for again, and pays once.
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await ask(claims, { method: "POST", headers, body: JSON.stringify({ address, ...denoms }) });
  if (answer.status !== 202) return tellRefusal(answer);
  return follow(`${claims}/${String(answer.body.id)}`, answer.body);
}

async function defaultNetwork(base: string): Promise<string> {
  const { body } = await ask(base, {});
  const [first] = Array.isArray(body.networks) ? (body.networks as Body[]) : [];
  if (typeof first?.chainId !== "string") throw new Error(`${base} names no network: ${JSON.stringify(body)}`);
  return first.chainId;
}

async function follow(url: string, first: Body): Promise<number> {
  const endMs = Date.now() + waitMsMax;
  let claim = first;
  let told = "";
  for (;;) {
    const line = describe(claim);
    if (line !== told) console.log(line);
    told = line;
    if (claim.state === "confirmed") return 0;
    if (claim.state === "failed") return 1;
    if (Date.now() > endMs) throw new Error(`the claim has not ended in ${waitMsMax / 1000} s; it will: ${url}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const answer = await ask(url, {});
    if (answer.status === 200) claim = answer.body;
  }
}

function describe(claim: Body): string {
  switch (claim.state) {
    case "queued":
      return `queued, place ${String(claim.queuePosition ?? "?")}  (claim ${String(claim.id)})`;
    case "submitted":
      return `submitted in ${String(claim.txHash)}`;
    case "confirmed":
      return `confirmed in block ${String(claim.height)}: ${String(claim.txHash)}`;
    default:
      return `${String(claim.state)}: ${String(claim.code ?? "")} ${String(claim.reason ?? "")}`.trim();
  }
}

function tellRefusal({ status, body }: { status: number; body: Body }): number {
  const until = typeof body.retryAt === "string" ? ` Again at ${body.retryAt}.` : "";
  console.error(`Refused (${status} ${String(body.code)}): ${String(body.detail)}${until}`);
  return 1;
}

/** Three tries, a pause between them. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; body: Body }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) });
      return { status: answer.status, body: (await answer.json()) as Body };
    } catch (error) {
      if (attempt === 3) throw new Error(`no usable answer from ${url}: ${String(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
    }
  }
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

import { parseArgs } from "node:util";
import { solvePuzzle } from "./solve.ts";

const usage = "npm run claim -- ADDRESS [--url http://127.0.0.1:8787] [--network CHAIN_ID] [--denoms a,b]";
const waitMsMax = 300_000;
const pauseMs = 500;
const puzzlesMost = 3;

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
  const faucet = `${base}/${encodeURIComponent(chainId)}/faucet`;
  const claims = `${faucet}/claims`;
  const denoms = values.denoms === undefined ? {} : { denoms: values.denoms.split(",") };
  // One key for all tries: a lost answer is asked for again, and pays once.
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const claim = (more: Body) =>
    ask(claims, { method: "POST", headers, body: JSON.stringify({ address, ...denoms, ...more }) });
  let answer = await claim({});
  for (let bought = 0; bought < puzzlesMost && wantsPuzzle(answer.body.code); bought += 1) {
    const puzzle = await ask(`${faucet}/challenges`, { method: "POST", headers, body: JSON.stringify({ address }) });
    if (puzzle.status !== 201) return tellRefusal(puzzle);
    answer = await claim({ challenge: await solve(puzzle.body) });
  }
  if (answer.status !== 202) return tellRefusal(answer);
  return follow(`${claims}/${String(answer.body.id)}`, answer.body);
}

/** The price may rise while one solves; then a dearer one is asked for. */
function wantsPuzzle(code: unknown): boolean {
  return code === "challenge_required" || code === "challenge_outpriced";
}

/** With a line that is written over on a terminal, and one at the end for a log. */
async function solve({ challenge, work }: Body): Promise<string> {
  const { triesMost } = work as { triesMost: number };
  const begunMs = Date.now();
  const line = (text: string, end = "") => process.stdout.isTTY && process.stdout.write(`\r${text.padEnd(60)}${end}`);
  line("solving a puzzle …");
  const solved = await solvePuzzle(challenge, triesMost, (done) => {
    const seconds = Math.ceil(((Date.now() - begunMs) / done - (Date.now() - begunMs)) / 1000);
    line(`solving a puzzle … ${Math.round(done * 100)} %, at most ${seconds} s more`);
  });
  line("", "\r");
  console.log(`solved a puzzle in ${((Date.now() - begunMs) / 1000).toFixed(1)} s`);
  return solved;
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

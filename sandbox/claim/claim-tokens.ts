import { solvePuzzle } from "../solve.ts";
import { type Answer, ask, type Body } from "./ask.ts";
import type { ClaimOptions } from "./options.ts";
import type { Progress } from "./progress.ts";

const pauseMs = 500;
const tickMs = 100;
const puzzlesMost = 3;

/** How a claim ended. `late`: accepted, but not paid within the time that was waited. */
export type Outcome = {
  readonly end: "paid" | "accepted" | "failed" | "late" | "refused";
  /** The claim; the problem where it was refused. */
  readonly body: Body;
};

/** Claims for an address and follows the claim to its end; tells `progress` of every change. */
export async function claimTokens(options: ClaimOptions, progress: Progress): Promise<Outcome> {
  const { url, network, address, key } = options;
  progress.now(`asking ${url}`);
  const base = `${url}/api/v1/networks`;
  const chosen = network === null ? await defaultNetwork(base) : { chainId: network };
  if ("refusal" in chosen) return { end: "refused", body: chosen.refusal };
  const faucet = `${base}/${encodeURIComponent(chosen.chainId)}/faucet`;
  // One key for all tries: a lost answer is asked for again, and pays once.
  const headers = {
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  const wanted = {
    address,
    ...(options.denoms === null ? {} : { denoms: options.denoms }),
    ...(options.code === null ? {} : { code: options.code }),
  };
  const post = (path: string, body: Body) =>
    ask(faucet + path, { method: "POST", headers, body: JSON.stringify(body) });
  let answer = await post("/claims", wanted);
  // The price may rise while one solves; then a dearer puzzle is asked for.
  const wantsWork = () => ["challenge_required", "challenge_outpriced"].includes(String(answer.body.code));
  for (let puzzles = 0; puzzles < puzzlesMost && wantsWork(); puzzles += 1) {
    const puzzle = await post("/challenges", { address });
    answer =
      puzzle.status === 201 ? await post("/claims", { ...wanted, challenge: await solve(puzzle, progress) }) : puzzle;
  }
  if (answer.status !== 202) return { end: "refused", body: answer.body };
  return follow(`${faucet}/claims/${String(answer.body.id)}`, answer.body, options.waitMs, progress);
}

async function solve({ body }: Answer, progress: Progress): Promise<string> {
  const { triesMost } = body.work as { triesMost: number };
  const begunMs = Date.now();
  progress.now("puzzle   0 %");
  const solved = await solvePuzzle(body.challenge, triesMost, (done) => {
    const seconds = Math.ceil(((Date.now() - begunMs) / done - (Date.now() - begunMs)) / 1000);
    progress.now(`puzzle ${String(Math.round(done * 100)).padStart(3)} %, at most ${seconds} s more`);
  });
  progress.now(`solved a puzzle in ${((Date.now() - begunMs) / 1000).toFixed(1)} s`, true);
  return solved;
}

async function defaultNetwork(base: string): Promise<{ chainId: string } | { refusal: Body }> {
  const { body } = await ask(base, {});
  const [first] = Array.isArray(body.networks) ? (body.networks as Body[]) : [];
  return typeof first?.chainId === "string" ? { chainId: first.chainId } : { refusal: body };
}

async function follow(url: string, first: Body, waitMs: number, progress: Progress): Promise<Outcome> {
  const endMs = Date.now() + waitMs;
  let claim = first;
  // The seconds go on while the faucet is asked.
  const tick = setInterval(() => progress.now(describe(claim)), tickMs);
  try {
    for (;;) {
      if (claim.state === "confirmed") return { end: "paid", body: claim };
      if (claim.state === "failed") return { end: "failed", body: claim };
      progress.now(describe(claim), true);
      if (Date.now() >= endMs) return { end: waitMs === 0 ? "accepted" : "late", body: claim };
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const answer = await ask(url, {});
      if (answer.status === 200) claim = answer.body;
    }
  } finally {
    clearInterval(tick);
  }
}

/** A claim's state in a line. */
export function describe(claim: Body): string {
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

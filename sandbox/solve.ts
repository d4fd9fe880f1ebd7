import { availableParallelism } from "node:os";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/scrypt";

type Puzzle = Parameters<typeof solveChallenge>[0]["challenge"];
const tellMs = 500;

/**
 * Solves a claim's puzzle on up to four cores; answers what the claim takes as `challenge`. `tell` hears the share of
 * the work that is done, at most twice a second. Throws when nobody finds the counter in ten minutes.
 */
export async function solvePuzzle(puzzle: unknown, triesMost: number, tell: (done: number) => void): Promise<string> {
  const challenge = puzzle as Puzzle;
  const controller = new AbortController();
  const step = Math.min(4, availableParallelism());
  let [tried, toldMs] = [0, Date.now()];
  const counted: typeof deriveKey = (parameters, salt, password) => {
    tried += 1;
    if (Date.now() - toldMs >= tellMs) {
      tell(Math.min(1, tried / triesMost));
      toldMs = Date.now();
    }
    return deriveKey(parameters, salt, password);
  };
  const runs = Array.from({ length: step }, (_, counterStart) => {
    const options = { challenge, controller, counterStart, counterStep: step, deriveKey: counted, timeout: 600_000 };
    return solveChallenge(options);
  });
  const found = runs.map(async (run) => (await run) ?? Promise.reject(new Error("not found")));
  const solution = await Promise.any(found).catch((cause: unknown) => {
    throw new Error("the puzzle was not solved in ten minutes", { cause });
  });
  controller.abort();
  await Promise.allSettled(runs);
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}

import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/scrypt";

type Puzzle = Parameters<typeof solveChallenge>[0]["challenge"];

/** Solves a puzzle as a client does and answers what `challenge` of a claim takes. */
export async function solve(puzzle: unknown): Promise<string> {
  const challenge = puzzle as Puzzle;
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("the puzzle was not solved in 90 s");
  return pack(challenge, solution);
}

/** Packs a puzzle and any solution, also a wrong one. */
export function pack(challenge: unknown, solution: unknown): string {
  return btoa(JSON.stringify({ challenge, solution }));
}

/** What {@link pack} packed. */
export function unpack(text: string): { challenge: Puzzle; solution: { counter: number; derivedKey: string } } {
  return JSON.parse(atob(text)) as ReturnType<typeof unpack>;
}

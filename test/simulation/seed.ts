import { judge } from "./judge.ts";
import { type Planted, World } from "./world.ts";

/** What one seed showed. */
export type SeedReport = {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly cells: [string, number][];
  readonly log: readonly string[];
  readonly claims: number;
  readonly blocks: number;
};

/** Runs one seed: the same seed and code give the same run, line for line. */
export async function runSeed(seed: number, planted: Planted = {}): Promise<SeedReport> {
  const world = new World(seed, planted);
  try {
    await world.run();
    judge(world);
  } catch (error) {
    world.violate(`the run broke: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return {
    seed,
    violations: world.witness.violations,
    cells: world.matrix.entries(),
    log: world.witness.log,
    claims: world.disk.image.claims.length,
    blocks: world.chain.height,
  };
}

import { parseArgs } from "node:util";
import { startGround } from "./ground.ts";
import { play } from "./play.ts";
import { scales } from "./populations.ts";
import { honestLeast, honestServed, overCap, table } from "./table.ts";

const usage = "npm run abuse -- [--scale small|large] [--seed N]";

/** `npm run abuse`: seeded populations against the deployed bundle, and a table of what each got. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { scale: { type: "string", default: "small" }, seed: { type: "string", default: "1" } },
  });
  const seed = Number(values.seed);
  const scale = values.scale === "small" || values.scale === "large" ? scales[values.scale] : null;
  if (scale === null || !Number.isInteger(seed)) {
    console.error(`Usage: ${usage}`);
    return 2;
  }
  const { limits, challengeTries } = scale;
  const begunMs = performance.now();
  const ground = await startGround("abuse-1", { limits, challenge: "pow", challengeTries });
  try {
    const tallies = await play(ground, scale, seed);
    const [served, over] = [honestServed(tallies), overCap(tallies, limits)];
    console.log(table(tallies, limits));
    const took = ((performance.now() - begunMs) / 1000).toFixed(0);
    console.log(
      `\nhourly budget ${limits.hourlyBudget}, seed ${seed}: honest claims served ${(served * 100).toFixed(1)} %,`,
    );
    console.log(`${over.length === 0 ? "nobody over its cap" : `OVER: ${over.join("; ")}`}; took ${took} s`);
    return served >= honestLeast && over.length === 0 ? 0 : 1;
  } finally {
    await ground.stop();
  }
}

process.exitCode = await main();

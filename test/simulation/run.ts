import { parseArgs } from "node:util";
import { Matrix } from "./faults.ts";
import { runSeed } from "./seed.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    log: { type: "boolean", default: false },
  },
});
const [count, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(from)) {
  console.error("usage: npm run simulate -- --seeds N [--from SEED] [--log]");
  process.exit(2);
}

const matrix = new Matrix();
const startedMs = performance.now();
let [failed, claims] = [0, 0];
for (let seed = from; seed < from + count; seed += 1) {
  const report = await runSeed(seed);
  matrix.merge(report.cells);
  claims += report.claims;
  if (values.log) console.log(report.log.join("\n"));
  if (report.violations.length === 0) continue;
  failed += 1;
  if (failed <= 10) {
    console.log(`seed ${seed}: ${report.violations.slice(0, 3).join("; ")}`);
    console.log(`  replay: npm run simulate -- --seeds 1 --from ${seed} --log`);
  }
}
const tookMs = performance.now() - startedMs;
console.log(matrix.print());
const empty = count >= 1000 ? matrix.empty() : [];
if (empty.length > 0) console.log(`cells that no seed reached: ${empty.join(", ")}`);
console.log(`${count} seeds, ${claims} claims, ${(tookMs / count).toFixed(1)} ms a seed, ${failed} with a violation`);
process.exit(failed > 0 || empty.length > 0 ? 1 : 0);

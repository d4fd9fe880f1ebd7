import { spawnSync } from "node:child_process";
import { chainTestsBlocked, findGo } from "./support/go.ts";

/**
 * `npm test`: the tests that need nothing but Node, then a word on those that need Go.
 * Further arguments go to vitest.
 */
function main(): number {
  const tests = spawnSync("vitest", ["run", "--project", "workerd", "--project", "node", ...process.argv.slice(2)], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (tests.status !== 0) return tests.status ?? 1;
  const go = findGo();
  const blocked = chainTestsBlocked(go);
  if (blocked === null) {
    console.log(`Not run here: the tests on a real chain. \`npm run test:chain\` runs them (found ${go?.version}).`);
    return 0;
  }
  if (process.env.CI === "true") {
    console.error(`FAILED: the tests on a real chain must run in CI, but ${blocked}.`);
    return 1;
  }
  console.log(`SKIPPED: the tests on a real chain (\`npm run test:chain\`), because ${blocked}.`);
  return 0;
}

process.exitCode = main();

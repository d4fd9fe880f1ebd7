import { spawnSync } from "node:child_process";

/**
 * Whether this machine has the programs that a test needs. In CI a machine without one is a failure, elsewhere it is
 * said what is not tested and `how` to get them, so that nothing is skipped in silence.
 */
export function hasTools(what: string, tools: readonly string[], how: string): boolean {
  const missing = tools.filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
  if (missing.length === 0) return true;
  const words = `${what}: ${missing.join(" and ")} not found (${how})`;
  if (process.env.CI === "true") throw new Error(`must run in CI: ${words}`);
  console.warn(`SKIPPED: ${words}`);
  return false;
}

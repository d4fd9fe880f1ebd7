import { spawnSync } from "node:child_process";

/** A Go toolchain that is on the path. */
export type Go = { readonly version: string; readonly newEnough: boolean };

/** The oldest Go that builds the devnet: cosmos-sdk v0.50 asks for 1.23 in its go.mod. */
const oldest = [1, 23] as const;

/** Looks for `go` on the path. Null: there is none. */
export function findGo(): Go | null {
  const answer = spawnSync("go", ["env", "GOVERSION"], {
    encoding: "utf8",
    timeout: 10_000,
    env: { ...process.env, GOTOOLCHAIN: "local" },
  });
  if (answer.status !== 0) return null;
  return readGo(answer.stdout);
}

/** Reads what `go env GOVERSION` prints, such as `go1.26.8`. */
export function readGo(printed: string): Go {
  const match = /^go(\d+)\.(\d+)/.exec(printed.trim());
  const major = Number(match?.[1] ?? 0);
  const minor = Number(match?.[2] ?? 0);
  const newEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return { version: printed.trim(), newEnough };
}

/** Why the tests on a real chain can't run here, or null when they can. */
export function chainTestsBlocked(go: Go | null): string | null {
  if (go === null) return "Go was not found";
  return go.newEnough ? null : `${go.version} is too old, ${oldest.join(".")} is needed`;
}

import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { buildDevnet } from "./build.ts";
import type { DevnetOptions } from "./options.ts";

/**
 * Puts the test chain's program at `path`, as the program of the network that `chain` describes: whoever follows the
 * guides calls it by that name. Its settings stand in the small script that is called; the program itself reads the
 * node's settings under the name that it was started by, so it lies beside under the same one. Answers the file's path.
 */
export async function putProgram(path: string, chain: DevnetOptions, topLevel: boolean): Promise<string> {
  const file = resolve(path);
  const name = basename(file);
  const folder = join(dirname(file), `.${name}`);
  await mkdir(folder, { recursive: true });
  const program = join(folder, name);
  await copyFile(await buildDevnet(), program);
  const settings = {
    DEVNET_PREFIX: chain.prefix,
    DEVNET_DENOM: chain.denom,
    DEVNET_HOME: chain.homeDir && resolve(chain.homeDir),
    DEVNET_MAX_MESSAGES: chain.maxMessages || undefined,
    DEVNET_MAX_GAS: chain.maxGas || undefined,
    DEVNET_TOP_LEVEL: topLevel ? 1 : undefined,
  };
  const lines = Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`export ${key}="\${${key}:-${value}}"`],
  );
  await writeFile(
    file,
    `#!/bin/sh\n# A test chain's program, by npm run devnet -- --program.\n${lines.join("\n")}\nexec "${program}" "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}

import { digestOf } from "../attest/digest.ts";
import { writeWord } from "../attest/word.ts";
import { sha256Hex } from "../log/bytes.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { challengeOptions, challengeUsage, readChallenge } from "./challenge-file.ts";
import { readGenesisFile } from "./safe-file.ts";

/** See {@link run}. */
export const usage = `npm run -s genesis -- attest-word --genesis FILE [options]
${challengeUsage}
  --genesis FILE     the genesis file that your node will start from
  --node-id ID       your node, whose beacons shall count as yours`;

/**
 * Prints the one line that an operator signs to attest the genesis file they hold. Answers 1, and prints no line, when
 * the file is not the sealed one and the challenge says so.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...challengeOptions,
    genesis: { type: "string" },
    "node-id": { type: "string" },
  });
  if (positionals.length > 0 || values.genesis === undefined) throw new UsageError("--genesis names one file");
  // The line does not hold the operator: its signature does.
  const asked = await readChallenge({ operator: "", ...values }, "attestNonce");
  const genesis = await readGenesisFile(values.genesis);
  const own = sha256Hex(genesis);
  if (asked.genesisSha256 !== null && asked.genesisSha256 !== own) {
    console.error(`${values.genesis} has the SHA-256 ${own}; the sealed genesis has ${asked.genesisSha256}.`);
    console.error(`Download content/${asked.genesisSha256} of the log, put it in its place, and ask again.`);
    return 1;
  }
  const node = values["node-id"] ?? null;
  console.log(line({ ...asked, node }, genesis));
  return 0;
}

type Said = Awaited<ReturnType<typeof readChallenge>> & { readonly node: string | null };

function line(said: Said, genesis: Uint8Array): string {
  if (!/^[0-9a-f]{32}$/.test(said.nonce)) throw new UsageError("--nonce has 32 hexadecimal digits");
  try {
    return writeWord({ ...said, digest: digestOf(said.nonce, genesis) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError("a fact has the wrong form: chain id, version, expiry or node id", { cause: error });
  }
}

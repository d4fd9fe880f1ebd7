import { UsageError } from "./cli/arguments.ts";

/** What each file under `cli/` exports. */
type Verb = {
  /** One line a way to call it. */
  readonly usage: string;
  /** Runs the verb with what follows its name. Answers the exit code: 0 all is well, 1 it is not. */
  run(args: readonly string[]): Promise<number>;
};

/** Each verb lies in `cli/VERB.ts` and is loaded when it is called: `check` shouldn't pay for `diff`. */
const verbs: Readonly<Record<string, string>> = {
  check: "judges gentx files by the rules of the chain",
  assemble: "makes the genesis from a base genesis and gentxs",
  download: "fetches a ceremony's log, for verify",
  verify: "rebuilds a genesis and compares it to the byte",
  "new-log-key": "makes the key that signs a ceremony's log",
  "register-word": "prints the line that an operator signs to register a validator",
  "attest-word": "prints the line that an operator signs to attest a genesis",
  beacon: "signs what a node says of itself before genesis time",
  diff: "tells what changed between two genesis files",
  report: "sums a genesis up for people",
};

const usage = `npm run genesis -- VERB ...\n${Object.entries(verbs)
  .map(([name, words]) => `  ${name.padEnd(15)}${words}`)
  .join("\n")}`;

/** `npm run genesis -- VERB ...`. Exit codes: 0 well, 1 not well, 2 asked wrongly or a file could not be read. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (!Object.hasOwn(verbs, name)) {
    console.error(`Usage: ${usage}`);
    return name === "" || name === "--help" ? 0 : 2;
  }
  const verb = (await import(`./cli/${name}.ts`)) as Verb;
  if (args.includes("--help")) {
    console.log(`Usage: ${verb.usage}`);
    return 0;
  }
  try {
    return await verb.run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nUsage: ${verb.usage}`);
    return 2;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

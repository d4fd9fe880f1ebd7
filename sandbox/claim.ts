import { NoAnswer } from "./claim/ask.ts";
import { claimTokens, describe, type Outcome } from "./claim/claim-tokens.ts";
import { readOptions, usage } from "./claim/options.ts";
import { progressOn, silent } from "./claim/progress.ts";

const exitCodes = { paid: 0, accepted: 0, failed: 1, refused: 1, late: 4 } as const satisfies Record<
  Outcome["end"],
  number
>;
const badCommand = 2;
const noAnswer = 3;

/** `npm run claim`: claims tokens for an address and follows the claim. The exit codes: `--help`. */
async function main(): Promise<number> {
  const read = readOptions(process.argv.slice(2), process.env);
  if ("help" in read) {
    console.log(usage);
    return 0;
  }
  if ("fault" in read) {
    console.error(`${read.fault}\n\n${usage}`);
    return badCommand;
  }
  const { options } = read;
  const progress = options.json ? silent : progressOn(process.stdout, () => Date.now());
  try {
    const outcome = await claimTokens(options, progress);
    if (options.json) console.log(JSON.stringify({ end: outcome.end, ...outcome.body }));
    else progress.end(outcome.end === "refused" ? "refused" : wordsOf(outcome));
    if (outcome.end === "refused") tellRefusal(outcome.body);
    return exitCodes[outcome.end];
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (!options.json) progress.end("no answer");
    console.error(error.message);
    return noAnswer;
  }
}

function wordsOf({ end, body }: Outcome): string {
  const later = end === "late" ? "still open, and it will be paid: " : "";
  return `${later}${describe(body)}`;
}

function tellRefusal({ code, detail, retryAt }: Outcome["body"]): void {
  const until = typeof retryAt === "string" ? `\nAgain at ${retryAt}, ${secondsTo(retryAt)}.` : "";
  console.error(`Refused (${String(code)}): ${String(detail)}${until}`);
}

function secondsTo(time: string): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000));
  return seconds < 120 ? `in ${seconds} s` : `in ${Math.ceil(seconds / 60)} min`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

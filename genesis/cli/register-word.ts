import { readFile } from "node:fs/promises";
import { type Content, contentSchema } from "../validator/content.ts";
import { contentDigest, registrationActions, writeRegistrationWord } from "../validator/word.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { parsed } from "./challenge-file.ts";

/** See {@link run}. */
export const usage = `npm run -s genesis -- register-word --challenge FILE [--content FILE]
  --challenge FILE   what the server answered: action, origin, chainId, operator, expires, nonce
  --content FILE     what you register or amend: {"profile": {…}, "contact": …}; none to withdraw`;

/** Prints the one line that an operator signs to register, amend or withdraw. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { challenge: { type: "string" }, content: { type: "string" } });
  if (positionals.length > 0 || values.challenge === undefined) throw new UsageError("--challenge names one file");
  const told = await readJson(values.challenge);
  const of = (name: string) => {
    const value = told[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
    throw new UsageError(`${values.challenge} says no ${name}`);
  };
  const action = registrationActions.find((one) => one === of("action"));
  if (action === undefined) throw new UsageError(`${values.challenge} is for no action that is known`);
  if ((action === "withdraw") !== (values.content === undefined))
    throw new UsageError(action === "withdraw" ? "a withdrawal has no content" : "--content is missing");
  const content = values.content === undefined ? null : await readContent(values.content);
  try {
    const facts = {
      action,
      chainId: of("chainId"),
      origin: of("origin"),
      operator: of("operator"),
      nonce: of("nonce"),
    };
    console.log(writeRegistrationWord({ ...facts, expiresSec: Number(of("expires")), digest: contentDigest(content) }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`a fact in ${values.challenge} has the wrong form`, { cause: error });
  }
  return 0;
}

async function readContent(path: string): Promise<Content> {
  const read = contentSchema.safeParse(await readJson(path));
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `  ${issue.path.join(".") || "(file)"}: ${issue.message}`);
  throw new UsageError(`${path} can't be registered:\n${faults.join("\n")}`);
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new UsageError(`${path} can't be read`, { cause: error });
  });
  const value = parsed(text);
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new UsageError(`${path} is no JSON object`);
}

import type { Context } from "../gentx/context.ts";
import { genesisFacts } from "../gentx/genesis-facts.ts";
import { judgeGentx, readText, type Verdict } from "../gentx/judge.ts";
import type { Seat } from "../gentx/seat.ts";
import { parseJson } from "../json/parse.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { readGentxFiles } from "./gentx-files.ts";
import { opensslCheck } from "./openssl-check.ts";
import { readGenesisFile } from "./safe-file.ts";
import { tell } from "./tell-verdict.ts";

/** See {@link run}. */
export const usage = `npm run genesis -- check --chain-id ID --prefix P [options] FILE|DIR...
  --genesis FILE        judge by balances, parameters and one another too; it tells chain id, prefix and denom
  --valoper-prefix V    the prefix of operator addresses; <prefix>valoper unless it is given
  --denom D             the bond denom
  --known-chain-id ID   a chain id that gentxs may have been signed for by mistake; may be given again
  --require-memo        the memo must be nodeid@host:port
  --ethermint           accounts may have Ethermint's keys
  --only-fatal          judge by what a node would refuse, and by nothing else
  --json                a line of JSON for each file
  --all                 with --json, all failures and warnings, not only the first failure`;

const options = {
  "chain-id": { type: "string" },
  prefix: { type: "string" },
  "valoper-prefix": { type: "string" },
  denom: { type: "string" },
  genesis: { type: "string" },
  "known-chain-id": { type: "string", multiple: true },
  "require-memo": { type: "boolean" },
  ethermint: { type: "boolean" },
  "only-fatal": { type: "boolean" },
  json: { type: "boolean" },
  all: { type: "boolean" },
} as const;

/** Judges gentx files and prints what it finds. Answers 1 if any of them failed. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  const context = await contextOf(values);
  const files = await readGentxFiles(positionals);
  const accepted: Seat[] = [];
  let passed = 0;
  for (const { name, text } of files) {
    // Without a genesis each file is judged alone: files of several networks may lie in one folder.
    const verdict: Verdict = judgeGentx(
      text,
      values.genesis === undefined ? context : { ...context, others: accepted },
    );
    if (verdict.ok) passed += 1;
    if (verdict.ok && verdict.gentx !== undefined) accepted.push(verdict.gentx);
    console.log(tell(name, verdict, { json: values.json ?? false, all: values.all ?? false }));
  }
  if (values.json !== true) console.log(`\n${passed} of ${files.length} pass`);
  return passed === files.length ? 0 : 1;
}

type Values = ReturnType<typeof readArguments<typeof options>>["values"];

async function contextOf(values: Values): Promise<Context> {
  const facts =
    values.genesis === undefined
      ? null
      : genesisFacts(parseJson(readText(await readGenesisFile(values.genesis)), { depthMax: 512 }).value);
  const chainId = values["chain-id"] ?? facts?.chainId;
  const prefix = values.prefix ?? facts?.prefix;
  if (chainId == null) throw new UsageError("Name the chain: --chain-id ID, or --genesis FILE.");
  if (prefix == null)
    throw new UsageError("Name the prefix of addresses: --prefix P, or --genesis FILE with accounts.");
  const denom = values.denom ?? facts?.bondDenom;
  return {
    chainId,
    prefix,
    ...(values["valoper-prefix"] === undefined ? {} : { valoperPrefix: values["valoper-prefix"] }),
    ...(denom == null ? {} : { bondDenom: denom }),
    ...(facts === null ? {} : { genesis: facts }),
    policy: {
      onlyFatal: values["only-fatal"] ?? false,
      memoRequired: values["require-memo"] ?? false,
      ethermint: values.ethermint ?? false,
      knownChainIds: values["known-chain-id"] ?? [],
    },
    check: opensslCheck,
  };
}

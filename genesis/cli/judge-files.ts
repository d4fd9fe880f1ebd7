import { baseAccountOf } from "../allocation/account-json.ts";
import type { Candidate, GentxFile } from "../assemble/candidate.ts";
import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, type Items, section } from "../document/genesis-file.ts";
import type { Context } from "../gentx/context.ts";
import { genesisFacts } from "../gentx/genesis-facts.ts";
import { judgeGentx } from "../gentx/judge.ts";
import type { Json, JsonObject } from "../json/value.ts";
import { opensslCheck } from "./openssl-check.ts";

const findingsMax = 200;

/** What a node would refuse in these gentxs at its start, against the genesis that they go into. */
export function fatalFindings(
  file: GenesisFile,
  candidates: readonly Candidate[],
  files: ReadonlyMap<string, GentxFile>,
): Finding[] {
  const [first] = candidates;
  const chainId = file.root.get("chain_id");
  if (first === undefined || typeof chainId !== "string") return [];
  const genesis = genesisFacts(treeFor(file, new Set(candidates.map(({ account }) => account))));
  const context: Context = {
    chainId,
    prefix: first.prefix,
    ...(genesis.bondDenom === null ? {} : { bondDenom: genesis.bondDenom }),
    genesis,
    policy: { onlyFatal: true },
    check: opensslCheck,
  };
  const findings: Finding[] = [];
  for (const { file: name } of candidates) {
    for (const failure of judgeGentx(files.get(name)?.text ?? "", context).failures) {
      if (findings.length < findingsMax) findings.push({ ...failure, message: `${name}: ${failure.message}` });
    }
  }
  return findings;
}

/** The genesis as a tree with the gentxs' own accounts and balances alone: a million others needn't be held for it. */
function treeFor(file: GenesisFile, accounts: ReadonlySet<string>): JsonObject {
  const own = (items: Items): Json[] => {
    const found: Json[] = [];
    for (const item of items) if (accounts.has(String(baseAccountOf(item)?.get("address")))) found.push(item);
    return found;
  };
  const modules = appState(file);
  const state = new Map(modules)
    .set("auth", new Map(section(modules, "auth")).set("accounts", own(file.accounts)))
    .set("bank", new Map(section(modules, "bank")).set("balances", own(file.balances)));
  return new Map(file.root).set("app_state", state);
}

import { applyAllocations } from "../allocation/apply.ts";
import { genesisText } from "../document/write.ts";
import type { Context, Policy } from "../gentx/context.ts";
import { type GenesisFacts, genesisFacts } from "../gentx/genesis-facts.ts";
import { readGoDec } from "../gentx/go-number.ts";
import { type RuleId, rules } from "../gentx/rules.ts";
import type { Seat } from "../gentx/seat.ts";
import { parseJson } from "../json/parse.ts";
import type { AssemblyParts } from "./assembler.ts";
import type { Parameters } from "./parameters.ts";
import { BrokenPart, readAllocations, readBase } from "./parts.ts";

/** What the base genesis with its allocations says of accounts and rules. Throws {@link BrokenPart}. */
export function factsOfParts(parts: Pick<AssemblyParts, "base" | "allocations" | "parameters">): GenesisFacts {
  const base = readBase(parts.base);
  const table = readAllocations(parts);
  const applied = table === null ? { ok: true as const, file: base } : applyAllocations(base, table);
  if (!applied.ok) throw new BrokenPart(applied.findings.map(({ message }) => message).join("; "));
  return genesisFacts(parseJson([...genesisText(applied.file)].join("")).value);
}

/** What a gentx of this ceremony is judged against. */
export function judgeContext(parameters: Parameters, genesis: GenesisFacts, others: readonly Seat[]): Context {
  const { chainId, prefix, denom } = parameters;
  return { chainId, prefix, bondDenom: denom, genesis, others, policy: policyOf(parameters) };
}

function policyOf({ bounds, memoRequired, waived, powerReduction }: Parameters): Policy {
  const whole = (text: string | undefined) => (text === undefined ? undefined : BigInt(text));
  const share = (text: string | undefined) => (text === undefined ? undefined : (readGoDec(text) ?? undefined));
  const [min, max] = [whole(bounds.selfDelegationMin), whole(bounds.selfDelegationMax)];
  const [low, high, change] = [
    share(bounds.commissionRateMin),
    share(bounds.commissionRateMax),
    share(bounds.commissionMaxChangeRateMax),
  ];
  return {
    waived: waived.filter((id): id is RuleId => Object.hasOwn(rules, id)),
    memoRequired,
    powerReduction: BigInt(powerReduction),
    selfDelegation: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    commission: {
      ...(low === undefined ? {} : { min: low }),
      ...(high === undefined ? {} : { max: high }),
      ...(change === undefined ? {} : { maxChange: change }),
    },
  };
}

import { toBase64 } from "@cosmjs/encoding";
import { candidateOf, textOf } from "../assemble/candidate.ts";
import { gentxForm } from "../assemble/gentx-form.ts";
import { powerReduction } from "../assemble/validators-hash.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { isObject, type JsonObject } from "../json/value.ts";

/** A validator of a genesis, whether it stands there as a gentx or written out. */
export type ReviewedValidator = {
  readonly operator: string;
  readonly moniker: string;
  readonly tokens: bigint;
  readonly power: bigint;
  /** Decimals as text. */
  readonly rate: string;
  readonly maxRate: string;
  readonly maxChangeRate: string;
  readonly minSelfDelegation: string;
  readonly consensusKey: string;
  readonly website: string;
  readonly identity: string;
  readonly securityContact: string;
  readonly details: string;
  /** What follows `@` in the memo, without the port; empty: the memo names no host. */
  readonly host: string;
};

/** The validators in the order of the file. Throws `NotOfMessage` for a gentx that can't be read. */
export function validatorsOf(file: GenesisFile): ReviewedValidator[] {
  const found: ReviewedValidator[] = [];
  for (const tx of file.gentxs) {
    const { operatorAddress, tokens, consensusKey, message } = candidateOf("a gentx", gentxForm(tx, { tip: true }));
    const memo = isObject(tx) ? textOf(section(tx, "body").get("memo")) : "";
    const rates = section(message, "commission");
    found.push(reviewed(operatorAddress, tokens, toBase64(consensusKey), message, rates, hostOf(memo)));
  }
  const written = section(appState(file), "staking").get("validators");
  for (const each of Array.isArray(written) ? written : []) {
    if (!isObject(each)) continue;
    const key = textOf(section(each, "consensus_pubkey").get("key"));
    const rates = section(each, "commission", "commission_rates");
    const tokens = /^\d{1,78}$/.test(textOf(each.get("tokens"))) ? BigInt(textOf(each.get("tokens"))) : 0n;
    found.push(reviewed(textOf(each.get("operator_address")), tokens, key, each, rates, ""));
  }
  return found;
}

function reviewed(
  operator: string,
  tokens: bigint,
  consensusKey: string,
  holder: JsonObject,
  rates: JsonObject,
  host: string,
): ReviewedValidator {
  const description = section(holder, "description");
  return {
    operator,
    moniker: textOf(description.get("moniker")),
    tokens,
    power: tokens / powerReduction,
    rate: textOf(rates.get("rate")),
    maxRate: textOf(rates.get("max_rate")),
    maxChangeRate: textOf(rates.get("max_change_rate")),
    minSelfDelegation: textOf(holder.get("min_self_delegation")),
    consensusKey,
    website: textOf(description.get("website")),
    identity: textOf(description.get("identity")),
    securityContact: textOf(description.get("security_contact")),
    details: textOf(description.get("details")),
    host,
  };
}

function hostOf(memo: string): string {
  const [, host = ""] = /^[0-9a-fA-F]{40}@(.+):\d{1,5}$/.exec(memo) ?? [];
  return host.replace(/^\[|\]$/g, "").toLowerCase();
}

import type { Finding } from "../document/finding.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { isObject, type Json, type JsonObject } from "../json/value.ts";

/** The SDK's default denom, which a forgotten setting leaves behind. */
const leftover = "stake";
const placesMax = 20;

/**
 * One denom for bonding, minting, deposits and the crisis fee, and no `stake` left where a denom stands, unless it is
 * the bond denom itself.
 */
export function denomFindings(file: GenesisFile): Finding[] {
  const modules = appState(file);
  const bond = section(modules, "staking", "params").get("bond_denom");
  if (typeof bond !== "string" || bond === "") {
    return [
      {
        rule: "genesis.denom",
        message: "The staking module names no bond denom.",
        remedy: "Set app_state.staking.params.bond_denom.",
      },
    ];
  }
  const findings = denomsOf(modules)
    .filter(([, denom]) => denom !== bond)
    .map(([path, denom]) => other(path, denom, bond));
  if (bond === leftover) return findings;
  const named = new Set(denomsOf(modules).map(([path]) => path));
  const places = leftovers(modules).filter((path) => !named.has(path));
  return [...findings, ...places.slice(0, placesMax).map((path) => other(path, leftover, bond))];
}

function other(path: string, denom: string, bond: string): Finding {
  return {
    rule: denom === leftover ? "genesis.denom-leftover" : "genesis.denom",
    message: `${path} is ${denom}; the bond denom is ${bond}.`,
    remedy: `Set it to ${bond}, or take it out: nobody could pay or earn in it.`,
    value: denom.slice(0, 128),
  };
}

/** The denoms that a chain's own economy stands on, by path. */
function denomsOf(modules: JsonObject): [path: string, denom: string][] {
  const found: [string, Json | undefined][] = [
    ["mint.params.mint_denom", section(modules, "mint", "params").get("mint_denom")],
    ["crisis.constant_fee.denom", section(modules, "crisis", "constant_fee").get("denom")],
    ...coinDenoms("gov.params.min_deposit", section(modules, "gov", "params").get("min_deposit")),
    ...coinDenoms("gov.params.expedited_min_deposit", section(modules, "gov", "params").get("expedited_min_deposit")),
    ...coinDenoms("gov.deposit_params.min_deposit", section(modules, "gov", "deposit_params").get("min_deposit")),
  ];
  return found.flatMap(([path, denom]): [string, string][] => (typeof denom === "string" ? [[path, denom]] : []));
}

function coinDenoms(path: string, coins: Json | undefined): [string, Json | undefined][] {
  return Array.isArray(coins)
    ? coins.map((coin, index) => [`${path}.${index}.denom`, isObject(coin) ? coin.get("denom") : undefined])
    : [];
}

/** Where a key that ends in `denom` has the value `stake`. The three long lists aren't looked through. */
function leftovers(value: Json, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leftovers(each, `${path}.${index}`));
  if (!isObject(value)) return [];
  return [...value].flatMap(([key, each]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return each === leftover && /denom$/i.test(key) ? [here] : leftovers(each, here);
  });
}

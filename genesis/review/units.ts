import { textOf } from "../assemble/candidate.ts";
import { appState, type GenesisFile, section } from "../document/genesis-file.ts";
import { isObject, type Json, JsonNumber } from "../json/value.ts";

/** How a denom is shown: its name for people, and the digits behind the point. */
export type Unit = { readonly symbol: string; readonly exponent: number };

/**
 * The display units that a genesis names in `bank.denom_metadata`. A denom without metadata that begins with `u`
 * counts as micro, as everywhere among Cosmos chains; every other one is shown in base units.
 */
export function unitsOf(file: GenesisFile): (denom: string) => Unit {
  const metadata = section(appState(file), "bank").get("denom_metadata");
  const known = new Map((Array.isArray(metadata) ? metadata : []).flatMap(unitOf));
  return (denom) => known.get(denom) ?? guessed(denom);
}

function unitOf(entry: Json): [denom: string, unit: Unit][] {
  if (!isObject(entry)) return [];
  const units = entry.get("denom_units");
  const display = textOf(entry.get("display"));
  const shown = (Array.isArray(units) ? units : []).find((unit) => isObject(unit) && unit.get("denom") === display);
  const exponent = isObject(shown) ? shown.get("exponent") : undefined;
  if (!(exponent instanceof JsonNumber) || !/^\d{1,2}$/.test(exponent.text)) return [];
  const symbol = textOf(entry.get("symbol")) || display;
  return [[textOf(entry.get("base")), { symbol, exponent: Number(exponent.text) }]];
}

function guessed(denom: string): Unit {
  return /^u[a-z0-9]{2,}$/.test(denom)
    ? { symbol: denom.slice(1).toUpperCase(), exponent: 6 }
    : { symbol: denom, exponent: 0 };
}

/** An amount for people: `12,345.5 PAW`. No digit is rounded away. */
export function displayed(amount: bigint, { symbol, exponent }: Unit): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(?:\d{3})+$)/g, ",");
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`} ${symbol}`;
}

/** A decimal such as a commission rate in percent: `0.050000000000000000` is `5%`. */
export function percent(decimal: string): string {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === "") return decimal;
  const digits = `${whole}${fraction.padEnd(2, "0").slice(0, 2)}`.replace(/^0+(?=.)/, "");
  const rest = fraction.slice(2).replace(/0+$/, "");
  return `${digits}${rest === "" ? "" : `.${rest}`}%`;
}

/** A part of a whole in percent, with two digits, rounded down. */
export function share(part: bigint, whole: bigint): string {
  if (whole === 0n) return "0.00%";
  const hundredths = (part * 10_000n) / whole;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}%`;
}

import type { LaunchReport, PowerShare } from "./report.ts";
import { percent } from "./units.ts";

const linesMax = 50;

/** A report in people's words. */
export function reportText(report: LaunchReport): string {
  const { validators, overThird, overTwoThirds, commission } = report;
  return [
    `${report.chainId}, genesis time ${report.genesisTime}`,
    ...report.warnings.map((warning) => `WARNING: ${warning}`),
    "",
    `Accounts: ${report.accounts}`,
    ...report.supply.map(({ denom, amount, shown }) => `Supply: ${shown} (${amount}${denom})`),
    `Bonded: ${report.bonded}, power ${report.totalPower}`,
    "",
    `Validators (${validators.length})`,
    ...table(validators.map((each) => ({ ...each, more: `${percent(each.commission)} commission` }))),
    "",
    `Can stop the chain (above 1/3): ${names(overThird)}`,
    `Decide alone (above 2/3): ${names(overTwoThirds)}`,
    ...groups("Subnets", report.subnets),
    ...groups("Providers", report.providers),
    ...(commission === null
      ? []
      : [
          "",
          `Commission: ${percent(commission.lowest)} to ${percent(commission.highest)}, median ${percent(commission.median)}`,
        ]),
    ...(report.commissionAtMax.length === 0 ? [] : [`At their own maximum: ${names(report.commissionAtMax)}`]),
    ...odd(report),
  ].join("\n");
}

function odd({ oddParameters }: LaunchReport): string[] {
  if (oddParameters === null) return [];
  if (oddParameters.length === 0) return ["", "Parameters: as in the base"];
  const lines = oddParameters.map(
    ({ subject, before, after }) => `  ${subject}: ${before ?? "nothing"} → ${after ?? "nothing"}`,
  );
  return ["", `Parameters unlike the base (${lines.length})`, ...lines.slice(0, linesMax)];
}

function groups(heading: string, list: LaunchReport["subnets"]): string[] {
  if (list.length === 0) return [];
  return ["", `${heading} (${list.length})`, ...table(list.map((each) => ({ ...each, more: names(each.monikers) })))];
}

function table(rows: readonly (PowerShare & { more: string })[]): string[] {
  const shown = rows
    .slice(0, linesMax)
    .map((row) => `  ${row.share.padStart(7)}  ${JSON.stringify(row.name)}  ${row.more}`);
  return rows.length > linesMax ? [...shown, `  … and ${rows.length - linesMax} more`] : shown;
}

function names(list: readonly string[]): string {
  const shown = list.slice(0, 12).map((name) => JSON.stringify(name));
  return `${list.length} (${shown.join(", ")}${list.length > 12 ? ", …" : ""})`;
}

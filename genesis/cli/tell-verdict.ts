import type { Finding } from "../gentx/findings.ts";
import { show } from "../gentx/go-json.ts";
import type { Verdict } from "../gentx/judge.ts";

/** One file's verdict as lines for people, or as one line of JSON. */
export function tell(file: string, verdict: Verdict, { json, all }: { json: boolean; all: boolean }): string {
  return json ? JSON.stringify(asJson(file, verdict, all)) : asText(file, verdict);
}

function asJson(file: string, { ok, failures, warnings }: Verdict, all: boolean): object {
  const [first] = failures;
  return {
    file,
    ok,
    ...(first === undefined ? {} : { rule: first.rule, message: first.message }),
    ...(all ? { failures, warnings } : {}),
  };
}

function asText(file: string, { ok, gentx, failures, warnings }: Verdict): string {
  const who = gentx === undefined ? "" : `  ${show(gentx.moniker)}, power ${gentx.power}`;
  return [
    `${ok ? "pass" : "FAIL"}  ${file}${who}`,
    ...failures.map((finding) => lines("", finding)),
    ...warnings.map((finding) => lines("note: ", finding)),
  ].join("\n");
}

function lines(mark: string, { rule, message, remedy }: Finding): string {
  return `      ${mark}${rule}: ${message}\n        ${remedy}`;
}

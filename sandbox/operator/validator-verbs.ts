import type { AdminRequest, Flags } from "./verbs.ts";

const admin = "/api/v1/admin/networks/{chainId}/validators";

/** `validators …` as a request; null: there is no such verb, or it takes other arguments. */
export function validatorsRequest([verb = "list", ...args]: readonly string[], flags: Flags): AdminRequest | null {
  const [operator = ""] = args;
  const of = (path: string) => `${admin}/${encodeURIComponent(operator)}${path}`;
  const rev = flags.rev === "" ? {} : { rev: Number(flags.rev) };
  switch (`${verb}/${args.length}`) {
    case "list/0":
      return { method: "GET", path: `${admin}${queryOf({ state: flags.state, cursor: flags.cursor })}` };
    case "approve/1":
      return { method: "POST", path: of("/approval"), body: { ...rev, ...allocationOf(flags.allocation) } };
    case "reject/1":
      return { method: "POST", path: of("/rejection"), body: { ...rev, reason: flags.reason } };
    case "contact/1":
      return { method: "GET", path: of("/contact") };
    case "erase-contact/1":
      return { method: "DELETE", path: of("/contact") };
    case "grant/1":
      return { method: "POST", path: of("/faucet-grant") };
    case "allocations/0":
      return { method: "GET", path: `${admin}/allocations.csv` };
    case "audit/0":
      return { method: "GET", path: `${admin}/audit${queryOf({ cursor: flags.cursor })}` };
    default:
      return null;
  }
}

/** `5000000upaw`, or base units of the bond denom alone. */
function allocationOf(text: string): object {
  if (text === "") return {};
  const [, amount = text, denom = ""] = /^([0-9]+)(.*)$/.exec(text) ?? [];
  return { allocation: { amount, ...(denom === "" ? {} : { denom }) } };
}

function queryOf(values: Readonly<Record<string, string>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

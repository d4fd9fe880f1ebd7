import type { FaucetRequest, Flags } from "./verbs.ts";

/** `keys …` and `codes …` as a request; null: there is no such verb, or it takes other arguments. */
export function grantRequest(kind: "keys" | "codes", args: readonly string[], flags: Flags): FaucetRequest | null {
  const [verb, id = ""] = args;
  const path = `/${kind}`;
  switch (`${verb}/${args.length - 1}`) {
    case "list/0":
      return { method: "GET", path: flags.cursor === "" ? path : `${path}?cursor=${encodeURIComponent(flags.cursor)}` };
    case "create/0":
      return { method: "POST", path, body: { ...terms(flags), ...(kind === "codes" ? words(flags.code) : {}) } };
    case "rotate/1":
      if (kind === "codes") return null;
      return { method: "POST", path: `${path}/${encodeURIComponent(id)}/rotate`, body: grace(flags.grace) };
    case "revoke/1":
      return { method: "DELETE", path: `${path}/${encodeURIComponent(id)}` };
    default:
      return null;
  }
}

/** What is left out is not sent: the API has its own defaults, and says what is missing or wrong. */
function terms(flags: Flags): object {
  return {
    label: flags.label,
    ...(flags["per-day"] === "" ? {} : { perDay: Number(flags["per-day"]) }),
    ...(flags.budget === "" ? {} : { budget: Number(flags.budget) }),
    ...(flags.expires === "" ? {} : { expiresAt: flags.expires }),
    ...(flags.denoms === "" ? {} : { denoms: flags.denoms.split(",") }),
  };
}

function words(code: string): object {
  return code === "" ? {} : { code };
}

function grace(seconds: string): object {
  return seconds === "" ? {} : { graceSeconds: Number(seconds) };
}

import { readFileSync } from "node:fs";
import type { AdminRequest, Flags } from "./verbs.ts";

const admin = "/api/v1/admin/networks/{chainId}/ceremony";

/** `ceremony …` as a request; null: there is no such verb, or it takes other arguments. */
export function ceremonyRequest([verb = "status", ...args]: readonly string[], flags: Flags): AdminRequest | null {
  const [first = ""] = args;
  const reason = flags.reason === "" ? {} : { reason: flags.reason };
  const act = (body: object): AdminRequest => ({ method: "POST", path: `${admin}/acts`, body: { ...body, ...reason } });
  switch (`${verb}/${args.length}`) {
    case "status/0":
      return { method: "GET", path: "/api/v1/networks/{chainId}/ceremony" };
    case "create/0":
      return { method: "POST", path: `${admin}/acts`, body: { kind: "create" } };
    case "base/1":
      return { method: "PUT", path: `${admin}/base`, bytes: readFileSync(first) };
    case "allocations/1":
      return { method: "PUT", path: `${admin}/allocations?format=${formatOf(first)}`, bytes: readFileSync(first) };
    case "move/1":
      return act({ kind: "move", to: first });
    case "withdraw/1":
      return act({ kind: "withdraw", operator: first });
    case "seal/1":
      return act({ kind: "seal", sha256: first });
    case "abort/0":
      return act({ kind: "abort" });
    case "diff/0":
      return { method: "GET", path: `${admin}/diff` };
    case "report/0":
      return { method: "GET", path: "/api/v1/networks/{chainId}/ceremony/report" };
    case "audit/0":
      return {
        method: "GET",
        path: flags.cursor === "" ? `${admin}/audit` : `${admin}/audit?cursor=${encodeURIComponent(flags.cursor)}`,
      };
    default:
      return verb === "set" && args.length > 0 ? act({ kind: "parameters", changes: changesOf(args) }) : null;
  }
}

function formatOf(file: string): "csv" | "json" {
  return file.endsWith(".json") ? "json" : "csv";
}

/** `name=value …`: a value is JSON where it can be read so (`80`, `true`, `["a"]`), else text. */
function changesOf(pairs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new Error(`${pair} is not NAME=VALUE`);
      return [pair.slice(0, at), readValue(pair.slice(at + 1))];
    }),
  );
}

function readValue(text: string): unknown {
  // Amounts and shares are text on the wire: only what no parameter has as text is read as JSON.
  if (/^(true|false|[0-9]{1,4}|[[{].*)$/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

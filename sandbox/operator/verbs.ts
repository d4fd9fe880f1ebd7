import { ceremonyRequest } from "./ceremony-verbs.ts";
import { grantRequest } from "./grant-verbs.ts";
import { validatorsRequest } from "./validator-verbs.ts";

/** A verb of `npm run operator` as a request below `/api/v1/admin/networks/{chainId}/faucet`. */
export type FaucetRequest = { readonly method: string; readonly path: string; readonly body?: object };

/** A request to the deployment; `{chainId}` in its path stands for the network. `bytes`: a file, sent as it is. */
export type AdminRequest = FaucetRequest & { readonly bytes?: Uint8Array };

/** What the flags of the command said; "" where one was left out. */
export type Flags = {
  readonly reason: string;
  readonly "retry-at": string;
  readonly drain: string;
  readonly cursor: string;
  readonly label: string;
  readonly "per-day": string;
  readonly budget: string;
  readonly expires: string;
  readonly denoms: string;
  readonly code: string;
  readonly grace: string;
  readonly rev: string;
  readonly state: string;
  readonly allocation: string;
};

/** The request of a verb and its arguments; null: there is no such verb, or it takes other arguments. */
export function adminRequest(words: readonly string[], flags: Flags): AdminRequest | null {
  const [verb, ...args] = words;
  if (verb === "whoami" && args.length === 0) return { method: "GET", path: "/api/v1/admin/actor" };
  if (verb === "ceremony") return ceremonyRequest(args, flags);
  if (verb === "validators") return validatorsRequest(args, flags);
  const request = faucetRequest(words, flags);
  return request && { ...request, path: `/api/v1/admin/networks/{chainId}/faucet${request.path}` };
}

function faucetRequest([verb, ...args]: readonly string[], flags: Flags): FaucetRequest | null {
  const page = flags.cursor === "" ? "" : `?cursor=${encodeURIComponent(flags.cursor)}`;
  const [first = ""] = args;
  if (verb === "keys" || verb === "codes") return grantRequest(verb, args, flags);
  switch (`${verb}/${args.length}`) {
    case "status/0":
      return { method: "GET", path: "" };
    case "pause/0": {
      const retryAt = flags["retry-at"] === "" ? {} : { retryAt: flags["retry-at"] };
      return {
        method: "POST",
        path: "/pause",
        body: { reason: flags.reason, drain: flags.drain !== "false", ...retryAt },
      };
    }
    case "resume/0":
      return { method: "POST", path: "/resume" };
    case "budget/1":
      if (first === "clear") return { method: "DELETE", path: "/budget" };
      return { method: "PUT", path: "/budget", body: { claimsPerHour: Number(first) } };
    case "deny/1":
      return { method: "POST", path: "/denied", body: { address: first, reason: flags.reason } };
    case "allow/1":
      return { method: "DELETE", path: `/denied/${encodeURIComponent(first)}` };
    case "denied/0":
      return { method: "GET", path: `/denied${page}` };
    case "audit/0":
      return { method: "GET", path: `/audit${page}` };
    default:
      return null;
  }
}

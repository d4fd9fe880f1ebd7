import type { Chain } from "../chain.ts";
import type { Outcome } from "./method.ts";
import { methods } from "./methods.ts";
import { readJsonParams, readUriParams } from "./params.ts";

/** An HTTP answer to be sent as JSON; a null body: nothing to say. */
export type Reply = { readonly status: number; readonly body: object | null };

type Id = string | number | null;

/** A JSON-RPC error. CometBFT has no id in it when the request's could not be read. */
export function rpcError(id: Id, code: number, message: string, data = ""): object {
  const error = data === "" ? { code, message } : { code, message, data };
  return id === null ? { jsonrpc: "2.0", error } : { jsonrpc: "2.0", id, error };
}

/** Answers the body of a POST to `/`: one call, or a list of at most `batchMax`. Status codes are CometBFT's. */
export function answerBody(chain: Chain, body: string): Reply {
  const { batchMax } = chain.settings.limits;
  const parsed = parse(body);
  if (parsed === null) {
    return { status: 500, body: rpcError(null, -32700, "Parse error. Invalid JSON", "error unmarshaling request") };
  }
  const calls = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  if (calls.length > batchMax) {
    const text = `batch request exceeds maximum (${batchMax}) allowed number of requests`;
    return { status: 200, body: rpcError(null, -32600, "Invalid Request", text) };
  }
  const answers = calls.map((call) => answerCall(chain, call)).filter((answer) => answer !== null);
  // CometBFT sends one answer bare, also to a list of one.
  return { status: 200, body: answers.length > 1 ? answers : (answers[0] ?? null) };
}

/** Answers `GET /method?…`; null: there is no such method. */
export function answerUri(chain: Chain, name: string, query: URLSearchParams): Reply | null {
  const method = methods.get(name);
  if (method === undefined) return null;
  const params = readUriParams(method.signature, query);
  if (!params.ok) {
    const text = `error converting http params to arguments: ${params.fault}`;
    return { status: 500, body: rpcError(-1, -32602, "Invalid params", text) };
  }
  const outcome = method.call(chain, params.values);
  return { status: outcome.ok ? 200 : 500, body: outcomeAnswer(-1, outcome) };
}

function answerCall(chain: Chain, call: unknown): object | null {
  if (typeof call !== "object" || call === null) return rpcError(null, -32600, "Invalid Request", "not an object");
  const { id, name, params: given } = readCall(call);
  // A notification gets no answer.
  if (id === null) return null;
  const method = methods.get(name);
  if (method === undefined) return rpcError(id, -32601, "Method not found");
  const params = readJsonParams(method.signature, given);
  if (!params.ok) {
    return rpcError(id, -32602, "Invalid params", `error converting json params to arguments: ${params.fault}`);
  }
  return outcomeAnswer(id, method.call(chain, params.values));
}

function readCall(call: object): { id: Id; name: string; params: unknown } {
  const id = "id" in call && (typeof call.id === "string" || typeof call.id === "number") ? call.id : null;
  const name = "method" in call && typeof call.method === "string" ? call.method : "";
  return { id, name, params: "params" in call ? call.params : undefined };
}

function outcomeAnswer(id: Id, outcome: Outcome): object {
  if (!outcome.ok) return rpcError(id, -32603, "Internal error", outcome.fault);
  return { jsonrpc: "2.0", id, result: outcome.result };
}

function parse(body: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return null;
  }
}

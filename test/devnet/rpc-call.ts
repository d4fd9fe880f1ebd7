/** The parameters of a call. Over GET all are strings, quoted as the client wrote them. */
export type Params = Readonly<Record<string, unknown>>;

/** A JSON-RPC answer as CometBFT gives it. */
export type RpcAnswer = {
  readonly jsonrpc: "2.0";
  readonly id: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string; readonly data: string };
};

/** One call to a node. */
export type RpcCall = { readonly id: unknown; readonly method: string; readonly params: Params };

/** What a request asks of a node: `single` and `batch` come by POST, `uri` by GET `/method?param=value`. */
export type RpcRequest = { readonly form: "single" | "batch" | "uri"; readonly calls: readonly RpcCall[] };

/** Reads an HTTP request as calls. Null: it is none, or has positional parameters, and is passed on untouched. */
export function readCalls(httpMethod: string, url: string, body: string): RpcRequest | null {
  if (httpMethod === "GET") {
    const { pathname, searchParams } = new URL(url, "http://node");
    const method = pathname.slice(1);
    if (!/^[a-z_]+$/.test(method)) return null;
    return { form: "uri", calls: [{ id: -1, method, params: Object.fromEntries(searchParams) }] };
  }
  try {
    const content: unknown = JSON.parse(body);
    const calls = (Array.isArray(content) ? content : [content]).map(readCall);
    if (calls.some((call) => call === null)) return null;
    return { form: Array.isArray(content) ? "batch" : "single", calls: calls.filter((call) => call !== null) };
  } catch {
    return null;
  }
}

function readCall(content: unknown): RpcCall | null {
  if (typeof content !== "object" || content === null || !("method" in content)) return null;
  const { method, id, params = {} } = content as { method: unknown; id?: unknown; params?: unknown };
  if (typeof method !== "string" || typeof params !== "object" || params === null || Array.isArray(params)) return null;
  return { id: id ?? null, method, params: params as Params };
}

/** A height among the parameters: `5`, `"5"`, and over GET also `"\"5\""`; 0 when it isn't given. */
export function heightParam(params: Params, name = "height"): number {
  const value = params[name];
  const height = Number(typeof value === "string" ? value.replaceAll('"', "") : (value ?? 0));
  return Number.isSafeInteger(height) ? height : 0;
}

/** The error that CometBFT's handlers give (rpc/jsonrpc/types: RPCInternalError). */
export function internalError(id: unknown, data: string): RpcAnswer {
  return { jsonrpc: "2.0", id, error: { code: -32603, message: "Internal error", data } };
}

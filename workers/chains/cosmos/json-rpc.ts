import { z } from "zod";
import { boundedText } from "../../domain/shared/bounded-text.ts";
import { NodeFailed } from "./node.ts";

/** How long a node may take, and how much it may say. */
export type RpcLimits = { readonly timeoutMs: number; readonly answerBytesMax: number };

/** A node's answer: a result still to be checked, or the node's own words why not. */
export type RpcAnswer = { readonly result: unknown } | { readonly error: string };

const envelope = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.string().optional() }).optional(),
});

/**
 * JSON-RPC 2.0 over POST, as CometBFT speaks it. Throws {@link NodeFailed} when no answer comes in time, when it is
 * too long, or when it isn't JSON-RPC. No error and no log ever shows the URL, whose path may be a key.
 */
export class JsonRpc {
  readonly name: string;
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #limits: RpcLimits;

  constructor(endpoint: string, limits: RpcLimits) {
    const url = new URL(endpoint);
    this.name = url.host;
    this.#headers = { "content-type": "application/json" };
    if (url.username !== "" || url.password !== "") {
      // fetch refuses a URL with credentials in it.
      const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      this.#headers.authorization = `Basic ${btoa(pair)}`;
      url.username = "";
      url.password = "";
    }
    this.#url = url.toString();
    this.#limits = limits;
  }

  async call(method: string, params: Readonly<Record<string, string | boolean>> = {}): Promise<RpcAnswer> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const { status, text } = await this.#post(method, body);
    const parsed = envelope.safeParse(parseJson(text));
    // CometBFT answers an error of its own with HTTP 500, so the status says less than the body.
    if (!parsed.success) throw new NodeFailed(`${method}: HTTP ${status} without a JSON-RPC answer`);
    const { result, error } = parsed.data;
    if (error) return { error: `${error.message} ${error.data ?? ""}`.trim().slice(0, 500) };
    if (result === undefined || result === null) throw new NodeFailed(`${method}: HTTP ${status} without a result`);
    return { result };
  }

  async #post(method: string, body: string): Promise<{ status: number; text: string }> {
    const { timeoutMs } = this.#limits;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      // A redirected POST would become a GET.
      const response = await fetch(this.#url, {
        method: "POST",
        headers: this.#headers,
        body,
        redirect: "manual",
        signal,
      });
      return { status: response.status, text: await this.#read(method, response) };
    } catch (error) {
      if (error instanceof NodeFailed) throw error;
      const why = signal.aborted ? `no answer within ${timeoutMs} ms` : "no connection";
      throw new NodeFailed(`${method}: ${why}`, { cause: error });
    }
  }

  async #read(method: string, response: Response): Promise<string> {
    const { answerBytesMax } = this.#limits;
    const text = await boundedText(response.body, answerBytesMax);
    if (text === null) throw new NodeFailed(`${method}: the answer is longer than ${answerBytesMax} bytes`);
    return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

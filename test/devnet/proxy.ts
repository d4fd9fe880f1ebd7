import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type FaultRule, Faults, type Plan, type Strike } from "./faults.ts";
import { type Params, type RpcAnswer, type RpcCall, type RpcRequest, readCalls } from "./rpc-call.ts";
import { answerAsOf, staleMethods } from "./stale.ts";

/** What a proxy saw and did. */
export type ProxyStats = {
  /** Calls that came in, by JSON-RPC method; `other` for what isn't JSON-RPC. */
  readonly calls: Readonly<Record<string, number>>;
  /** Requests that the node didn't answer, by no doing of ours: the client got a 502. */
  readonly unreachable: number;
  /** Strikes by the rule's name. */
  readonly strikes: Readonly<Record<string, number>>;
  /** The newest 10,000 strikes, oldest first. */
  readonly log: readonly Strike[];
};

/** A proxy in front of a node's RPC that fails as it is told. */
export type FaultProxy = {
  readonly url: string;
  /** Replaces the rules at once, for requests that come from now on; `[]` turns the faults off. */
  setRules(rules: readonly FaultRule[]): void;
  stats(): ProxyStats;
  /** Forwards to another node from now on. */
  retarget(url: string): void;
  /** Cuts every connection. */
  stop(): Promise<void>;
};

const bodyMax = 4 * 1024 * 1024;
const nodeTimeoutMs = 30_000;

/** Starts a proxy on a free port of 127.0.0.1. It passes JSON-RPC over POST and GET; no websockets. */
export async function startFaultProxy(options: {
  /** The node's RPC, such as `http://127.0.0.1:26657`. */
  readonly target: string;
  /** Decides what probabilities roll. */
  readonly seed: number;
}): Promise<FaultProxy> {
  const proxy = new RpcProxy(options.target, new Faults(options.seed));
  const server = createServer((request, response) => {
    // Only a client that goes away while it sends gets here.
    proxy.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy was given no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    setRules: (rules) => proxy.setRules(rules),
    stats: () => proxy.stats(),
    retarget: (url) => proxy.retarget(url),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Reply = { readonly status: number; readonly body: string; readonly type: string };

const json = "application/json";

class RpcProxy {
  private target: string;
  private readonly faults: Faults;
  private readonly calls = new Map<string, number>();
  private readonly frozen = new Map<FaultRule, number>();
  private unreachable = 0;

  constructor(target: string, faults: Faults) {
    this.target = target;
    this.faults = faults;
  }

  setRules(rules: readonly FaultRule[]): void {
    this.frozen.clear();
    this.faults.set(rules);
  }

  retarget(url: string): void {
    this.target = url;
  }

  stats(): ProxyStats {
    return { calls: Object.fromEntries(this.calls), unreachable: this.unreachable, ...this.faults.record() };
  }

  /** A fault of the node becomes a 502. Throws when the client breaks off. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return reply(response, { status: 413, body: "The body is too large", type: "text/plain" });
    const asked = readCalls(request.method ?? "GET", request.url ?? "/", body);
    const methods = asked?.calls.map(({ method }) => method) ?? [];
    for (const method of asked === null ? ["other"] : methods) {
      this.calls.set(method, (this.calls.get(method) ?? 0) + 1);
    }
    const plan = this.faults.plan(
      methods,
      methods.filter((method) => staleMethods.includes(method)),
    );
    await sleep(plan.delayBeforeMs);
    if (plan.end?.kind === "failBefore") return reply(response, failure(plan.end.status ?? 503));
    const answer = await this.ask(request, body, asked, plan);
    await sleep(plan.delayAfterMs);
    if (plan.end?.kind === "dropAnswer") request.socket.destroy();
    else reply(response, plan.end?.kind === "failAfter" ? failure(plan.end.status ?? 502) : answer);
  }

  private async ask(request: IncomingMessage, body: string, asked: RpcRequest | null, plan: Plan): Promise<Reply> {
    try {
      if (plan.stale === null || asked === null) {
        return await this.forward(request.method ?? "GET", request.url ?? "/", body);
      }
      return await this.askStale(asked, plan.stale);
    } catch (error) {
      this.unreachable += 1;
      const reason = error instanceof Error ? error.message : String(error);
      return { status: 502, body: `The node could not be reached: ${reason}`, type: "text/plain" };
    }
  }

  private async forward(method: string, path: string, body: string): Promise<Reply> {
    const answer = await fetch(this.target + path, {
      method,
      ...(method === "GET" ? {} : { body, headers: { "content-type": json } }),
      signal: AbortSignal.timeout(nodeTimeoutMs),
    });
    return { status: answer.status, body: await answer.text(), type: answer.headers.get("content-type") ?? json };
  }

  private async askStale(asked: RpcRequest, { rule, fault }: NonNullable<Plan["stale"]>): Promise<Reply> {
    const send = (call: RpcCall, changes: Params) => this.send(asked.form, call, changes);
    const status = await this.send("single", { id: 0, method: "status", params: {} }, {});
    const sync = status.result?.sync_info as { latest_block_height: string };
    const newest = Number(sync.latest_block_height);
    const height = "behind" in fault ? newest - fault.behind : this.stoppedAt(rule, fault.at, newest);
    const answers = await Promise.all(
      asked.calls.map((call) => {
        const older = height < newest && (rule.methods === undefined || rule.methods.includes(call.method));
        return older ? answerAsOf(Math.max(1, height), call, send) : send(call, {});
      }),
    );
    const failed = asked.form === "uri" && answers[0]?.error !== undefined;
    const content = asked.form === "batch" ? answers : answers[0];
    return { status: failed ? 500 : 200, body: JSON.stringify(content), type: json };
  }

  private stoppedAt(rule: FaultRule, at: number | "now", newest: number): number {
    if (at !== "now") return at;
    const height = this.frozen.get(rule) ?? newest;
    this.frozen.set(rule, height);
    return height;
  }

  /** GET parameters have a quoting of their own (0x…, "…"), so a GET stays one. */
  private async send(form: RpcRequest["form"], call: RpcCall, changes: Params): Promise<RpcAnswer> {
    const params = { ...call.params, ...changes };
    const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]));
    const { body } =
      form === "uri"
        ? await this.forward("GET", `/${call.method}?${query}`, "")
        : await this.forward("POST", "/", JSON.stringify({ jsonrpc: "2.0", id: call.id, method: call.method, params }));
    return JSON.parse(body) as RpcAnswer;
  }
}

function failure(status: number): Reply {
  return { status, body: `The proxy fails this on purpose (${status})`, type: "text/plain" };
}

function reply(response: ServerResponse, { status, body, type }: Reply): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

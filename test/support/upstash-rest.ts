import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { RedisError, type RedisServer, type Reply } from "./redis.ts";

/** How the server misbehaves: not at all; never answers; answers this status; does what is asked and then hangs. */
export type Fault = "none" | "silent" | 500 | 502 | 429 | "hangs_after";

/** Upstash's REST protocol in front of a real Redis. */
export type UpstashRest = {
  readonly url: string;
  readonly token: string;
  /** The commands that came, by their first word. */
  readonly commands: string[];
  setFault(fault: Fault): void;
  stop(): Promise<void>;
};

type Asked = { readonly path: string; readonly body: unknown; readonly base64: boolean };
type Result = { readonly result: unknown } | { readonly error: string };

const bodyBytesMost = 1_000_000;

/**
 * Speaks what `@upstash/redis` asks (upstash.com/docs/redis/features/restapi): a command as a JSON array to `/`,
 * several to `/pipeline` and `/multi-exec`, a bearer token, base64 answers where asked for. A stock Redis refuses the
 * first line of Upstash's scripts: it is taken off, and hashes are mapped to those of the rest.
 */
export async function startUpstashRest(redis: RedisServer): Promise<UpstashRest> {
  const token = crypto.randomUUID();
  const commands: string[] = [];
  const hashes = new Map<string, string>();
  let fault: Fault = "none";
  const run = async (command: readonly unknown[]): Promise<Reply> => {
    commands.push(String(command[0]).toUpperCase());
    return redis.send(forStockRedis(command.map(String), hashes));
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const handle = async () => {
      if (fault === "silent") return;
      if (typeof fault === "number") return void answer(fault, { error: `planted ${fault}` });
      if (request.headers.authorization !== `Bearer ${token}`) return void answer(401, { error: "Unauthorized" });
      const asked = await read(request);
      const { status, body } = await reply(asked, run, redis);
      if (fault !== "hangs_after") answer(status, body);
    };
    handle().catch((error: unknown) => answer(400, { error: `ERR ${String(error)}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    commands,
    setFault: (next) => {
      fault = next;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMost) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  return { path: request.url ?? "/", body, base64: request.headers["upstash-encoding"] === "base64" };
}

/** A single command that fails answers 400; in a pipeline each has its own result or error. */
async function reply({ path, body, base64 }: Asked, run: (command: unknown[]) => Promise<Reply>, redis: RedisServer) {
  const result = (answer: Reply): Result =>
    answer instanceof RedisError ? { error: answer.message } : { result: base64 ? encode(answer) : answer };
  if (path === "/") {
    const answer = result(await run(body as unknown[]));
    return { status: "error" in answer ? 400 : 200, body: answer };
  }
  if (path === "/pipeline") {
    return { status: 200, body: (await Promise.all((body as unknown[][]).map(run))).map(result) };
  }
  if (path !== "/multi-exec") throw new Error(`no such path: ${path}`);
  // One connection, commands in order and no await between them: nothing gets in between.
  const parts = [redis.send(["MULTI"]), ...(body as unknown[][]).map(run), redis.send(["EXEC"])];
  const executed = (await Promise.all(parts)).at(-1) ?? null;
  if (!Array.isArray(executed)) return { status: 400, body: result(executed) };
  return { status: 200, body: executed.map(result) };
}

function encode(reply: Reply): unknown {
  if (Array.isArray(reply)) return reply.map(encode);
  // Upstash leaves OK as it is.
  return typeof reply === "string" && reply !== "OK" ? Buffer.from(reply).toString("base64") : reply;
}

function forStockRedis([name = "", script = "", ...rest]: string[], hashes: Map<string, string>): string[] {
  const verb = name.toUpperCase();
  if (verb === "EVALSHA") return [name, hashes.get(script) ?? script, ...rest];
  if (verb !== "EVAL") return [name, ...(script === "" && rest.length === 0 ? [] : [script]), ...rest];
  const stock = script.replace(/^#!lua[^\n]*/, "");
  hashes.set(sha1(script), sha1(stock));
  return [name, stock, ...rest];
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Chain } from "../chain.ts";
import { answerBody, answerUri, type Reply, rpcError } from "./json-rpc.ts";
import { methods } from "./methods.ts";

/** A listening server. */
export type RpcServer = { readonly port: number; close(): Promise<void> };

/** config.toml `rpc.max_open_connections`. */
const connectionsMax = 900;
const requestTimeoutMs = 10_000;
/** Longer than clients keep idle connections, so that they close them first. */
const keepAliveMs = 65_000;

/** Serves CometBFT's RPC on 127.0.0.1. `current` gives the chain at each call. Rejects when the port is taken. */
export async function serveRpc(current: () => Chain, port: number): Promise<RpcServer> {
  const server = createServer(
    { requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveMs },
    (request, response) => {
      respond(current(), request, response).catch((cause: unknown) => {
        // A client that went away while it sent; anything else is a bug and must be seen.
        if (!request.destroyed) throw cause;
      });
    },
  );
  server.maxConnections = connectionsMax;
  await listen(server, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the RPC server has no TCP port");
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function respond(chain: Chain, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await readBody(request, chain.settings.limits.bodyBytesMax);
  if (body === null) {
    const text = "error reading request body: http: request body too large";
    send(response, { status: 400, body: rpcError(null, -32600, "Invalid Request", text) });
    return;
  }
  if (url.pathname !== "/") {
    const reply = answerUri(chain, url.pathname.slice(1), url.searchParams);
    if (reply === null) response.writeHead(404, { "content-type": "text/plain" }).end("404 page not found\n");
    else send(response, reply);
    return;
  }
  if (body === "") {
    response
      .writeHead(200, { "content-type": "text/plain" })
      .end(`Available endpoints:\n${[...methods.keys()].join("\n")}\n`);
    return;
  }
  send(response, answerBody(chain, body));
}

/** Null when it is too large; what is over the bound is thrown away, not kept. */
async function readBody(request: IncomingMessage, max: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > max) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const content = body === null ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json" }).end(content);
}

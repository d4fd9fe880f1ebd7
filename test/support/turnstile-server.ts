import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** How siteverify misbehaves: not at all; never answers; these statuses; a redirect; no JSON; an inner error. */
export type TurnstileFault = "none" | "silent" | 500 | 429 | 307 | "garbage" | "huge" | "internal-error";

/** What a page gives its widget. */
export type Widget = { readonly hostname: string; readonly action?: string; readonly cdata?: string };

/** A stand-in for Cloudflare's Turnstile: its widget, which makes tokens, and its siteverify. */
export type TurnstileServer = {
  readonly verifyUrl: string;
  readonly siteKey: string;
  readonly secret: string;
  /** Parameters of each siteverify, in order. */
  readonly asked: Readonly<Record<string, string>>[];
  /** Solves a challenge on a page; throws with the widget's error where Cloudflare's gives no token. */
  solve(widget: Widget, atMs?: number): string;
  setFault(fault: TurnstileFault): void;
  stop(): Promise<void>;
};

type Token = Widget & { readonly solvedAtMs: number; spentBy: string | null };
type Said = Readonly<Record<string, unknown>>;

/** developers.cloudflare.com/turnstile/troubleshooting/testing. */
const dummyToken = "XXXX.DUMMY.TOKEN.XXXX";
const lifetimeMs = 300_000;

/**
 * Starts it on loopback, for one widget whose host names are listed, as docs under
 * developers.cloudflare.com/turnstile say: `POST /turnstile/v0/siteverify` takes a form or JSON; `POST /solve` with
 * {hostname, action, cdata} is what a visitor's browser does.
 */
export async function startTurnstile(hostnames: readonly string[]): Promise<TurnstileServer> {
  const [siteKey, secret] = ["0x4AAAAAAAstandin", `0x4AAAAAAA${crypto.randomUUID()}`];
  const tokens = new Map<string, Token>();
  const asked: Readonly<Record<string, string>>[] = [];
  let fault: TurnstileFault = "none";
  const solve = (widget: Widget, atMs = Date.now()): string => {
    const { hostname, action = "", cdata = "" } = widget;
    // Subdomains of a listed host name are its own. docs: turnstile/additional-configuration/hostname-management.
    if (!hostnames.some((one) => hostname === one || hostname.endsWith(`.${one}`))) throw new Error("110200");
    if (!/^[\w-]{0,32}$/.test(action) || !/^[\w-]{0,255}$/.test(cdata)) throw new Error("the widget throws");
    const token = `0.${crypto.randomUUID()}.${"a".repeat(400)}`;
    tokens.set(token, { ...widget, solvedAtMs: atMs, spentBy: null });
    return token;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const parameters = await bodyOf(request);
    if (request.url === "/solve") return json(200, { token: solve(parameters as unknown as Widget) });
    if (request.url !== "/turnstile/v0/siteverify" || request.method !== "POST") return json(404, {});
    asked.push(parameters);
    if (fault !== "none" && fault !== "internal-error") return misbehave(fault, response);
    if (fault === "internal-error") return json(200, failed("internal-error"));
    return json(200, siteverify(parameters, secret, tokens));
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    verifyUrl: `http://127.0.0.1:${port}/turnstile/v0/siteverify`,
    siteKey,
    secret,
    asked,
    solve,
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

function failed(code: string): Said {
  return { success: false, "error-codes": [code], messages: [] };
}

/** One validation a token, in five minutes; the same idempotency_key gets the same answer again. */
function siteverify(parameters: Readonly<Record<string, string>>, secret: string, tokens: Map<string, Token>): Said {
  const { secret: given, response, idempotency_key: key = crypto.randomUUID() } = parameters;
  if (!given) return failed("missing-input-secret");
  const dummy = /^([123])x0{31}AA$/.exec(given)?.[1];
  if (dummy === undefined && given !== secret) return failed("invalid-input-secret");
  if (!response) return failed("missing-input-response");
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return failed("bad-request");
  if (dummy !== undefined) return dummyAnswer(dummy, response);
  const token = tokens.get(response);
  if (!token) return failed("invalid-input-response");
  if (Date.now() - token.solvedAtMs > lifetimeMs) return failed("timeout-or-duplicate");
  if (token.spentBy !== null && token.spentBy !== key) return failed("timeout-or-duplicate");
  token.spentBy = key;
  const { hostname, action = "", cdata = "", solvedAtMs } = token;
  const ts = new Date(solvedAtMs).toISOString();
  const metadata = { interactive: false };
  return { success: true, "error-codes": [], challenge_ts: ts, hostname, action, cdata, metadata };
}

function dummyAnswer(kind: string, response: string): Said {
  if (kind === "3") return failed("timeout-or-duplicate");
  if (kind === "2" || response !== dummyToken) return failed("invalid-input-response");
  const ts = new Date().toISOString();
  return {
    success: true,
    "error-codes": [],
    challenge_ts: ts,
    hostname: "localhost",
    action: "test",
    cdata: "test-data",
  };
}

function misbehave(fault: Exclude<TurnstileFault, "none" | "internal-error">, response: ServerResponse): unknown {
  const passes = JSON.stringify({ success: true });
  if (fault === "silent") return null;
  if (fault === "garbage") return response.writeHead(200).end("<html>success</html>");
  if (fault === "huge") return response.writeHead(200).end(passes + " ".repeat(1_000_000));
  if (fault === 307) return response.writeHead(307, { location: "/turnstile/v0/siteverify" }).end();
  return response.writeHead(fault).end(passes);
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString("utf8");
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : (JSON.parse(text || "{}") as Record<string, string>);
}

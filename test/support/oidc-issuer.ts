import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

/** How the issuer misbehaves: not at all; never answers; answers this status; redirects; answers no keys; too much. */
export type IssuerFault = "none" | "silent" | 503 | 302 | "garbage" | "huge";

/** What a token is to say besides or instead of the documented claims; null leaves a claim out. */
export type Claims = Readonly<Record<string, unknown>>;

/** A stand-in for GitHub's OIDC issuer, with real RSA keys. */
export type OidcIssuer = {
  readonly issuer: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** A token as a run of octo-org/octo-repo gets it. */
  mint(audience: string, over?: Claims, header?: Claims): Promise<string>;
  /** Publishes a new key besides the old ones and signs with it from now on. */
  rotate(): Promise<void>;
  /** Takes back all keys but the newest. */
  forgetOldKeys(): void;
  publicKey(): JWK;
  setFault(fault: IssuerFault): void;
  stop(): Promise<void>;
};

type Key = { readonly kid: string; readonly jwk: JWK; readonly privateKey: CryptoKey };

/** The claims that docs.github.com/en/actions/reference/security/oidc shows, with its times: 5 minutes from now. */
function documented(issuer: string, audience: string, nowS: number): Record<string, unknown> {
  return {
    jti: crypto.randomUUID(),
    sub: "repo:octo-org/octo-repo:environment:prod",
    environment: "prod",
    aud: audience,
    ref: "refs/heads/main",
    sha: "example-sha",
    repository: "octo-org/octo-repo",
    repository_owner: "octo-org",
    actor_id: "12",
    repository_visibility: "private",
    repository_id: "74",
    repository_owner_id: "65",
    run_id: "example-run-id",
    run_number: "10",
    run_attempt: "2",
    runner_environment: "github-hosted",
    actor: "octocat",
    workflow: "example-workflow",
    head_ref: "",
    base_ref: "",
    event_name: "workflow_dispatch",
    ref_type: "branch",
    job_workflow_ref: "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
    iss: issuer,
    nbf: nowS - 600,
    exp: nowS + 300,
    iat: nowS,
  };
}

async function newKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = crypto.randomUUID();
  return { kid, jwk: { ...(await exportJWK(publicKey)), use: "sig", alg: "RS256", kid }, privateKey };
}

/**
 * Starts it on loopback. `GET /.well-known/jwks` are its keys; `GET /token?audience=…` with any bearer token is what
 * a run's ACTIONS_ID_TOKEN_REQUEST_URL answers; `POST /token?audience=…` takes claims to be changed, as JSON.
 */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const keys = [await newKey()];
  const newest = () => keys.at(-1) as Key;
  const asked: string[] = [];
  let fault: IssuerFault = "none";
  let issuer = "";
  const mint = async (audience: string, over: Claims = {}, header: Claims = {}) => {
    const all = { ...documented(issuer, audience, Math.floor(Date.now() / 1000)), ...over };
    const claims = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    const { kid, privateKey } = newest();
    return new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "RS256", kid, ...header }).sign(privateKey);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", issuer);
    asked.push(pathname);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/.well-known/jwks") return answerKeys(fault, keys, response);
    if (pathname !== "/token") return json(404, { message: "Not Found" });
    if (request.method === "GET" && !/^bearer \S+$/i.test(request.headers.authorization ?? ""))
      return json(401, { message: "Unauthorized" });
    const over = request.method === "POST" ? ((await bodyOf(request)) as Claims) : {};
    return json(200, { value: await mint(searchParams.get("audience") ?? "https://github.com/octo-org", over) });
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    issuer,
    asked,
    mint,
    rotate: async () => void keys.push(await newKey()),
    forgetOldKeys: () => void keys.splice(0, keys.length - 1),
    publicKey: () => newest().jwk,
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

function answerKeys(fault: IssuerFault, keys: readonly Key[], response: ServerResponse): unknown {
  const body = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
  switch (fault) {
    case "none":
      return response.writeHead(200, { "content-type": "application/json" }).end(body);
    case "silent":
      return null;
    case 302:
      return response.writeHead(302, { location: "/elsewhere" }).end();
    case 503:
      return response.writeHead(503).end("planted 503");
    case "garbage":
      return response.writeHead(200, { "content-type": "application/json" }).end('{"keys":"none"}');
    case "huge":
      return response.writeHead(200).end(body + " ".repeat(1_000_000));
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}

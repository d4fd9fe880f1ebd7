import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { HTTPException } from "hono/http-exception";
import { LimiterUnreachable } from "../domain/access/client.ts";
import { CeremonyUnreachable } from "../domain/ceremony/door.ts";
import type { House, Opened } from "../domain/network/served.ts";
import { DispenserUnreachable } from "../domain/network/served.ts";
import { adminOperations } from "./admin/operations.ts";
import { ceremonyOperations } from "./ceremony/operations.ts";
import { mountDialect } from "./compat/dialect.ts";
import { dialectOperations } from "./compat/dialects.ts";
import { type HouseContext, problems } from "./context.ts";
import { createChallenge } from "./create-challenge.ts";
import { createClaim } from "./create-claim.ts";
import { followClaim } from "./follow-claim.ts";
import { healthz } from "./healthz.ts";
import { listClaims } from "./list-claims.ts";
import { listNetworks } from "./list-networks.ts";
import { readAccount, readBlock, readTransaction } from "./look-up.ts";
import { metrics } from "./metrics.ts";
import { openapi } from "./openapi.ts";
import { type HouseApp, mount, type Operation } from "./operation.ts";
import { type Refusal, refuse } from "./problem.ts";
import { readClaim } from "./read-claim.ts";
import { readEligibility } from "./read-eligibility.ts";
import { readFaucet } from "./read-faucet.ts";
import { readNetwork } from "./read-network.ts";
import { readStatus } from "./read-status.ts";
import { readyz } from "./readyz.ts";
import { reference } from "./reference.ts";
import { validatorOperations } from "./validators/operations.ts";

/** What can be asked without a valid configuration. */
const always: readonly Operation[] = [healthz];
const needsHouse: readonly Operation[] = [
  listNetworks,
  readNetwork,
  readStatus,
  readBlock,
  readTransaction,
  readAccount,
  readFaucet,
  readEligibility,
  createChallenge,
  createClaim,
  listClaims,
  readClaim,
  followClaim,
  readyz,
  metrics,
  ...ceremonyOperations,
  ...validatorOperations,
  ...adminOperations,
];

/** What the Worker's settings are opened into, and where its faults are told. */
export type AppPorts = {
  readonly open: (env: object) => Opened;
  /** The static site's answer; null where this deployment has no site. */
  readonly page: (env: object, request: Request) => Promise<Response> | null;
  readonly nowMs: () => number;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

/** What of the static site goes through the Worker: `/`, shared with a peer's dialect, and the page with a widget. */
const pagePaths = ["/", "/faucet/"];

/** The whole HTTP surface. */
export function createApp(ports: AppPorts): HouseApp {
  const app: HouseApp = new OpenAPIHono();
  // As @cosmjs/faucet does, on every answer of its paths.
  for (const path of ["/credit", "/status", "/:chainId/credit", "/:chainId/status"]) app.use(path, varyByOrigin);
  app.use(cors({ origin: "*", allowMethods: ["GET", "POST", "PUT", "OPTIONS"], exposeHeaders, maxAge: 86_400 }));
  app.use(async (c, next) => {
    await next();
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
  });
  const first = [...always, openapi(app), reference(app)];
  for (const operation of first) mount(app, operation);
  for (const path of pagePaths) app.get(path, (c, next) => ports.page(c.env ?? {}, c.req.raw) ?? next());
  app.get("/status", toStatusPage);
  app.use(async (c, next) => {
    const opened = ports.open(c.env ?? {});
    if (!opened.ok) return refuse(c, { reason: "config_invalid", errors: opened.faults }, ports.nowMs());
    c.set("house", opened.house satisfies House);
    await next();
    for (const rest of opened.house.afterwards()) waitFor(c, rest);
    return undefined;
  });
  for (const operation of needsHouse) mount(app, withSharedRefusals(operation));
  for (const operation of dialectOperations) mountDialect(app, operation);
  refuseOtherMethods(app, [...first, ...needsHouse], ports.nowMs);
  app.notFound((c) => refuse(c, { reason: "not_found", detail: "Nothing is at this path." }, ports.nowMs()));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    ports.log("request_failed", {
      path: c.req.path.slice(0, 200),
      error: `${error.name}: ${error.message}`.slice(0, 500),
    });
    const reason = reasonOf(error);
    countFailure(c, reason);
    return refuse(c, { reason } satisfies Refusal, ports.nowMs());
  });
  return app;
}

function reasonOf(error: Error): "dispenser_unreachable" | "ceremony_unreachable" | "internal" {
  if (error instanceof CeremonyUnreachable) return "ceremony_unreachable";
  return error instanceof DispenserUnreachable || error instanceof LimiterUnreachable
    ? "dispenser_unreachable"
    : "internal";
}

/** For the network that the path names, else the first; a house that did not open counts nothing. */
function countFailure(c: HouseContext, reason: string): void {
  const networks = (c.var.house as House | undefined)?.networks ?? [];
  const named = networks.find(({ facts }) => c.req.path.split("/").includes(facts.chainId));
  (named ?? networks[0])?.refused(reason);
}

/** Keeps the Worker awake for it, where there is a Worker: an app that is asked by itself has no context. */
function waitFor(c: HouseContext, rest: Promise<unknown>): void {
  try {
    c.executionCtx.waitUntil(rest);
  } catch {
    // Nobody is there to wait; it ends or it doesn't.
  }
}

/** `/status` is a peer's; a person who types it means the page. No client of the peer asks for HTML. */
const toStatusPage: MiddlewareHandler = async (c, next) => {
  if (c.req.header("accept")?.includes("text/html")) return c.redirect("/status/", 302);
  await next();
  return undefined;
};

const varyByOrigin: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("Vary", "Origin", { append: true });
};

const exposeHeaders = [
  "Retry-After",
  "Location",
  "Allow",
  "X-Genesis-Sha256",
  "X-Genesis-Canonical-Sha256",
  "X-Genesis-Answer-Sha256",
  "X-Genesis-Version",
  "X-Validators-Hash",
];

/** What any operation may answer, whatever it is asked: a client that reads the document is not to be surprised. */
const sharedRefusals = problems({ 500: "internal", 503: "dispenser_unreachable, config_invalid" });

/** The operation with {@link sharedRefusals} in its part of the document, where it says nothing of its own. */
function withSharedRefusals({ route, ...same }: Operation): Operation {
  return { route: { ...route, responses: { ...sharedRefusals, ...route.responses } }, ...same };
}

/** Every known path says which methods it takes. */
function refuseOtherMethods(app: HouseApp, operations: readonly Operation[], nowMs: () => number): void {
  const allowed = new Map<string, string[]>();
  for (const { route, at } of operations) {
    const path = at ?? route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    allowed.set(path, [
      ...(allowed.get(path) ?? []),
      route.method === "get" ? "GET, HEAD" : route.method.toUpperCase(),
    ]);
  }
  for (const [path, methods] of allowed) {
    const allow = [...methods, "OPTIONS"].join(", ");
    app.all(path, (c) => refuse(c, { reason: "method_not_allowed", allow }, nowMs()));
  }
}

import { createRoute, type OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { HouseContext, HouseEnv } from "./context.ts";

/** The app that operations are mounted on. */
export type HouseApp = OpenAPIHono<HouseEnv>;

/** One operation: what the OpenAPI document says of it, and what answers it. */
export type Operation = {
  readonly route: RouteConfig;
  /** The router's own path, where a parameter holds slashes, which OpenAPI can't say. */
  readonly at?: string;
  readonly answer: (c: HouseContext) => Response | Promise<Response>;
};

/** Mounts an operation and writes it into the OpenAPI document. */
export function mount(app: HouseApp, operation: Operation): void {
  const route = createRoute(operation.route);
  app.openAPIRegistry.registerPath(route);
  app.on(route.method.toUpperCase(), operation.at ?? route.getRoutingPath(), (c) => operation.answer(c));
}

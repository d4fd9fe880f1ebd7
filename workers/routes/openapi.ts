import { z } from "@hono/zod-openapi";
import { json } from "./context.ts";
import type { HouseApp, Operation } from "./operation.ts";

/** The OpenAPI 3.1 document of an app, made from the schemas that the operations check with. */
export function openapiDocument(app: HouseApp) {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Wellspring",
      version: "1",
      description: "A faucet that pays each claim exactly once. Refusals are application/problem+json (RFC 9457).",
    },
  });
}

/** `GET /openapi.json`. */
export function openapi(app: HouseApp): Operation {
  app.openAPIRegistry.registerComponent("securitySchemes", "adminKey", {
    type: "http",
    scheme: "bearer",
    description: "An admin key, wsa_NAME_SECRET, that the setting ADMIN_KEYS lists by its hash.",
  });
  return {
    route: {
      method: "get",
      path: "/openapi.json",
      summary: "This document",
      responses: { 200: json("OpenAPI 3.1", z.object({}).loose()) },
    },
    answer: (c) => c.json(openapiDocument(app)),
  };
}

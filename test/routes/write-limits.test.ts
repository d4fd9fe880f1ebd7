import { describe, expect, it } from "vitest";
import { ask } from "../support/api.ts";

type Document = { paths: Record<string, Record<string, { responses?: Record<string, { description?: string }> }>> };

/** It writes nothing: it judges what is to be registered, makes a line, and keeps neither. */
const writesNothing = ["post /api/v1/networks/{chainId}/validators/challenges"];

describe("every write that anybody may make", () => {
  it("has a limit for its client, and names it; a coordinator's has one for wrong keys", async () => {
    const { paths } = (await ask("/openapi.json")).body as unknown as Document;
    const writes = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => ["post", "put", "patch", "delete"].includes(method))
        .map(([method, { responses = {} }]) => ({
          name: `${method} ${path}`,
          limit: responses["429"]?.description ?? "",
        })),
    );
    expect(writes.length).toBeGreaterThan(20);
    const unlimited = writes.filter(({ limit }) => !/_limited|_active|tries_spent/.test(limit)).map(({ name }) => name);
    // The peers' dialects, which are not in the document, claim through the claims' own limits.
    expect(unlimited).toEqual(writesNothing);
  });
});

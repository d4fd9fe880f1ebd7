import { expect, it } from "vitest";
import { valuesOf } from "../../workers/routes/problem-values.ts";

it("a refusal tells its times as RFC 3339 by names without units, and none that nobody knows", () => {
  const paused = { reason: "faucet_paused", detail: "moving" } as const;
  expect(valuesOf({ ...paused, retryAtMs: 0 })).toEqual({ reason: "moving", retryAt: "1970-01-01T00:00:00.000Z" });
  expect(valuesOf({ ...paused, retryAtMs: null })).toEqual({ reason: "moving" });
});

it("a refusal's field without a value is there, so that its sentence has no hole", () => {
  const why = { reason: "gentx_does_not_stand", sha256: null } as const;
  expect(valuesOf({ reason: "act_forbidden", why })).toEqual({ sha256: "" });
});

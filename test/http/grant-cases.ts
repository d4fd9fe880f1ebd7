import { expect } from "vitest";
import type { GrantRefusal } from "../../workers/domain/access/grant.ts";
import type { Asker, Cases } from "./refusal-cases.ts";

const terms = { label: "a test", perDay: 1 };

/** What an operator's acts on keys and codes are refused for. */
export function grantCases({ make, operate, never }: Asker): Pick<Cases, GrantRefusal["reason"]> {
  const words = { code: "mountain river stone", label: "an event", budget: 1 };
  let revoked = "";
  let code = "";
  return {
    unknown_grant: { status: 404, ask: () => operate("DELETE", "open-1", "/keys/nothing") },
    grant_exists: {
      status: 409,
      before: async () => {
        code = await make("codes", words);
      },
      ask: () => operate("POST", "open-1", "/codes", words),
    },
    grant_not_rotatable: {
      status: 409,
      ask: () => operate("POST", "open-1", `/keys/${code}/rotate`, {}),
    },
    grant_revoked: {
      status: 409,
      before: async () => {
        revoked = await make("keys", terms);
        expect((await operate("DELETE", "open-1", `/keys/${revoked}`)).status).toBe(200);
      },
      ask: () => operate("POST", "open-1", `/keys/${revoked}/rotate`, {}),
    },
    grant_denoms: { status: 422, ask: () => operate("POST", "open-1", "/keys", { ...terms, denoms: ["ugold"] }) },
    secret_shown: {
      status: 409,
      before: () => make("keys", terms, "shown-once"),
      ask: () => operate("POST", "open-1", "/keys", { ...terms, label: "another" }, "operator", "shown-once"),
    },
    grants_full: { status: 409, elsewhere: "test/domain/credentials.test.ts", ask: never },
  };
}

import { describe, expect, it } from "vitest";
import { adminKeys, newAdminClient } from "../support/admin-keys.ts";
import { type Answer, ask } from "../support/api.ts";

const path = "/api/v1/admin/actor";

function knock(key: string | null, ip = newAdminClient()): Promise<Answer> {
  const headers = { "cf-connecting-ip": ip, ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  return ask(path, { headers });
}

const codes = async (count: number, question: () => Promise<Answer>) => {
  const found: unknown[] = [];
  for (let asked = 0; asked < count; asked += 1) found.push((await question()).body.code);
  return found;
};

describe("an admin key", () => {
  it("names its holder and what the holder may do", async () => {
    expect(await knock(adminKeys.operator)).toMatchObject({ status: 200, body: { name: "olga", roles: ["operator"] } });
    const { body, headers } = await knock(adminKeys.both);
    expect(body).toEqual({ name: "bea", roles: ["operator", "coordinator"] });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is asked for by 401 and a WWW-Authenticate where none comes, or none that is a bearer's", async () => {
    for (const headers of [{}, { authorization: "Basic b2xnYTpvbGdh" }, { authorization: "Bearer" }]) {
      const answer = await ask(path, { headers });
      expect([answer.status, answer.body.code]).toEqual([401, "admin_key_missing"]);
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
  });

  it("that is wrong by its last character, its case or a trailing letter is refused", async () => {
    const right = adminKeys.operator;
    for (const wrong of [`${right.slice(0, -1)}x`, right.toUpperCase(), `${right}x`, "wsa_olga_", "x".repeat(5_000)]) {
      const { status, body, headers } = await knock(wrong);
      expect([status, body.code]).toEqual([401, "admin_key_invalid"]);
      expect(headers.get("www-authenticate")).toContain("Bearer");
      expect(JSON.stringify(body)).not.toContain(wrong.slice(0, 12));
    }
  });

  it("may be tried wrong 20 times from one client; the 200th try is still refused, and the right key still opens", async () => {
    const ip = newAdminClient();
    const tried = await codes(200, () => knock("wsa_olga_wrong", ip));
    expect(tried.slice(0, 20)).toEqual(new Array(20).fill("admin_key_invalid"));
    expect(new Set(tried.slice(20))).toEqual(new Set(["admin_tries_spent"]));
    const { status, headers } = await knock("wsa_olga_wrong", ip);
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(80_000);
    expect((await knock(adminKeys.operator, ip)).status).toBe(200);
    expect((await knock("wsa_olga_wrong")).body.code).toBe("admin_key_invalid");
  });

  it("is a security scheme of the contract, and each admin's operation asks for it", async () => {
    const { body } = await ask("/openapi.json");
    const { securitySchemes } = body.components as { securitySchemes: Record<string, unknown> };
    expect(securitySchemes.adminKey).toMatchObject({ type: "http", scheme: "bearer" });
    const paths = body.paths as Record<string, Record<string, { security?: unknown }>>;
    const admin = Object.entries(paths).filter(([path]) => path.startsWith("/api/v1/admin/"));
    expect(admin.length).toBeGreaterThan(0);
    for (const operation of admin.flatMap(([, item]) => Object.values(item))) {
      expect(operation.security).toEqual([{ adminKey: [] }]);
    }
  });
});

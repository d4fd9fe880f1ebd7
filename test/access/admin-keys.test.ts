import { describe, expect, it } from "vitest";
import { newAdminKey } from "../../sandbox/operator/admin-key.ts";
import { HashedAdminKeys } from "../../workers/access/admin-keys.ts";
import { readConfig } from "../../workers/config.ts";
import { mayAct } from "../../workers/domain/admin/actor.ts";
import { type AdminDoor, authorize } from "../../workers/domain/admin/authorize.ts";

const entriesOf = (setting: string) => {
  const read = readConfig({ ADMIN_KEYS: setting });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config.adminKeys;
};

describe("the setting ADMIN_KEYS", () => {
  it("lets in the keys that the command makes, each with its roles", async () => {
    const [olga, bea] = [newAdminKey("olga", ["operator"]), newAdminKey("bea-2", ["viewer", "coordinator"])];
    const keys = new HashedAdminKeys(entriesOf(` ${olga.entry} ,${bea.entry},`));
    expect(olga.key).toMatch(/^wsa_olga_[A-Za-z0-9_-]{43}$/);
    expect(await keys.holder(olga.key)).toEqual({ name: "olga", roles: ["operator"] });
    expect(await keys.holder(bea.key)).toEqual({ name: "bea-2", roles: ["viewer", "coordinator"] });
    expect(await keys.holder(newAdminKey("olga", ["operator"]).key)).toBeNull();
    expect(await keys.holder(olga.entry.split(":")[2] ?? "")).toBeNull();
    expect(entriesOf("")).toEqual([]);
  });

  it("names the place of a wrong entry and never quotes it, a key set in its hash's place least of all", () => {
    const { key, entry } = newAdminKey("olga", ["operator"]);
    const hash = "a".repeat(64);
    const wrong = [
      key,
      `Olga:operator:${hash}`,
      `olga:owner:${hash}`,
      `olga:operator+operator:${hash}`,
      "olga:operator:abc",
      entry,
    ];
    for (const one of wrong) {
      const read = readConfig({ ADMIN_KEYS: `${entry},${one}` });
      expect(read).toMatchObject({ ok: false, faults: [{ path: "ADMIN_KEYS.1" }] });
      expect(JSON.stringify(read)).not.toContain(one);
    }
  });

  it.each([
    ["viewer", [true, false, false]],
    ["operator", [true, true, false]],
    ["coordinator", [true, false, true]],
  ] as const)("gives a %s what the role may and nothing more", (role, may) => {
    const actor = { name: "a", roles: [role] };
    expect((["viewer", "operator", "coordinator"] as const).map((wanted) => mayAct(actor, wanted))).toEqual(may);
  });
});

describe("the admins' door", () => {
  it("counts and logs a wrong key only, and never writes any of it down", async () => {
    const { key, entry } = newAdminKey("olga", ["viewer"]);
    const lines: string[] = [];
    let [taken, full] = [0, false];
    const door: AdminDoor = {
      keys: new HashedAdminKeys(entriesOf(entry)),
      tries: {
        take: async () => {
          taken += 1;
          return full ? { ok: false, width: "IPv4 address", retryAtMs: 9 } : { ok: true, hold: "h" };
        },
        look: async () => ({ counts: [], full: null }),
        giveBack: async () => undefined,
      },
      newTryId: () => "t",
      nowMs: () => 1,
      log: (event, fields) => lines.push(`${event} ${JSON.stringify(fields)}`),
    };
    const client = [{ key: "4:192.0.2.1", width: "IPv4 address", max: 20 }];
    expect(await authorize(door, { key, client }, "viewer")).toMatchObject({ ok: true, actor: { name: "olga" } });
    expect(await authorize(door, { key: null, client }, "viewer")).toMatchObject({ ok: false });
    expect(await authorize(door, { key, client }, "operator")).toEqual({
      ok: false,
      refusal: { reason: "role_missing", role: "operator", held: ["viewer"] },
    });
    expect([taken, lines]).toEqual([0, ['admin_role_refused {"actor":"olga","role":"operator"}']]);
    const wrong = `${key}x`;
    await authorize(door, { key: wrong, client }, "viewer");
    full = true;
    expect(await authorize(door, { key: wrong, client }, "viewer")).toMatchObject({ refusal: { retryAtMs: 9 } });
    expect(taken).toBe(2);
    expect(lines.slice(1)).toEqual(['admin_key_refused {"client":"4:192.0.2.1"}']);
  });
});

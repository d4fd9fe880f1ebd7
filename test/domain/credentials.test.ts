import { describe, expect, it, vi } from "vitest";
import type { GrantTerms } from "../../workers/domain/access/grant.ts";
import type { AskRequest } from "../../workers/domain/claim/dispenser-api.ts";
import type { ClaimRefusal } from "../../workers/domain/claim/refusals.ts";
import { BLOCKED } from "../simulation/sim-chain.ts";
import { byOps } from "../support/by-ops.ts";
import { Bench } from "./bench.ts";
import { request } from "./rows.ts";

const dayMs = 86_400_000;
const terms: GrantTerms = { label: "test", denoms: [], perDay: 2, budget: null, expiresAtMs: null };
type By = Pick<AskRequest, "route" | "credential">;
const key: By = { route: "key", credential: { hash: "key-hash" } };
const code: By = { route: "code", credential: { hash: "code-hash" } };
const oidc: By = { route: "oidc", credential: { quotaKey: "oidc:a/b" } };
const signature: By = { route: "signature", credential: { quotaKey: "signature:paw1a" } };

/** A faucet whose operator has made one key and one code. */
function faucet(over: Partial<GrantTerms> = {}, policy: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const bench = new Bench({ oidcPerDay: 2, signaturePerDay: 2, cooldownMs: 0, ...policy });
  bench.dispenser.createGrant({ ...terms, ...over, id: "k1", kind: "key", hash: "key-hash" }, byOps());
  bench.dispenser.createGrant({ ...terms, ...over, id: "c1", kind: "code", hash: "code-hash" }, byOps());
  bench.disk.commit();
  return bench;
}

function refusal(bench: Bench, address: string, by: By, over: Partial<AskRequest> = {}): ClaimRefusal | null {
  const asked = request(address, { id: `${address}-${bench.store.lastSeq()}`, ...by, ...over });
  const prospect = bench.dispenser.prospect(asked, null);
  const reserved = bench.dispenser.reserve(asked);
  // What is told before a claim is what the claim gets.
  expect(prospect.ok ? null : prospect.refusal).toEqual(reserved.ok ? null : reserved.refusal);
  return reserved.ok ? null : reserved.refusal;
}

describe.each([
  ["an API key", "key:k1", key],
  ["an event code", "code:c1", code],
  ["a repository", "oidc:a/b", oidc],
  ["a signing address", "signature:paw1a", signature],
] as const)("the day's quota of %s", (_name, quotaKey, by) => {
  it("is exactly what it is when 200 ask at once, for as many addresses", () => {
    const bench = faucet();
    const answers = Array.from({ length: 200 }, (_, index) => refusal(bench, `r${index}`, by)?.reason ?? "taken");
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(2);
    expect(new Set(answers.slice(2))).toEqual(new Set(["credential_limited"]));
    expect(bench.store.claimsOfCredential(quotaKey, 1, 0)).toHaveLength(2);
  });

  it("slides: the next place is free a day after the first claim, to the millisecond", () => {
    const bench = faucet();
    const beganMs = bench.nowMs;
    expect(refusal(bench, "a", by)).toBeNull();
    bench.nowMs += 5_000;
    expect(refusal(bench, "b", by)).toBeNull();
    const limited = { reason: "credential_limited", retryAtMs: beganMs + dayMs };
    expect(refusal(bench, "c", by)).toMatchObject(limited);
    bench.nowMs = beganMs + dayMs - 1;
    expect(refusal(bench, "c", by)).toMatchObject(limited);
    bench.nowMs += 1;
    expect(refusal(bench, "c", by)).toBeNull();
    expect(refusal(bench, "d", by)).toMatchObject({ retryAtMs: beganMs + 5_000 + dayMs });
  });

  it.each([
    ["remembers", false],
    ["was restarted", true],
  ])("comes back when a claim fails, whether the object %s or not", async (_how, restarts) => {
    const bench = faucet();
    bench.dispenser.reserve(request(`${BLOCKED}0`, { ...by, id: "blocked" }));
    expect(refusal(bench, "good", by)).toBeNull();
    expect(refusal(bench, "more", by)?.reason).toBe("credential_limited");
    await bench.step();
    await bench.live(6);
    expect(bench.states("blocked")).toEqual(["failed"]);
    if (restarts) bench.restart();
    expect(refusal(bench, "more", by)).toBeNull();
    expect(refusal(bench, "again", by)?.reason).toBe("credential_limited");
  });

  it("is kept over a restart, and begins anew on another genesis", () => {
    const bench = faucet();
    for (const address of ["a", "b"]) expect(refusal(bench, address, by)).toBeNull();
    bench.disk.commit();
    bench.restart();
    expect(refusal(bench, "c", by)?.reason).toBe("credential_limited");
    bench.store.save({ epoch: 2 });
    for (const address of ["a", "b"]) expect(refusal(bench, address, by)).toBeNull();
    expect(refusal(bench, "c", by)?.reason).toBe("credential_limited");
  });

  it("is not used by a claim that is refused, nor twice by one that is asked again", () => {
    const bench = faucet();
    const asked = request("a", { ...by, id: "same" });
    for (let index = 0; index < 9; index += 1) expect(bench.dispenser.reserve(asked).ok).toBe(true);
    for (let index = 0; index < 9; index += 1) expect(refusal(bench, "a", by)?.reason).toBe("claim_open");
    expect(refusal(bench, "b", by)).toBeNull();
  });

  it("opens no other door: the recipient's own, the hour's budget and the line stay shut", () => {
    const spent = faucet({}, { hourlyBudget: 1 });
    spent.claim("before");
    expect(refusal(spent, "a", by)?.reason).toBe("budget_spent");
    const full = faucet({}, { queueMax: 1 });
    full.claim("before");
    expect(refusal(full, "a", by)?.reason).toBe("queue_full");
    expect(refusal(full, "before", by)?.reason).toBe("claim_open");
    expect(refusal(full, full.signer, by)?.reason).toBe("recipient_not_allowed");
  });
});

describe("an event code's budget", () => {
  it("is exactly what it is when 200 ask at once, and then it is credential_spent for ever", () => {
    const bench = faucet({ perDay: 0, budget: 5 });
    const answers = Array.from({ length: 200 }, (_, index) => refusal(bench, `r${index}`, code)?.reason ?? "taken");
    expect(answers.filter((answer) => answer === "taken")).toHaveLength(5);
    bench.nowMs += 400 * dayMs;
    const detail = "All 5 claims of this event code are used.";
    expect(refusal(bench, "late", code)).toEqual({ reason: "credential_spent", kind: "code", detail });
    bench.disk.commit();
    bench.restart();
    expect(refusal(bench, "late", code)?.reason).toBe("credential_spent");
  });

  it("gets a place back when a claim of it fails", async () => {
    const bench = faucet({ perDay: 0, budget: 1 });
    bench.dispenser.reserve(request(`${BLOCKED}0`, { ...code, id: "blocked" }));
    expect(refusal(bench, "a", code)?.reason).toBe("credential_spent");
    await bench.step();
    await bench.live(6);
    expect(refusal(bench, "a", code)).toBeNull();
    expect(refusal(bench, "b", code)?.reason).toBe("credential_spent");
  });

  it("stands beside a quota a day: whichever ends first", () => {
    const bench = faucet({ perDay: 2, budget: 3 });
    for (const address of ["a", "b"]) expect(refusal(bench, address, code)).toBeNull();
    expect(refusal(bench, "c", code)?.reason).toBe("credential_limited");
    bench.nowMs += dayMs;
    expect(refusal(bench, "c", code)).toBeNull();
    expect(refusal(bench, "d", code)?.reason).toBe("credential_spent");
  });
});

describe("a key or code", () => {
  it("is credential_invalid when unknown, in the same words however near it was, and comes before all else", () => {
    const bench = faucet();
    bench.claim("open");
    const unknown: By = { route: "key", credential: { hash: "another" } };
    const invalid = { reason: "credential_invalid", kind: "key", detail: "This API key is not known here." };
    expect(refusal(bench, "a", unknown)).toEqual(invalid);
    expect(refusal(bench, "open", unknown)).toEqual(invalid);
    // A code's secret is no key, and the other way round.
    expect(refusal(bench, "a", { route: "key", credential: { hash: "code-hash" } })).toEqual(invalid);
    expect(refusal(bench, "a", { route: "code", credential: { hash: "key-hash" } })).toMatchObject({
      reason: "credential_invalid",
      kind: "code",
    });
  });

  it("is credential_spent from its expiry on, and once revoked, and says which", () => {
    const bench = faucet({ expiresAtMs: 1_750_000_060_000, perDay: 0 });
    bench.nowMs = 1_750_000_059_999;
    expect(refusal(bench, "a", key)).toBeNull();
    bench.nowMs += 1;
    expect(refusal(bench, "b", key)).toMatchObject({
      reason: "credential_spent",
      detail: "This API key expired at 2025-06-15T15:07:40.000Z.",
    });
    bench.dispenser.revokeGrant("code", "c1", byOps());
    expect(refusal(bench, "b", code)).toMatchObject({
      reason: "credential_spent",
      detail: "This event code was revoked.",
    });
  });

  it("is credential_scope for a token outside of its own, and pays only its own where none is named", () => {
    const drips = [
      { denom: "uatom", amount: 3n },
      { denom: "stake", amount: 10n },
    ];
    const bench = faucet({ denoms: ["stake"] }, { drips });
    expect(refusal(bench, "a", key, { denoms: ["uatom"] })).toEqual({
      ...{ reason: "credential_scope", kind: "key", denom: "uatom", allowed: ["stake"] },
    });
    const asked = request("a", { ...key, id: "narrow" });
    bench.dispenser.reserve(asked);
    expect(bench.store.claimById("narrow")?.coins).toEqual([drips[1]]);
    expect(bench.dispenser.reserve(asked)).toMatchObject({ ok: true, repeated: true });
  });

  it("rotated keeps its id and its quota; the old secret is good for its grace and not a millisecond more", () => {
    const bench = faucet();
    expect(refusal(bench, "a", key)).toBeNull();
    const rotated = bench.dispenser.rotateGrant("k1", "new-hash", 10_000, byOps());
    expect(rotated).toMatchObject({ ok: true, grant: { id: "k1", oldUntilMs: bench.nowMs + 10_000 } });
    const fresh: By = { route: "key", credential: { hash: "new-hash" } };
    bench.nowMs += 9_999;
    expect(refusal(bench, "b", key)).toBeNull();
    expect(refusal(bench, "c", fresh)?.reason).toBe("credential_limited");
    bench.nowMs += 1;
    expect(refusal(bench, "c", key)?.reason).toBe("credential_invalid");
    expect(refusal(bench, "c", fresh)?.reason).toBe("credential_limited");
  });

  it("rotated without grace is good no more at once", () => {
    const bench = faucet();
    bench.dispenser.rotateGrant("k1", "new-hash", 0, byOps());
    expect(refusal(bench, "a", key)?.reason).toBe("credential_invalid");
    expect(refusal(bench, "a", { route: "key", credential: { hash: "new-hash" } })).toBeNull();
  });
});

describe("an operator's acts on grants", () => {
  const fresh = { ...terms, id: "k2", kind: "key", hash: "second" } as const;

  it("done twice are done once: creating, rotating, revoking", () => {
    const bench = faucet();
    const twice = <T>(act: () => T): T[] => {
      const first = act();
      bench.nowMs += 1_000;
      return [first, act()];
    };
    for (const act of [
      () => bench.dispenser.createGrant(fresh, byOps()),
      () => bench.dispenser.rotateGrant("k2", "third", 5_000, byOps()),
      () => bench.dispenser.revokeGrant("key", "k2", byOps()),
    ]) {
      const [first, second] = twice(act);
      expect(first).toMatchObject({ ok: true });
      expect(second).toEqual(first);
    }
    const rows = bench.dispenser.audit(null, 9).filter(({ subject }) => subject === "key:k2");
    expect(rows.map(({ actor, act }) => [actor, act])).toEqual([
      ["ops", "revoke_key"],
      ["ops", "rotate_key"],
      ["ops", "create_key"],
    ]);
    expect(bench.events("operator_acted").filter(({ subject }) => subject === "key:k2")).toHaveLength(3);
  });

  it("under an id that did something before show no secret again, and a revoking is done all the same", () => {
    const bench = faucet();
    const { dispenser } = bench;
    const by = byOps();
    expect(dispenser.createGrant(fresh, by).ok).toBe(true);
    const shown = { refusal: { reason: "secret_shown" } };
    expect(dispenser.createGrant({ ...fresh, id: "k3", hash: "third" }, by)).toMatchObject(shown);
    expect(dispenser.rotateGrant("k1", "third", 0, by)).toMatchObject(shown);
    expect(dispenser.listGrants("key", "").map(({ id, rotatedAtMs }) => [id, rotatedAtMs])).toEqual([
      ["k1", null],
      ["k2", null],
    ]);
    expect(dispenser.revokeGrant("key", "k2", by)).toMatchObject({ ok: true });
    expect(dispenser.audit(null, 9).map(({ act }) => act)).toEqual([
      ...["revoke_key", "create_key"],
      ...["create_code", "create_key"],
    ]);
  });

  it("are undone together with their audit row when the step throws", () => {
    const bench = faucet();
    const by = byOps();
    const full = vi.spyOn(bench.store.operator, "addAudit").mockImplementation(() => {
      throw new Error("no room for the row");
    });
    expect(() => bench.dispenser.createGrant(fresh, by)).toThrow("no room for the row");
    full.mockRestore();
    expect(bench.dispenser.listGrants("key", "").map(({ id }) => id)).toEqual(["k1"]);
  });

  it("never show a secret's hash: not in an answer, a list or the log", () => {
    const bench = faucet();
    const shown = [
      bench.dispenser.createGrant(fresh, byOps()),
      bench.dispenser.rotateGrant("k2", "third", 5_000, byOps()),
      bench.dispenser.listGrants("key", ""),
      bench.dispenser.listGrants("code", ""),
      bench.dispenser.audit(null, 100),
      bench.lines,
    ];
    expect(bench.dispenser.listGrants("key", "").map(({ id }) => id)).toEqual(["k1", "k2"]);
    expect(bench.dispenser.listGrants("code", "").map(({ id }) => id)).toEqual(["c1"]);
    expect(JSON.stringify(shown, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
      /second|third|key-hash|code-hash/,
    );
  });

  it("are refused by name, and nothing is done", () => {
    const bench = faucet();
    const { dispenser } = bench;
    dispenser.createGrant(fresh, byOps());
    dispenser.revokeGrant("key", "k2", byOps());
    expect(dispenser.createGrant({ ...fresh, id: "k3" }, byOps())).toMatchObject({
      refusal: { reason: "grant_exists" },
    });
    const denoms = dispenser.createGrant({ ...fresh, id: "k3", hash: "h", denoms: ["ufoo"] }, byOps());
    expect(denoms).toMatchObject({ refusal: { reason: "grant_denoms", denom: "ufoo" } });
    expect(dispenser.rotateGrant("k9", "h", 0, byOps())).toMatchObject({ refusal: { reason: "unknown_grant" } });
    expect(dispenser.revokeGrant("key", "k9", byOps())).toMatchObject({ refusal: { reason: "unknown_grant" } });
    expect(dispenser.rotateGrant("k2", "h", 0, byOps())).toMatchObject({ refusal: { reason: "grant_revoked" } });
    expect(dispenser.rotateGrant("c1", "h", 0, byOps())).toMatchObject({ refusal: { reason: "grant_not_rotatable" } });
    expect(dispenser.rotateGrant("k1", "code-hash", 0, byOps())).toMatchObject({ refusal: { reason: "grant_exists" } });
    expect(dispenser.revokeGrant("code", "k1", byOps())).toMatchObject({ refusal: { reason: "unknown_grant" } });
    expect(dispenser.listGrants("key", "")).toHaveLength(2);
    expect(dispenser.audit(null, 100)).toHaveLength(4);
  });

  it("are refused as grants_full when the faucet keeps as many as it may", () => {
    const bench = faucet();
    vi.spyOn(bench.store, "grants", "get").mockReturnValue({ ...bench.store.grants, count: () => 10_000 });
    expect(bench.dispenser.createGrant(fresh, byOps())).toMatchObject({
      refusal: { reason: "grants_full", most: 10_000 },
    });
    expect(bench.dispenser.listGrants("key", "").map(({ id }) => id)).toEqual(["k1"]);
  });
});

it("a nonce of a CI token pays once, however many ask at once with it", () => {
  const bench = faucet({}, { oidcPerDay: 100 });
  const nonce = { id: "jti", expiresAtMs: bench.nowMs + 60_000 };
  const answers = Array.from({ length: 200 }, (_, index) => {
    const reserved = bench.dispenser.reserve(request(`r${index}`, { ...oidc, nonce }));
    return reserved.ok ? "taken" : reserved.refusal.reason;
  });
  expect(answers.filter((answer) => answer === "taken")).toHaveLength(1);
  expect(new Set(answers.slice(1))).toEqual(new Set(["challenge_used"]));
});

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { clientWindowMs } from "../../workers/domain/access/client.ts";
import { clientNetworksOf } from "../../workers/domain/access/networks-of.ts";
import { EmbeddedLimiter } from "../../workers/limits/embedded-limiter.ts";
import { SqliteClientCounts } from "../../workers/store/client-counts-sqlite.ts";
import { describeClientLimiter } from "../conformance/client-limiter.ts";

const caps = { ipv4: 3, ipv6By64: 3, ipv6By56: 9, ipv6By48: 27 };
const ipv4 = clientNetworksOf({ address: "192.0.2.1" }, caps);
const ipv6 = clientNetworksOf({ address: "2001:db8::1" }, caps);

function embedded(scope = `scope-${crypto.randomUUID()}`): EmbeddedLimiter {
  return new EmbeddedLimiter(scope, (name) => env.CLIENT_LIMITS.getByName(name), unexpected);
}

function unexpected(event: string): never {
  throw new Error(`logged ${event}`);
}

/** One object's stub, and what runs on its storage. */
function newObject() {
  const stub = env.CLIENT_LIMITS.getByName(`test-${crypto.randomUUID()}`);
  const inside = <T>(use: (storage: DurableObjectStorage) => T | Promise<T>) =>
    runInDurableObject(stub, (_instance, state) => use(state.storage));
  return { stub, inside };
}

function rowsWritten(storage: DurableObjectStorage, run: (counts: SqliteClientCounts) => void): number {
  const counts = new SqliteClientCounts(storage);
  const { sql } = storage;
  let rows = 0;
  const real = sql.exec.bind(sql);
  sql.exec = ((query: string, ...values: unknown[]) => {
    const cursor = real(query, ...values);
    const read = [...cursor];
    rows += cursor.rowsWritten;
    return { toArray: () => read, rowsWritten: cursor.rowsWritten };
  }) as typeof sql.exec;
  try {
    run(counts);
  } finally {
    sql.exec = real as typeof sql.exec;
  }
  return rows;
}

describeClientLimiter("the embedded limiter", () => embedded());

describe("the objects that count clients", () => {
  it("write two rows for IPv4 and four for IPv6, one more for the note, and none for a refusal", async () => {
    const { inside } = newObject();
    await inside((storage) => {
      const take = (id: string, networks: typeof ipv4) => (counts: SqliteClientCounts) => {
        counts.take({ claim: id, hold: "1:h" }, networks, 1_000);
      };
      expect(rowsWritten(storage, take("a", ipv4))).toBe(2);
      expect(rowsWritten(storage, take("b", ipv6))).toBe(4);
      expect(rowsWritten(storage, (counts) => counts.note({ claim: "a", hold: "1:h" }, 1, 1_000))).toBe(1);
      rowsWritten(storage, take("c", ipv4));
      rowsWritten(storage, take("d", ipv4));
      expect(rowsWritten(storage, take("e", ipv4))).toBe(0);
    });
  });

  it("leave nothing behind of a claim that was given back", async () => {
    const scope = `scope-${crypto.randomUUID()}`;
    const limiter = embedded(scope);
    for (const hold of ["own", null]) {
      const count = await limiter.take("claim", ipv6, Date.now());
      if (!count.ok) throw new Error("refused");
      await limiter.giveBack("claim", hold && count.hold);
      for (let shard = 0; shard < 64; shard += 1) {
        await runInDurableObject(env.CLIENT_LIMITS.getByName(`${scope}/${shard}`), (_instance, { storage }) => {
          for (const table of ["counts", "holds", "notes"]) {
            expect(storage.sql.exec(`SELECT * FROM ${table}`).toArray()).toEqual([]);
          }
        });
      }
    }
  });

  it("keep no client for longer than a day and the way to the next alarm", async () => {
    const { stub, inside } = newObject();
    const alarmAt = () => inside((storage) => storage.getAlarm());
    const yesterday = Date.now() - clientWindowMs - 1;
    await stub.take({ claim: "old", hold: "1:a" }, ipv6, yesterday);
    await stub.note({ claim: "old", hold: "1:a" }, 1, yesterday);
    await stub.take({ claim: "new", hold: "1:b" }, ipv4, Date.now());
    expect(await alarmAt()).toBeGreaterThan(Date.now());
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    const claims = await inside(({ sql }) => sql.exec<{ claim: string }>("SELECT claim FROM counts").toArray());
    expect(claims).toEqual([{ claim: "new" }]);
    const holds = "SELECT claim FROM holds UNION ALL SELECT claim FROM notes";
    expect(await inside(({ sql }) => sql.exec(holds).toArray())).toEqual([{ claim: "new" }]);
    expect(await alarmAt()).toBeGreaterThan(Date.now());
    await stub.release("new", null);
    await runDurableObjectAlarm(stub);
    expect(await alarmAt()).toBeNull();
  });

  it("sweep in bounded steps until nothing old is left", async () => {
    const { inside } = newObject();
    await inside((storage) => {
      const counts = new SqliteClientCounts(storage);
      const wide = [{ key: "k", width: "w", max: 1_000 }];
      for (let index = 0; index < 25; index += 1) counts.take({ claim: `c${index}`, hold: "1:h" }, wide, 1_000);
      const later = 1_000 + clientWindowMs;
      expect([1, 2, 3].map(() => counts.sweep(later, 10))).toEqual(["old", "old", "none"]);
    });
  });

  it("look a client up by an index", async () => {
    const { inside } = newObject();
    await inside(({ sql }) => {
      for (const query of [
        "SELECT at_ms FROM counts WHERE key = 'k' AND at_ms > 1 ORDER BY at_ms DESC LIMIT 1 OFFSET 3",
        "SELECT at_ms, keys FROM holds WHERE claim = 'c' AND at_ms > 1 LIMIT 1",
        "SELECT DISTINCT shard FROM notes WHERE claim = 'c'",
      ]) {
        const plan = sql.exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`).toArray();
        expect(plan.map((step) => step.detail).join()).toMatch(/^SEARCH/);
      }
    });
  });
});

describe("the embedded limiter", () => {
  it("counts on when the object that counts is killed after each claim", async () => {
    const scope = `scope-${crypto.randomUUID()}`;
    for (const id of ["a", "b", "c"]) {
      const count = await embedded(scope).take(id, ipv4, Date.now());
      if (!count.ok) throw new Error(`${id} was refused`);
      const stub = env.CLIENT_LIMITS.getByName(`${scope}/${count.hold.split(":")[0]}`);
      const killed = runInDurableObject(stub, (_instance, state) => state.abort("killed by a test"));
      await expect(killed).rejects.toThrow("killed by a test");
    }
    expect((await embedded(scope).take("c9", ipv4, Date.now())).ok).toBe(false);
  });

  it("asks again when a reply is lost, and counts once", async () => {
    const scope = `scope-${crypto.randomUUID()}`;
    let lost = 0;
    const flaky = new EmbeddedLimiter(
      scope,
      (name) => {
        const stub = env.CLIENT_LIMITS.getByName(name);
        return new Proxy(stub, {
          get:
            (target, method: keyof typeof stub) =>
            async (...values: never[]) => {
              const answer = await (target[method] as (...values: never[]) => Promise<unknown>)(...values);
              lost += 1;
              if (lost % 2 === 1) throw new Error("the reply was lost");
              return answer;
            },
        }) as never;
      },
      unexpected,
    );
    const count = await flaky.take("c0", ipv4, Date.now());
    expect(lost).toBe(4);
    expect(await embedded(scope).take("c1", ipv4, Date.now())).toMatchObject({ ok: true });
    expect(await embedded(scope).take("c2", ipv4, Date.now())).toMatchObject({ ok: true });
    expect((await embedded(scope).take("c3", ipv4, Date.now())).ok).toBe(false);
    if (count.ok) await flaky.giveBack("c0", count.hold);
    expect(await embedded(scope).take("c4", ipv4, Date.now())).toMatchObject({ ok: true });
    expect((await embedded(scope).take("c5", ipv4, Date.now())).ok).toBe(false);
  });

  it("throws where its objects don't answer, and never when it gives back", async () => {
    const events: string[] = [];
    const down = () => {
      throw new Error("no object");
    };
    const limiter = new EmbeddedLimiter("down", down, (event) => events.push(event));
    await expect(limiter.take("c", ipv4, Date.now())).rejects.toThrow("no object");
    await limiter.giveBack("c", null);
    expect(events).toEqual(["client_give_back_failed"]);
  });
});

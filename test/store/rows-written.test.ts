import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ask, claim, claimsOf, newAddress, until } from "../support/api.ts";

/** Rows written are what the platform bills: counted over a claim's whole life, in both stores. */
const written = { object: 0, d1: 0 };
const undo: (() => void)[] = [];

beforeAll(async () => {
  const stub = env.DISPENSER.getByName("sandbox-1");
  await runInDurableObject(stub, (_instance, { storage }) => {
    const sql: SqlStorage = Object.getPrototypeOf(storage.sql);
    const { exec } = sql;
    sql.exec = function (this: SqlStorage, ...query: Parameters<typeof exec>) {
      const cursor = exec.apply(this, query);
      written.object += cursor.rowsWritten;
      return cursor;
    } as typeof exec;
    undo.push(() => {
      sql.exec = exec;
    });
  });
  const d1: D1Database = Object.getPrototypeOf(env.DB);
  const { batch } = d1;
  d1.batch = async function (this: D1Database, statements) {
    const results = await batch.call(this, statements);
    written.d1 += results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
    return results;
  } as typeof batch;
  undo.push(() => {
    d1.batch = batch;
  });
});
afterAll(() => {
  for (const each of undo) each();
});

/** Rows a claim, in the object and in D1, for so many that come at once, until both stores have all of it. */
async function rowsOf(count: number): Promise<{ object: number; d1: number }> {
  const before = { ...written };
  const addresses = Array.from({ length: count }, newAddress);
  const answers = await Promise.all(addresses.map((address) => claim("sandbox-1", { address })));
  for (const { body } of answers) {
    const read = () => ask(`${claimsOf("sandbox-1")}/${String(body.id)}`);
    expect((await until(read, (answer) => answer.body.state === "confirmed")).status).toBe(200);
  }
  const stub = env.DISPENSER.getByName("sandbox-1");
  await until(
    () => runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm()),
    (alarm) => alarm === null,
  );
  return { object: (written.object - before.object) / count, d1: (written.d1 - before.d1) / count };
}

it("writes at most 20 rows in the object and 5 in D1 for a claim that comes alone", async () => {
  // The first one brings the tables' own rows and the chain's anchor.
  await rowsOf(1);
  const { object, d1 } = await rowsOf(1);
  expect(object).toBeLessThanOrEqual(20);
  expect(d1).toBeLessThanOrEqual(5);
});

it("writes 3 rows in the object and 2 in D1 for each of 100 claims that come at once, and a share of their batch", async () => {
  const { object, d1 } = await rowsOf(100);
  expect(object).toBeGreaterThan(3);
  expect(object).toBeLessThan(3.6);
  expect(d1).toBeGreaterThan(2);
  expect(d1).toBeLessThan(2.2);
});

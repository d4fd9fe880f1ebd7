import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, root } from "../architecture/tree.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";
import { settledRows, storedRows } from "../support/stored-rows.ts";
import { ceremonyNetworks } from "./ceremony-cases.ts";
import { directoryNetworks } from "./directory-cases.ts";
import { type Code, type Id, networks, refusalCases } from "./refusal-cases.ts";

type German = Readonly<Record<string, readonly [title: string, detail: string]>>;
const { refusals }: { refusals: German } = await import(
  /* @vite-ignore */ join(root, "docs-site/public/texts/de-refusals.js")
);

describe("each refusal, by its code", { timeout: 60_000 }, () => {
  let house: RawHouse<Id>;
  const cases = refusalCases(() => house);

  beforeAll(async () => {
    house = await startRawHouse<Id>(networks, [...ceremonyNetworks, ...directoryNetworks]);
    await Promise.all(Object.values(cases).map(({ before }) => before?.()));
    // A faucet knows that it is empty once it has read its balance.
    for (let wait = 0; wait < 100; wait += 1) {
      const answer = await fetch(`${house.worker.url}/api/v1/networks/empty-1/faucet`);
      if ("balanceAt" in ((await answer.json()) as object)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await settledRows(house.stateDir);
  });

  afterAll(() => house?.stop());

  it("has its case, whichever code problem.ts knows", () => {
    const source = read("workers/routes/problem.ts");
    const known = new Set([...source.matchAll(/case "(\w+)":/g)].map(([, code]) => code));
    expect([...known].sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.keys(cases) as Code[])(
    "%s is answered with its status and words, and writes nothing",
    async (code) => {
      const { status, elsewhere, counted, breaks, ask } = cases[code];
      if (elsewhere !== undefined) return expect(read(elsewhere)).toContain(code);
      await breaks?.();
      const written = counted === true ? "wellspring-client-limits" : counted;
      const kept = (all: readonly string[]) =>
        written === undefined ? all : all.filter((row) => !row.startsWith(written));
      let rows = breaks ? await settledRows(house.stateDir) : storedRows(house.stateDir);
      let answer = await ask();
      // Other networks go on behind it, and a dispenser notes its numbers once a minute. What a refusal itself writes
      // would be written each time.
      for (let again = 0; again < 2 && kept(storedRows(house.stateDir)).join() !== kept(rows).join(); again += 1) {
        rows = await settledRows(house.stateDir);
        answer = await ask();
      }
      const body = (await answer.json()) as Record<string, unknown>;
      expect([answer.status, body.code, body.status]).toEqual([status, code, status]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(body.type).toBe(`/problems/${code}`);
      expect(String(body.title).length).toBeGreaterThan(3);
      expect(String(body.detail)).toMatch(/^[^\n]{10,}$/);
      // What its German words name has come along.
      const { values = {}, why } = body as { readonly values?: object; readonly why?: string };
      const [, german = ""] = refusals[`${code}.${why}`] ?? refusals[code] ?? [];
      expect(german.length).toBeGreaterThan(3);
      const named = [...german.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([...Object.keys(values), ...Object.keys(body)]).toEqual(expect.arrayContaining(named));
      if (body.retryAt !== undefined) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      return expect(kept(storedRows(house.stateDir))).toEqual(kept(rows));
    },
  );
});

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { D1PeerLooks } from "../../workers/store/peer-looks-d1.ts";
import { D1Registrations } from "../../workers/store/registrations-d1.ts";
import { profileOf } from "../support/registrations.ts";

let count = 0;
/** A chain of its own with so many approved operators, one that waits and one that names no node. */
async function newChain(approved: number) {
  const chainId = `looks-${count++}`;
  const store = new D1Registrations(env.DB, chainId);
  const act = (name: string) => ({ actId: `${chainId}-${name}`, actor: "o", atMs: 1 });
  const add = async (number: number, to: "approved" | "pending", peer: string | null) => {
    const operator = `o${String(number).padStart(4, "0")}`;
    const profile = { seed: false, ...profileOf(number), consensusKey: null, peer };
    const claims = { skeleton: operator, nodeId: peer && `node ${number}`, consensusKey: null };
    const nonce = { id: operator, expiresAtMs: 9_000 };
    await store.register({ operator, profile, claims, contact: undefined, proof: "tx", nonce }, 9_999, act(operator));
    if (to === "approved") await store.review(operator, 1, { to, allocation: null }, act(`${operator}!`));
  };
  for (let number = 0; number < approved; number += 1) await add(number, "approved", `node-${number}`);
  await add(9_000, "pending", "waits");
  await add(9_001, "approved", null);
  return { looks: new D1PeerLooks(env.DB, chainId), store, chainId };
}
const reachable = (atMs: number) => ({ outcome: "reachable", seen: "", atMs }) as const;

describe("turns in D1", () => {
  it("are taken by one of many who ask at the same time, oldest first, approved operators' alone", async () => {
    const { looks } = await newChain(10);
    const runs = await Promise.all(Array.from({ length: 5 }, () => looks.lease(0, 1_000, 4)));
    const operators = runs.flat().map(({ operator }) => operator);
    expect(operators).toHaveLength(10);
    expect(new Set(operators).size).toBe(10);
    expect(await looks.lease(1_000, 1_001, 4)).toEqual([]);
    const [first] = await looks.lease(1_001, 1_002, 1);
    expect(first).toEqual({ operator: "o0000", peer: "node-0", leasedAtMs: 1_002 });
    const next = await looks.lease(1_001, 1_003, 2);
    expect(next.map(({ operator }) => operator)).toEqual(["o0001", "o0002"]);
  });

  it("keep what the newest of them saw: a late one writes nothing", async () => {
    const { looks } = await newChain(1);
    const [early] = await looks.lease(0, 1_000, 4);
    const [newer] = await looks.lease(1_001, 2_000, 4);
    if (early === undefined || newer === undefined) throw new Error("no turn");
    await looks.keep(newer, reachable(2_001));
    await looks.keep(early, { outcome: "no_answer", seen: "", atMs: 2_002 });
    const found = await looks.of(["o0000", "o9000"]);
    expect([...found]).toEqual([["o0000", { peer: "node-0", ...reachable(2_001) }]]);
  });

  it("leave what was seen before, under the node that was looked at, while the next one goes on", async () => {
    const { looks, store } = await newChain(1);
    const [turn] = await looks.lease(0, 1_000, 4);
    if (turn === undefined) throw new Error("no turn");
    await looks.keep(turn, reachable(1_001));
    const profile = { seed: false, ...profileOf(0), consensusKey: null, peer: "moved" };
    const claims = { skeleton: "o0000", nodeId: "node 0", consensusKey: null };
    const content = { operator: "o0000", profile, claims, contact: undefined, proof: "tx" } as const;
    await store.amend({ ...content, nonce: { id: "m", expiresAtMs: 9_000 } }, 2, "approved", {
      ...{ actId: "moved", actor: "o", atMs: 2 },
    });
    expect(await looks.lease(1_001, 2_000, 4)).toMatchObject([{ peer: "moved" }]);
    expect((await looks.of(["o0000"])).get("o0000")).toMatchObject({ peer: "node-0", outcome: "reachable" });
  });

  it("are of one chain, and of nobody who withdrew meanwhile", async () => {
    const [one, other] = [await newChain(1), await newChain(1)];
    const [turn] = await one.looks.lease(0, 1_000, 4);
    if (turn === undefined) throw new Error("no turn");
    await one.store.withdraw(
      "o0000",
      { id: "w", expiresAtMs: 9_000 },
      { actId: `w-${one.chainId}`, actor: "o", atMs: 2 },
    );
    await one.looks.keep(turn, reachable(1_001));
    expect(await one.looks.of(["o0000"])).toEqual(new Map());
    expect(await other.looks.lease(0, 1_000, 4)).toHaveLength(1);
  });

  it("write as many rows as db/STORAGE.md says", async () => {
    const { looks } = await newChain(1);
    const statement: D1PreparedStatement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
    const { all, run } = statement;
    let rows = 0;
    const counted = (ask: typeof all) =>
      async function (this: D1PreparedStatement) {
        const result = await ask.call(this);
        rows += result.meta.rows_written;
        return result;
      } as typeof all;
    Object.assign(statement, { all: counted(all), run: counted(run as typeof all) });
    const rowsOf = async (what: () => Promise<unknown>) => {
      rows = 0;
      await what();
      return rows;
    };
    const turn = { operator: "o0000", peer: "node-0", leasedAtMs: 1_000 };
    expect(await rowsOf(() => looks.lease(0, 1_000, 4))).toBe(1);
    expect(await rowsOf(() => looks.keep(turn, reachable(1_001)))).toBe(1);
    expect(await rowsOf(() => looks.lease(0, 1_002, 4))).toBe(0);
    expect(await rowsOf(() => looks.of(["o0000"]))).toBe(0);
    Object.assign(statement, { all, run });
  });
});

import { describe, expect, it } from "vitest";
import { auditRowsMax } from "../../workers/domain/claim/operator-store.ts";
import type { WithStorage } from "./dispenser-store.ts";

const act = (id: string, atMs = 1) => ({ id, atMs, actor: "olga", act: "pause", subject: "faucet", detail: '{"a":1}' });
const denied = (address: string, reason = "spam") => ({ address, reason, by: "olga", atMs: 7 });

/** What every store guarantees of the operator's rows. */
export function describeOperatorStore(name: string, withStorage: WithStorage): void {
  describe(`${name} keeps what operators do`, () => {
    it("numbers acts from 1, gives every field back, newest first and page by page", () =>
      withStorage((open) => {
        const numbers = ["a", "b", "c"].map((id) => open().operator.addAudit(act(id)));
        expect(numbers).toEqual([1, 2, 3]);
        expect(open().operator.auditBefore(null, 2)).toEqual([
          { ...act("c"), n: 3 },
          { ...act("b"), n: 2 },
        ]);
        expect(open().operator.auditBefore(2, 9)).toEqual([{ ...act("a"), n: 1 }]);
      }));

    it("knows an act by its id and stores it once", () =>
      withStorage((open) => {
        const { operator } = open();
        operator.addAudit(act("a"));
        expect([operator.knowsAct("a"), operator.knowsAct("b")]).toEqual([true, false]);
        expect(() => operator.addAudit(act("a"))).toThrow();
        expect(operator.auditBefore(null, 9)).toHaveLength(1);
      }));

    it("keeps the newest acts and no more than its bound", () =>
      withStorage((open) => {
        const { operator } = open();
        expect(auditRowsMax).toBe(10_000);
        for (let count = 0; count < 5; count += 1) operator.addAudit(act(`${count}`));
        expect(operator.auditBefore(null, 100)).toHaveLength(5);
      }));

    it("denies an address until it is allowed, and a second word on it replaces the first", () =>
      withStorage((open) => {
        const { operator } = open();
        expect([operator.denied("sand1a"), operator.allow("sand1a")]).toEqual([null, false]);
        for (const address of ["sand1b", "sand1a", "sand1c"]) operator.deny(denied(address));
        operator.deny(denied("sand1a", "worse"));
        expect(open().operator.denied("sand1a")).toEqual(denied("sand1a", "worse"));
        expect(operator.deniedCount()).toBe(3);
        expect(operator.deniedAfter(null, 2).map(({ address }) => address)).toEqual(["sand1a", "sand1b"]);
        expect(operator.deniedAfter("sand1b", 9).map(({ address }) => address)).toEqual(["sand1c"]);
        expect([operator.allow("sand1a"), operator.denied("sand1a")]).toEqual([true, null]);
      }));

    it("undoes an act's rows together when a step throws", () =>
      withStorage((open) => {
        const store = open();
        const run = () =>
          store.atomically(() => {
            store.operator.deny(denied("sand1a"));
            store.operator.addAudit(act("a"));
            throw new Error("a bug");
          });
        expect(run).toThrow("a bug");
        expect([open().operator.denied("sand1a"), open().operator.knowsAct("a")]).toEqual([null, false]);
      }));
  });
}

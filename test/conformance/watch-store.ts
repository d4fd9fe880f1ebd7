import { describe, expect, it } from "vitest";
import { emptyTally } from "../../workers/domain/claim/tally.ts";
import { messagesMax } from "../../workers/domain/claim/watch-store.ts";
import type { WithStorage } from "./dispenser-store.ts";

const message = (id: string) => ({ id, event: "claim.confirmed", body: `{"id":"${id}"}` });

/** What every store guarantees of what is counted and told. */
export function describeWatchStore(name: string, withStorage: WithStorage): void {
  describe(`${name} keeps what is counted and told`, () => {
    it("gives the tally back that was kept last, and null before the first", () =>
      withStorage((open) => {
        expect(open().watch.tally()).toBeNull();
        open().watch.keepTally(emptyTally());
        const tally = { ...emptyTally(), refused: { queue_full: 3 }, messagesLost: 1 };
        open().watch.keepTally(tally);
        expect(open().watch.tally()).toEqual(tally);
      }));

    it("hands out messages when they are due, the longest due first, until each is removed", () =>
      withStorage((open) => {
        const { watch } = open();
        expect([watch.nextDueMs(), watch.dueMessages(9_999, 9)]).toEqual([null, []]);
        for (const [index, id] of ["a", "b", "c"].entries()) expect(watch.addMessage(message(id), 100 + index)).toBe(0);
        expect(watch.dueMessages(99, 9)).toEqual([]);
        expect(watch.dueMessages(101, 9).map(({ id }) => id)).toEqual(["a", "b"]);
        expect(watch.dueMessages(999, 1)).toEqual([{ ...message("a"), n: 1, tries: 0, nextAtMs: 100 }]);
        watch.postponeMessage(1, 1, 500);
        expect(
          open()
            .watch.dueMessages(999, 9)
            .map(({ id, tries }) => [id, tries]),
        ).toEqual([
          ["b", 0],
          ["c", 0],
          ["a", 1],
        ]);
        expect(watch.nextDueMs()).toBe(101);
        for (const n of [2, 3]) watch.removeMessage(n);
        expect([watch.nextDueMs(), watch.messageCount()]).toEqual([500, 1]);
      }));

    it("drops the oldest beyond its bound and says how many", () =>
      withStorage((open) => {
        const { watch } = open();
        for (let count = 0; count < messagesMax; count += 1) watch.addMessage(message(`m${count}`), 1);
        expect(watch.addMessage(message("over"), 1)).toBe(1);
        expect([watch.messageCount(), watch.dueMessages(9, 1)[0]?.id]).toEqual([messagesMax, "m1"]);
      }));
  });
}

import { describe, expect, it } from "vitest";
import { type ClientLimiter, type ClientNetwork, clientWindowMs } from "../../workers/domain/access/client.ts";
import { clientNetworksOf } from "../../workers/domain/access/networks-of.ts";

const caps = { ipv4: 3, ipv6By64: 2, ipv6By56: 4, ipv6By48: 6 };
const of = (address: string, by = caps) => clientNetworksOf({ address }, by);
const nowMs = Date.now();

/** Takes claims one after the other; answers how many were counted. */
async function takeMany(limiter: ClientLimiter, many: number, networks: readonly ClientNetwork[], atMs = nowMs) {
  let counted = 0;
  for (let index = 0; index < many; index += 1) {
    if ((await limiter.take(crypto.randomUUID(), networks, atMs)).ok) counted += 1;
  }
  return counted;
}

async function holdOf(limiter: ClientLimiter, id: string, networks: readonly ClientNetwork[], atMs = nowMs) {
  const count = await limiter.take(id, networks, atMs);
  if (!count.ok) throw new Error(`${id} was refused by its ${count.width}`);
  return count.hold;
}

/** The contract of {@link ClientLimiter}. `setUp` answers one under whose name nothing was counted. */
export function describeClientLimiter(name: string, setUp: () => ClientLimiter): void {
  describe(`${name} counts clients`, () => {
    it("up to the cap and not further, each client apart", async () => {
      const limiter = setUp();
      expect(await takeMany(limiter, 5, of("192.0.2.1"))).toBe(3);
      expect(await takeMany(limiter, 5, of("192.0.2.2"))).toBe(3);
    });

    it("exactly up to the cap when 200 ask at once", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1", { ...caps, ipv4: 7 });
      const counts = await Promise.all(
        Array.from({ length: 200 }, (_, index) => limiter.take(`c${index}`, networks, nowMs + index)),
      );
      expect(counts.filter((count) => count.ok)).toHaveLength(7);
    });

    it("by /64, /56 and /48, whose caps grow: each ends where its own cap is", async () => {
      const limiter = setUp();
      expect(await takeMany(limiter, 9, of("2001:db8:1:100::1"))).toBe(2);
      expect(await takeMany(limiter, 9, of("2001:db8:1:101::1"))).toBe(2);
      expect(await takeMany(limiter, 9, of("2001:db8:1:102::1"))).toBe(0);
      expect(await takeMany(limiter, 9, of("2001:db8:1:200::1"))).toBe(2);
      expect(await takeMany(limiter, 9, of("2001:db8:1:300::1"))).toBe(0);
      expect(await takeMany(limiter, 9, of("2001:db8:2:300::1"))).toBe(2);
    });

    it("exactly up to each cap when a whole /48 asks at once", async () => {
      const limiter = setUp();
      const addresses = Array.from(
        { length: 120 },
        (_, index) => `2001:db8:1:${(index % 12).toString(16)}00::${index}`,
      );
      const counts = await Promise.all(
        addresses.map((address, index) => limiter.take(`c${index}`, of(address), nowMs)),
      );
      expect(counts.filter((count) => count.ok)).toHaveLength(6);
    });

    it("under all of a client's networks or under none", async () => {
      const limiter = setUp();
      await takeMany(limiter, 2, of("2001:db8:1:100::1"));
      // The /64 is full: what is refused there must use up nothing of the /56 and the /48.
      await takeMany(limiter, 20, of("2001:db8:1:100::1"));
      expect(await takeMany(limiter, 9, of("2001:db8:1:101::1"))).toBe(2);
      expect(await takeMany(limiter, 9, of("2001:db8:1:201::1"))).toBe(2);
    });

    it("and says which network is full and when it no longer is: to the millisecond", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      for (const afterMs of [0, 10, 20]) await limiter.take(`at-${afterMs}`, networks, nowMs + afterMs);
      const retryAtMs = nowMs + clientWindowMs;
      const refused = { ok: false, width: "IPv4 address", retryAtMs };
      expect(await limiter.take("late", networks, nowMs + 30)).toEqual(refused);
      expect(await limiter.take("late", networks, retryAtMs - 1)).toEqual(refused);
      expect(await takeMany(limiter, 2, networks, retryAtMs)).toBe(1);
      expect(await takeMany(limiter, 9, networks, retryAtMs + 20)).toBe(2);
    });

    it("and names the network that is full longest", async () => {
      const limiter = setUp();
      const tight = { ipv4: 0, ipv6By64: 1, ipv6By56: 0, ipv6By48: 2 };
      await limiter.take("first", of("2001:db8:1:1::", tight), nowMs);
      await limiter.take("second", of("2001:db8:1:2::", tight), nowMs + 500);
      const count = await limiter.take("third", of("2001:db8:1:2::", tight), nowMs + 600);
      expect(count).toEqual({ ok: false, width: "IPv6 /64", retryAtMs: nowMs + 500 + clientWindowMs });
    });

    it("not at all where no cap is set", async () => {
      expect(await takeMany(setUp(), 20, [])).toBe(20);
    });
  });

  describe(`${name} shows how full a client is`, () => {
    it("by each of its networks, what was given back not counted, and counts nothing by that", async () => {
      const limiter = setUp();
      await limiter.look(of("2001:db8:1:100::1"), nowMs);
      await takeMany(limiter, 2, of("2001:db8:1:100::1"));
      await limiter.giveBack("other", await holdOf(limiter, "other", of("2001:db8:1:101::1")));
      await takeMany(limiter, 1, of("2001:db8:1:200::1"));
      for (let index = 0; index < 9; index += 1) {
        // From the widest to the narrowest: /48, /56, /64.
        expect((await limiter.look(of("2001:db8:1:101::1"), nowMs)).counts).toEqual([3, 2, 0]);
      }
      expect((await limiter.look(of("2001:db8:2::1"), nowMs)).counts).toEqual([0, 0, 0]);
      expect(await takeMany(limiter, 9, of("2001:db8:1:101::1"))).toBe(2);
    });

    it("exactly as taking would: which network is full longest and when it no longer is", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      for (const afterMs of [0, 10]) await limiter.take(`at-${afterMs}`, networks, nowMs + afterMs);
      expect(await limiter.look(networks, nowMs + 10)).toEqual({ counts: [2], full: null });
      await limiter.take("at-20", networks, nowMs + 20);
      const retryAtMs = nowMs + clientWindowMs;
      expect(await limiter.look(networks, nowMs + 30)).toEqual({
        counts: [3],
        full: { width: "IPv4 address", retryAtMs },
      });
      expect(await limiter.take("late", networks, nowMs + 30)).toMatchObject({ ok: false, retryAtMs });
      expect(await limiter.look(networks, retryAtMs)).toEqual({ counts: [2], full: null });
    });

    it("and at most its cap, also when more were counted under a higher one", async () => {
      const limiter = setUp();
      await takeMany(limiter, 3, of("192.0.2.1"));
      const lowered = of("192.0.2.1", { ...caps, ipv4: 2 });
      expect(await limiter.look(lowered, nowMs)).toMatchObject({ counts: [2], full: { width: "IPv4 address" } });
    });

    it("empty where no cap is set", async () => {
      expect(await setUp().look([], nowMs)).toEqual({ counts: [], full: null });
    });
  });

  describe(`${name} counts a claim once`, () => {
    it("however often it is taken, also when its client is full", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      for (let index = 0; index < 9; index += 1) await holdOf(limiter, "same", networks);
      expect(await takeMany(limiter, 9, networks)).toBe(2);
      await holdOf(limiter, "same", networks);
    });

    it("when it is taken 200 times at once", async () => {
      const limiter = setUp();
      const networks = of("2001:db8::1");
      const counts = await Promise.all(Array.from({ length: 200 }, () => limiter.take("same", networks, nowMs)));
      expect(counts.every((count) => count.ok)).toBe(true);
      expect(await takeMany(limiter, 9, networks)).toBe(1);
    });
  });

  describe(`${name} gives back`, () => {
    it("exactly what a claim took, under all its networks, once", async () => {
      const limiter = setUp();
      const full = of("2001:db8:1:100::1", { ...caps, ipv6By56: 2, ipv6By48: 2 });
      const hold = await holdOf(limiter, "refused", full);
      expect(await takeMany(limiter, 9, full)).toBe(1);
      for (let index = 0; index < 3; index += 1) await limiter.giveBack("refused", hold);
      expect(await takeMany(limiter, 9, full)).toBe(1);
      await limiter.giveBack("refused", hold);
      await limiter.giveBack("refused", null);
      expect(await takeMany(limiter, 9, full)).toBe(0);
    });

    it("a claim that failed by its id alone, whoever holds it", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      for (let index = 0; index < 3; index += 1) await holdOf(limiter, "failed", networks);
      expect(await takeMany(limiter, 9, networks)).toBe(2);
      await Promise.all(Array.from({ length: 20 }, () => limiter.giveBack("failed", null)));
      expect(await takeMany(limiter, 9, networks)).toBe(1);
    });

    it("one hold and no more: a claim that another request holds still counts", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      const [one, other] = [await holdOf(limiter, "same", networks), await holdOf(limiter, "same", networks)];
      await takeMany(limiter, 9, networks);
      for (let index = 0; index < 3; index += 1) await limiter.giveBack("same", one);
      expect(await takeMany(limiter, 9, networks)).toBe(0);
      await limiter.giveBack("same", other);
      expect(await takeMany(limiter, 9, networks)).toBe(1);
    });

    it("never more than was taken, when 100 are taken and given back at once", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const count = await limiter.take(`c${index}`, networks, nowMs);
          if (count.ok) await limiter.giveBack(`c${index}`, index % 2 === 0 ? count.hold : null);
        }),
      );
      expect(await takeMany(limiter, 9, networks)).toBe(3);
    });

    it("nothing for what is unknown, and a claim that was given back counts again when it is taken again", async () => {
      const limiter = setUp();
      const networks = of("192.0.2.1");
      await limiter.giveBack("unknown", null);
      await limiter.giveBack("unknown", "7:no-hold");
      await limiter.giveBack("again", await holdOf(limiter, "again", networks));
      const hold = await holdOf(limiter, "again", networks);
      await limiter.giveBack("again", "7:no-hold");
      expect(await takeMany(limiter, 9, networks)).toBe(2);
      await limiter.giveBack("again", hold);
      expect(await takeMany(limiter, 9, networks)).toBe(1);
    });
  });
}

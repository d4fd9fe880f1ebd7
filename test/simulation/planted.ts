import type { ChainDriver, Walk } from "../../workers/domain/chain/driver.ts";
import type { ClaimRow } from "../../workers/domain/claim/records.ts";
import type { MemoryStore } from "./memory-store.ts";
import { hashOf } from "./sim-chain.ts";
import type { Planted, World } from "./world.ts";

/** How far behind the blocks a node's transaction index may be. */
const INDEX_LAG_BLOCKS = 2;
const CACHE_ANSWER = "already exists in cache";

/** Puts changed methods in front of a driver; all else goes through. */
function changed(driver: ChainDriver, methods: Partial<ChainDriver>): ChainDriver {
  return new Proxy(driver, {
    get(target, name) {
      const own = Reflect.get(methods, name);
      if (own !== undefined) return own;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Sends before anything is stored. */
const skipTheOutbox: Planted = {
  driver: (driver) =>
    changed(driver, {
      prepare: async (order) => {
        const tx = await driver.prepare(order);
        await driver.submit(tx);
        return tx;
      },
    }),
};

/** Takes a batch that was not seen for a while for dead. */
const noProofOfDeath: Planted = {
  driver: (driver) => changed(driver, { reservations: { ...driver.reservations, spent: () => true } }),
};

/** Asks the transaction index instead of reading blocks: not found counts as not there. */
const trustTheIndex: Planted = {
  driver: (driver, world) =>
    changed(driver, {
      walk: async (from, through, limit, watch, mark): Promise<Walk> => {
        const walk = await driver.walk(from, through, limit, watch, mark);
        const indexed = world.chain.height - INDEX_LAG_BLOCKS;
        const point = world.chain.block(through);
        const cursor = point ? { height: through, hash: point.hash } : walk.cursor;
        return { ...walk, cursor, found: walk.found.filter((found) => found.height <= indexed) };
      },
    }),
};

/** Counts a block that the node at hand does not have as empty. */
const trustALaggingNode: Planted = {
  driver: (driver, world) =>
    changed(driver, {
      tip: async (atLeast) => {
        const tip = await driver.tip(atLeast);
        const fresh = world.chain.block(world.chain.height);
        return fresh ? { ...tip, height: fresh.height, hash: fresh.hash } : tip;
      },
      walk: async (from, through, limit, watch, mark): Promise<Walk> => {
        const walk = await driver.walk(from, through, limit, watch, mark);
        const point = world.chain.block(through);
        return point && !walk.broken ? { ...walk, cursor: { height: through, hash: point.hash } } : walk;
      },
    }),
};

/** Looks for the recipient's last claim in the read model. */
const readD1ForADecision: Planted = {
  store: (store, world) =>
    withMethod(store, "latestClaimOf", (recipient: string, epoch: number) => lastProjected(world, recipient, epoch)),
};

function lastProjected(world: World, recipient: string, epoch: number): ClaimRow | null {
  const rows = [...world.projected.claims.values()].filter((row) => row.recipient === recipient && row.epoch === epoch);
  return rows.sort((a, b) => a.seq - b.seq).at(-1) ?? null;
}

/** Takes "already in cache" for a sign that the transaction failed, and pays anew. */
const requeueOnCached: Planted = {
  driver: (driver, world) =>
    changed(driver, {
      submit: async (tx) => {
        const answer = await driver.submit(tx);
        if ("log" in answer && answer.log.includes(CACHE_ANSWER)) world.forceDead(hashOf(tx.bytes));
        return answer;
      },
    }),
};

/** Counts a credential's claims up and down in memory, and never by the rows: a restart gives its quota anew. */
const countCredentialsInMemory: Planted = {
  store: (store) => withMethod(store, "claimsOfCredential", () => []),
};

function withMethod<K extends keyof MemoryStore>(store: MemoryStore, name: K, method: unknown): MemoryStore {
  return new Proxy(store, {
    get(target, key) {
      if (key === name) return method;
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Bugs that others have had. The simulation is worth something because it finds each of them. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  "skip the outbox": skipTheOutbox,
  "no proof of death": noProofOfDeath,
  "trust the index": trustTheIndex,
  "trust a lagging node": trustALaggingNode,
  "read D1 for a decision": readD1ForADecision,
  "count credentials in memory": countCredentialsInMemory,
  'requeue on "already in cache"': requeueOnCached,
};

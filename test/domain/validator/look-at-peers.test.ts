import { describe, expect, it } from "vitest";
import { lookAtPeers, type PeerWatch } from "../../../workers/domain/validator/look-at-peers.ts";
import type { DuePeer, Greeting, PeerLook } from "../../../workers/domain/validator/peer-look.ts";

const id = "a".repeat(40);
const now = 1_700_000_000_000;

/** One operator's turn: what was kept, which addresses were connected to, and what was logged. */
async function turn(
  address: string,
  how: {
    readonly names?: Record<string, readonly string[] | null>;
    readonly greeting?: Greeting;
    readonly anywhere?: boolean;
  } = {},
) {
  const kept: Omit<PeerLook, "peer">[] = [];
  const [dialed, asked, logged]: [string[], string[], string[]] = [[], [], []];
  const due: DuePeer = { operator: "o", peer: `${id}@${address}`, leasedAtMs: now };
  const watch: PeerWatch = {
    chainId: "peers-1",
    anywhere: how.anywhere ?? false,
    looks: {
      lease: async () => [due],
      keep: async (_turn, look) => void kept.push(look),
      of: async () => new Map(),
    },
    names: {
      addresses: async (name) => {
        asked.push(name);
        return how.names?.[name] ?? (how.names && name in how.names ? null : []);
      },
    },
    dialer: {
      greet: async (to, port) => {
        dialed.push(`${to} ${port}`);
        return how.greeting ?? { kind: "node", nodeId: id, network: "peers-1" };
      },
    },
    nowMs: () => now,
    log: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields)}`),
  };
  expect(await lookAtPeers(watch, 4)).toBe(1);
  return { look: kept[0] ?? null, dialed, asked, logged };
}

describe("what is seen of an operator's node", () => {
  it("is reachable where it has the key and is on the chain", async () => {
    const { look, dialed } = await turn("9.9.9.9:26656");
    expect(look).toEqual({ outcome: "reachable", seen: "", atMs: now });
    expect(dialed).toEqual(["9.9.9.9 26656"]);
  });

  it("is another node, another chain or none", async () => {
    const greeted = async (greeting: Greeting) => (await turn("9.9.9.9:26656", { greeting })).look;
    const other = { kind: "node", nodeId: "b".repeat(40), network: null } as const;
    expect(await greeted(other)).toMatchObject({ outcome: "other_node", seen: "b".repeat(40) });
    const elsewhere = { kind: "node", nodeId: id, network: "peers-2" } as const;
    expect(await greeted(elsewhere)).toMatchObject({ outcome: "other_chain", seen: "peers-2" });
    expect(await greeted({ ...elsewhere, network: null })).toMatchObject({ outcome: "other_chain", seen: "" });
    expect(await greeted({ kind: "none", why: "x" })).toMatchObject({ outcome: "no_answer", seen: "" });
  });

  it("is an address that its name has, asked once: what the name says later changes nothing", async () => {
    const answers = [["9.9.9.9"], ["127.0.0.1"]];
    const names = {
      get "node.dev"() {
        return answers.shift() ?? null;
      },
    };
    const { dialed, asked } = await turn("node.dev:26656", { names });
    expect(asked).toEqual(["node.dev"]);
    expect(dialed).toEqual(["9.9.9.9 26656"]);
  });

  it("is a name without an address, and stays what it was where the resolver gives no answer", async () => {
    expect((await turn("node.dev:26656")).look).toMatchObject({ outcome: "unresolved" });
    const silent = await turn("node.dev:26656", { names: { "node.dev": null } });
    expect(silent).toMatchObject({ look: null, dialed: [] });
    expect(silent.logged).toEqual(['peer_names_silent {"operator":"o"}']);
  });
});

describe("what nobody connects to", () => {
  const refused = async (address: string, names: Record<string, readonly string[]> = {}, anywhere = false) => {
    const { look, dialed, logged } = await turn(address, { names, anywhere });
    expect(look).toMatchObject({ outcome: "refused", seen: "" });
    expect(dialed).toEqual([]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^peer_address_refused /);
  };

  it.each(["127.0.0.1:26656", "10.0.0.1:26656", "169.254.169.254:26656", "[::1]:26656", "[fd00::1]:26656"])(
    "is the address %s, also if it got past the sign-up",
    (address) => refused(address),
  );

  it.each(["[::ffff:127.0.0.1]:26656", "[::ffff:a9fe:a9fe]:26656", "[64:ff9b::7f00:1]:26656", "[2002:7f00:1::]:26656"])(
    "is IPv4 in the clothes of IPv6, %s",
    (address) => refused(address),
  );

  it.each([["127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"], ["169.254.169.254"], ["what is no address"]])(
    "is a name that leads to %s",
    (address) => refused("node.dev:26656", { "node.dev": [address] }),
  );

  it("is a name of which one address of several is private, wherever it stands", async () => {
    await refused("node.dev:26656", { "node.dev": ["9.9.9.9", "10.0.0.1"] });
    await refused("node.dev:26656", { "node.dev": ["10.0.0.1", "9.9.9.9"] });
  });

  it("is a name for private use, which no resolver is asked about", async () => {
    for (const host of ["localhost", "node", "node.internal", "metadata.google.internal", "printer.local"])
      expect(await turn(`${host}:26656`)).toMatchObject({ look: { outcome: "refused" }, asked: [], dialed: [] });
  });

  it.each([1, 22, 25, 80, 443, 1023])("is port %s, also where any address may be", async (port) => {
    await refused(`9.9.9.9:${port}`);
    await refused(`9.9.9.9:${port}`, {}, true);
    expect((await turn("9.9.9.9:1024")).look).toMatchObject({ outcome: "reachable" });
  });

  it("is nothing but what can't be read where the network file allows any address", async () => {
    const names = { "node.dev": ["127.0.0.1"] };
    expect((await turn("node.dev:26656", { names, anywhere: true })).dialed).toEqual(["127.0.0.1 26656"]);
    await refused("node.dev:26656", { "node.dev": ["no address"] }, true);
  });
});

describe("a turn that fails", () => {
  it("is told once the others ended: none of them is cut off", async () => {
    const { promise: late, resolve: goOn } = Promise.withResolvers<readonly string[]>();
    const kept: string[] = [];
    const dueOf = (operator: string) => ({ operator, peer: `${id}@${operator}.dev:26656`, leasedAtMs: now });
    const due = ["broken", "slow"].map(dueOf);
    const run = lookAtPeers(
      {
        chainId: "peers-1",
        anywhere: false,
        looks: {
          lease: async () => due,
          keep: async ({ operator }) => {
            if (operator === "broken") {
              setImmediate(() => goOn(["9.9.9.9"]));
              throw new Error("no database");
            }
            kept.push(operator);
          },
          of: async () => new Map(),
        },
        names: { addresses: async (name) => (name === "slow.dev" ? late : []) },
        dialer: { greet: async () => ({ kind: "node", nodeId: id, network: "peers-1" }) },
        nowMs: () => now,
        log: () => undefined,
      },
      4,
    );
    await expect(run).rejects.toThrow("no database");
    expect(kept).toEqual(["slow"]);
  });
});

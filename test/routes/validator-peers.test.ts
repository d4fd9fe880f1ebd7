import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import worker from "../../workers/main.ts";
import { account } from "../genesis/gentxs.ts";
import { ask } from "../support/api.ts";
import type { PeersFacts } from "../support/peers-setup.ts";
import { profileOf } from "../support/registrations.ts";
import { amend, approve, register, validatorsOf, withdraw } from "../support/validator-client.ts";

const chain = "peers-1";
const { good, elsewhere, six, silent } = JSON.parse(env.PEERS) as PeersFacts;
const cron = () => worker.scheduled(createScheduledController({ cron: "* * * * *" }), env);
const of = (number: number, on = chain) => `${validatorsOf(on)}/${account(number)}`;
type Look = { readonly outcome: string; readonly seen: string; readonly lookedAt: string } | null;
const lookOf = async (number: number, on = chain) => (await ask(of(number, on))).body.peerLook as Look;
type Step = { readonly step: string; readonly state: string; readonly evidence: string; readonly command?: string };
const stepOf = async (number: number, on = chain) => {
  const { body } = await ask(`${of(number, on)}/checklist`);
  return (body.steps as Step[]).find(({ step }) => step === "peer");
};
const later = () => new Promise((resolve) => setTimeout(resolve, 1100));
/** As if a quarter of an hour had gone by since every turn. */
const laterTurns = () => env.DB.prepare("UPDATE peer_looks SET leased_at_ms = leased_at_ms - 900001").run();

/** Whose node is where: each by a name, since a private address can't be signed up. */
const peers = [
  `${good.id}@here.dev:${good.port}`,
  `${elsewhere.id}@here.dev:${elsewhere.port}`,
  `${"d".repeat(40)}@here.dev:${good.port}`,
  `${six.id}@six.dev:${six.port}`,
  `${"e".repeat(40)}@nobody.dev:26656`,
  `${"f".repeat(40)}@silent.dev:26656`,
  `${silent.id}@here.dev:${silent.port}`,
  // Nobody listens there.
  `${"c".repeat(40)}@here.dev:1024`,
];

describe("operators' nodes", () => {
  beforeAll(async () => {
    for (const [number, peer] of peers.entries())
      expect((await register(chain, number, { changes: { peer } })).status).toBe(201);
    expect((await register(chain, 8, { changes: { peer: null } })).status).toBe(201);
  });

  it("are looked at by nobody before a coordinator approved their operators", async () => {
    await cron();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM peer_looks").first("n")).toBe(0);
    expect(await stepOf(0)).toMatchObject({ state: "unknown", evidence: expect.stringContaining("approved") });
    for (const number of [0, 1, 2, 3, 4, 5, 6, 7, 8]) expect((await approve(chain, number)).status).toBe(200);
    expect(await stepOf(0)).toMatchObject({ state: "unknown", evidence: expect.stringContaining("Not looked at yet") });
  });

  it("are looked at by cron, four a minute, from the Worker's own socket", async () => {
    await cron();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM peer_looks").first("n")).toBe(4);
    await cron();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM peer_looks").first("n")).toBe(8);
    const outcomes = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) => lookOf(number)));
    expect(outcomes.map((look) => look?.outcome ?? null)).toEqual([
      ...["reachable", "other_chain", "other_node", "reachable", "unresolved", null, "no_answer", "no_answer", null],
    ]);
    expect(outcomes[1]?.seen).toBe("elsewhere-1");
    expect(outcomes[2]?.seen).toBe(good.id);
    expect(Math.abs(Date.now() - Date.parse(outcomes[0]?.lookedAt ?? ""))).toBeLessThan(60_000);
  });

  it("are a step of the checklist, with what to type where it is open", async () => {
    expect(await stepOf(0)).toMatchObject({ state: "done", evidence: expect.stringContaining(good.id) });
    expect(await stepOf(1)).toMatchObject({ state: "open", command: expect.stringContaining("chain_id") });
    expect(await stepOf(2)).toMatchObject({ state: "open", command: "simd tendermint show-node-id" });
    expect(await stepOf(4)).toMatchObject({ state: "open", command: "getent ahosts nobody.dev" });
    expect(await stepOf(5)).toMatchObject({ state: "unknown" });
    expect(await stepOf(6)).toMatchObject({ state: "open", command: expect.stringContaining("external_address") });
    expect(await stepOf(8)).toMatchObject({ state: "not_needed" });
    const { body } = await ask(`${of(0)}/checklist`);
    expect((body.steps as Step[]).map(({ step }) => step).slice(3, 6)).toEqual(["gentx", "peer", "genesis"]);
  });

  it("are left alone for a quarter of an hour, whatever is asked meanwhile", async () => {
    const before = await lookOf(0);
    await cron();
    await Promise.all([ask(`${of(0)}/checklist`), ask(validatorsOf(chain)), ask(of(0))]);
    expect(await lookOf(0)).toEqual(before);
    await laterTurns();
    await Promise.all([cron(), cron()]);
    const turns = await env.DB.prepare("SELECT operator FROM peer_looks WHERE leased_at_ms > ?1")
      .bind(Date.now() - 60_000)
      .all();
    expect(turns.results).toHaveLength(8);
  });

  it("that an operator names anew are not yet seen, and one who withdrew leaves no trace", async () => {
    await later();
    const moved = { profile: profileOf(0, { peer: `${good.id}@six.dev:26656` }) };
    expect((await amend(chain, 0, moved)).body).toMatchObject({ state: "approved", peerLook: null });
    expect(await stepOf(0)).toMatchObject({ state: "unknown" });
    expect((await withdraw(chain, 3)).status).toBe(200);
    const left = await env.DB.prepare("SELECT count(*) AS n FROM peer_looks WHERE operator = ?1")
      .bind(account(3))
      .first("n");
    expect(left).toBe(0);
  });

  it("in a private network are not connected to where the network file does not say so", async () => {
    const peer = `${good.id}@here.dev:${good.port}`;
    expect((await register("peers-2", 9, { changes: { peer } })).status).toBe(201);
    expect((await approve("peers-2", 9)).status).toBe(200);
    await laterTurns();
    // Another network comes first each minute; each has its turn within two.
    for (let minute = 0; minute < 3; minute += 1) await cron();
    expect(await lookOf(9, "peers-2")).toMatchObject({ outcome: "refused", seen: "" });
    expect(await stepOf(9, "peers-2")).toMatchObject({ state: "open" });
  });
});

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ask, balanceOf, claim, claimsOf, control, newAddress, until } from "../support/api.ts";

const drip = 1_000_000n;

function ended(chainId: string, id: unknown) {
  return until(
    () => ask(`${claimsOf(chainId)}/${String(id)}`),
    ({ body }) => body.state === "confirmed" || body.state === "failed",
  );
}

/** Ends the object as it stands, in the middle of whatever it does. The next question starts a new one. */
async function killObject(chainId: string): Promise<void> {
  const stub = env.DISPENSER.getByName(chainId);
  const killed = runInDurableObject(stub, (_instance, state) => state.abort("killed by a test"));
  await expect(killed).rejects.toThrow("killed by a test");
}

/** Lets blocks come on the chain that makes none by itself, until the claims have ended. */
async function endedByHand(ids: readonly unknown[]): Promise<string[]> {
  const states = () => Promise.all(ids.map(async (id) => (await ask(`${claimsOf("held-1")}/${String(id)}`)).body));
  const bodies = await until(
    async () => {
      await control("held-1", "makeBlock");
      return states();
    },
    (all) => all.every(({ state }) => state === "confirmed" || state === "failed"),
  );
  return bodies.map((body) => String(body.state));
}

describe("the dispenser's object", () => {
  it("pays 300 claims that come at once, each exactly once", async () => {
    const addresses = Array.from({ length: 300 }, newAddress);
    const answers = await Promise.all(addresses.map((address) => claim("sandbox-1", { address })));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    for (const { body } of answers) expect((await ended("sandbox-1", body.id)).body.state).toBe("confirmed");
    const balances = await Promise.all(addresses.map((address) => balanceOf("sandbox-1", address)));
    expect(new Set(balances)).toEqual(new Set([drip]));
  });

  it("ends what it has accepted when it is killed before it signed", async () => {
    const address = newAddress();
    const { body } = await claim("held-1", { address });
    await killObject("held-1");
    expect((await ask(`${claimsOf("held-1")}/${String(body.id)}`)).body.id).toBe(body.id);
    expect(await endedByHand([body.id])).toEqual(["confirmed"]);
    expect(await balanceOf("held-1", address)).toBe(drip);
  });

  it("pays once when it is killed after it has submitted", async () => {
    const address = newAddress();
    const { body } = await claim("held-1", { address });
    const path = `${claimsOf("held-1")}/${String(body.id)}`;
    await until(
      () => ask(path),
      (answer) => answer.body.state === "submitted",
    );
    await killObject("held-1");
    expect(await endedByHand([body.id])).toEqual(["confirmed"]);
    expect(await balanceOf("held-1", address)).toBe(drip);
  });

  it("has an alarm armed for as long as a claim is open, and none when all have ended", async () => {
    const stub = env.DISPENSER.getByName("held-1");
    const alarm = () => runInDurableObject(stub, (_instance, state) => state.storage.getAlarm());
    const { body } = await claim("held-1", { address: newAddress() });
    await until(
      () => ask(`${claimsOf("held-1")}/${String(body.id)}`),
      (answer) => answer.body.state === "submitted",
    );
    expect(await alarm()).not.toBeNull();
    expect(await endedByHand([body.id])).toEqual(["confirmed"]);
    await until(alarm, (atMs) => atMs === null);
  });

  it("pays once when its alarm runs twice at the same time, and is poked meanwhile", async () => {
    const stub = env.DISPENSER.getByName("sandbox-1");
    const address = newAddress();
    const { body } = await claim("sandbox-1", { address });
    await Promise.all([
      runDurableObjectAlarm(stub),
      runInDurableObject(stub, (instance) => instance.alarm()),
      runInDurableObject(stub, (instance) => instance.alarm()),
      stub.poke(),
    ]);
    expect((await ended("sandbox-1", body.id)).body.state).toBe("confirmed");
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
  });

  it("answers who waits for a claim's end when it comes, and who waits too long with what is", async () => {
    const stub = env.DISPENSER.getByName("held-1");
    const { body } = await claim("held-1", { address: newAddress() });
    const id = String(body.id);
    expect((await stub.claimEnd(id, 300))?.state).not.toBe("confirmed");
    const waiting = stub.claimEnd(id, 20_000);
    await endedByHand([id]);
    expect((await waiting)?.state).toBe("confirmed");
    expect(await stub.claimEnd("unknown", 20_000)).toBeNull();
    expect((await stub.claimChange(id, "queued", 20_000))?.state).toBe("confirmed");
  });

  it("brings D1 to the same words about every claim, and to no others", async () => {
    const address = newAddress();
    const { body } = await claim("sandbox-1", { address }, {}, "?wait=confirmed");
    await until(
      () => ask(`${claimsOf("sandbox-1")}?address=${address}`),
      (list) => (list.body.claims as { state: string }[])[0]?.state === "confirmed",
    );
    const stub = env.DISPENSER.getByName("sandbox-1");
    const own = await runInDurableObject(stub, (_instance, { storage }) =>
      storage.sql.exec("SELECT seq, id, recipient, coins FROM claims ORDER BY seq").toArray(),
    );
    const query = "SELECT seq, id, recipient, coins FROM claims WHERE chain_id = ? ORDER BY seq";
    const copied = await env.DB.prepare(query).bind("sandbox-1").all();
    expect(copied.results).toEqual(own);
    expect(own.at(-1)).toMatchObject({ id: body.id, recipient: address });
  });

  it("fills an emptied D1 again, and changes nothing by writing the same twice", async () => {
    const rows = async () => (await env.DB.prepare("SELECT * FROM claims ORDER BY chain_id, seq").all()).results;
    const before = await rows();
    for (const empty of [true, false]) {
      if (empty) await env.DB.exec("DELETE FROM claims");
      // A stub that has seen its object die stays broken: each turn takes a new one.
      await runInDurableObject(env.DISPENSER.getByName("sandbox-1"), (_instance, { storage }) => {
        const { body } = storage.sql.exec<{ body: string }>("SELECT body FROM state").one();
        const state = { ...JSON.parse(body), projectedSeq: 0, projectedRev: 0 };
        storage.sql.exec("UPDATE state SET body = ?", JSON.stringify(state));
      });
      await killObject("sandbox-1");
      await claim("sandbox-1", { address: newAddress() }, {}, "?wait=confirmed");
      await until(rows, (now) => now.filter((row) => row.chain_id === "sandbox-1").length > 300);
    }
    const after = await rows();
    const known = before.filter((row) => row.chain_id === "sandbox-1");
    expect(after).toEqual(expect.arrayContaining(known));
  });
});

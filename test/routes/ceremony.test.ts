import { abortAllDurableObjects } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { contentsOf, readAct } from "../../genesis/ceremony/act.ts";
import { assembleParts } from "../../genesis/ceremony/assemble-parts.ts";
import { readGentxFacts } from "../../genesis/ceremony/gentx-facts.ts";
import { verifyDownload } from "../../genesis/ceremony/verify.ts";
import { fromBase64, sha256Hex } from "../../genesis/log/bytes.ts";
import { openCheckpoint } from "../../genesis/log/checkpoint.ts";
import { parseVerifierKey, signerKey } from "../../genesis/log/key.ts";
import { verifyConsistency, verifyInclusion } from "../../genesis/log/proof.ts";
import { decodeBundle, tilePath, tilesOf } from "../../genesis/log/tiles.ts";
import { leafHash } from "../../genesis/log/tree.ts";
import { account } from "../genesis/gentxs.ts";
import { adminKeys, newAdminClient } from "../support/admin-keys.ts";
import { ask } from "../support/api.ts";
import {
  act,
  askCoordinator,
  beginCollecting,
  ceremonyOf,
  close,
  handIn,
  mustAct,
} from "../support/ceremony-client.ts";
import { gentxFor, logKey } from "../support/ceremony-network.ts";

const client = newAdminClient();
const of = ceremonyOf;
const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

const fetchRaw = (path: string) => exports.default.fetch(new Request(`http://wellspring.test${path}`));
const bytesOf = async (path: string) => {
  const answer = await fetchRaw(path);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
};

/** Everything that the log's URLs hold. */
async function download(chain: string) {
  const read = (path: string) => bytesOf(`${of(chain)}/log/${path}`);
  const size = Number((await ask(of(chain))).body.acts);
  const paths = ["checkpoint", ...tilesOf(size).map(tilePath)];
  for (const tile of tilesOf(size).filter(({ level }) => level === "entries")) {
    for (const leaf of decodeBundle((await read(tilePath(tile))) ?? new Uint8Array(), tile.width) ?? []) {
      const done = readAct(leaf);
      if (typeof done === "string") throw new Error(done);
      paths.push(...contentsOf(done).map(({ sha256 }) => `content/${sha256}`));
    }
  }
  return { read, list: async () => [...new Set(paths)] };
}

describe("a ceremony over HTTP, before it begins", () => {
  it("is not found where the network has none, or where nobody has begun it", async () => {
    expect(await ask(of("sandbox-1"))).toMatchObject({ status: 404, body: { code: "ceremony_not_found" } });
    expect(await ask(of("genesis-2"))).toMatchObject({ status: 404, body: { code: "ceremony_not_found" } });
    // Who waits for it, as a page does, may ask without it being an error; that there is none at all stays one.
    const waiting = await exports.default.fetch(`http://wellspring.test${of("genesis-2")}?unbegun=empty`);
    expect([waiting.status, await waiting.text(), waiting.headers.get("cache-control")]).toEqual([204, "", "no-store"]);
    expect(await ask(`${of("sandbox-1")}?unbegun=empty`)).toMatchObject({ status: 404 });
    expect(await ask(`${of("genesis-2")}?unbegun=404`)).toMatchObject({ status: 400, body: { code: "invalid_query" } });
    expect(await ask(`${of("genesis-2")}/log/checkpoint`)).toMatchObject({ status: 404, body: { code: "not_found" } });
    const early = await handIn("genesis-2", gentxFor("genesis-2"));
    expect(early).toMatchObject({ status: 409, body: { code: "act_forbidden", why: "not_created" } });
  });

  it("is begun by a coordinator alone", async () => {
    expect(await act("genesis-1", { kind: "create" }, "operator")).toMatchObject({ status: 403 });
    expect(await ask("/api/v1/admin/networks/genesis-1/ceremony/acts", { method: "POST", body: "{}" })).toMatchObject({
      status: 401,
    });
    expect(await act("genesis-1", { kind: "create", more: 1 })).toMatchObject({
      status: 400,
      body: { code: "invalid_body" },
    });
  });
});

describe("a ceremony over HTTP, with two coordinators", () => {
  const chain = "genesis-1";
  let oldCheckpoint = new Uint8Array();

  beforeAll(() => beginCollecting(chain));

  it("tells everybody where it stands", async () => {
    const { status, body } = await ask(of(chain));
    expect(status).toBe(200);
    expect(body).toMatchObject({ chainId: chain, phase: "collecting", gentxs: [], acts: 4, standing: null, seals: [] });
    expect(body.parameters).toMatchObject({ chainId: chain, prefix: "paw", denom: "upaw", gatePercent: 80 });
    expect(body.origin).toBe(`wellspring/${chain}`);
    oldCheckpoint = (await bytesOf(`${of(chain)}/log/checkpoint`)) ?? oldCheckpoint;
  });

  it("judges a gentx and keeps nothing of it", async () => {
    const checked = await ask(`${of(chain)}/gentxs/check`, { method: "POST", body: gentxFor(chain) });
    expect(checked).toMatchObject({ status: 200, body: { operator: account(0), power: "500" } });
    expect((await ask(of(chain))).body).toMatchObject({ acts: 4, refusals: 0, gentxs: [] });
  });

  it("takes a gentx and proves it by a receipt that holds without us", async () => {
    const text = gentxFor(chain);
    const { status, body } = await handIn(chain, text);
    expect([status, body.operator, body.sha256]).toEqual([201, account(0), sha256Hex(utf8(text))]);
    const receipt = body.receipt as { index: number; leafHash: string; inclusion: string[]; checkpoint: string };
    const key = parseVerifierKey(String((await ask(of(chain))).body.verifierKey));
    const signed = key && openCheckpoint(utf8(receipt.checkpoint), key);
    if (!signed || typeof signed === "string") throw new Error(String(signed));
    const entries = await bytesOf(`${of(chain)}/log/tile/entries/000.p/${signed.size}`);
    const leaf = decodeBundle(entries ?? new Uint8Array(), signed.size)?.[receipt.index];
    expect(leaf && leafHash(leaf)).toEqual(hex(receipt.leafHash));
    const claim = { index: receipt.index, size: signed.size, leaf: hex(receipt.leafHash), root: signed.root };
    expect(verifyInclusion(receipt.inclusion.map(hex), claim)).toBe(true);
    expect((await handIn(chain, text)).body.receipt).toMatchObject({ index: receipt.index });
    expect((await ask(of(chain))).body.acts).toBe(5);
  });

  it("proves that the log only grew", async () => {
    const key = signerKey(`wellspring/${chain}`, fromBase64(logKey) ?? new Uint8Array());
    const { body } = await ask(`${of(chain)}/log/consistency?old=4`);
    const [old, now] = [openCheckpoint(oldCheckpoint, key), openCheckpoint(utf8(String(body.checkpoint)), key)];
    if (typeof old === "string" || typeof now === "string") throw new Error("no checkpoint");
    const proof = (body.proof as string[]).map(hex);
    const claim = { old: old.size, size: now.size, oldRoot: old.root, root: now.root };
    expect(verifyConsistency(proof, claim)).toBe(true);
    expect(await ask(`${of(chain)}/log/consistency?old=400`)).toMatchObject({ status: 404 });
    expect(await ask(`${of(chain)}/log/consistency?old=x`)).toMatchObject({ status: 400 });
  });

  it("refuses with every rule that a gentx breaks, and forgets it", async () => {
    const bad = gentxFor("paw-other-9", 1, (message) => {
      message.commission.rate = "1.100000000000000000";
      message.description.moniker = "";
    });
    const { status, body } = await handIn(chain, bad);
    expect([status, body.code]).toEqual([422, "gentx_refused"]);
    const rules = (body.failures as { rule: string; remedy: string }[]).map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(1);
    expect(await ask(`${of(chain)}/log/content/${sha256Hex(utf8(bad))}`)).toMatchObject({ status: 404 });
    expect((await ask(of(chain))).body).toMatchObject({ refusals: 1, acts: 5 });
  });

  it("refuses what is too large, deep, doubled, not text, or somebody else's, by name", async () => {
    expect(await handIn(chain, " ".repeat(32 * 1024 + 1))).toMatchObject({ status: 413 });
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const doubled = gentxFor(chain, 1).replace('"body":', '"body":{},"body":');
    for (const text of [deep, doubled, "", "\u0000", "{}", "[]", "null"]) {
      expect(await handIn(chain, text)).toMatchObject({ status: 422, body: { code: "gentx_refused" } });
    }
    const notText = await exports.default.fetch(
      new Request(`http://wellspring.test${of(chain)}/gentxs`, { method: "POST", body: new Uint8Array([0xff, 0xfe]) }),
    );
    expect(notText.status).toBe(422);
    await notText.text();
    // Operator 0's address, signed by operator 2's key.
    const stolen = gentxFor(chain, 2, (message) => {
      message.validator_address = JSON.parse(gentxFor(chain, 0)).body.messages[0].validator_address;
    });
    expect(await handIn(chain, stolen)).toMatchObject({ status: 422, body: { code: "gentx_refused" } });
  });

  it("puts an operator's newer gentx in the place of the older, and takes the older one no more", async () => {
    const newer = gentxFor(chain, 0, (message) => {
      message.description.details = "with more words";
    });
    expect(await handIn(chain, newer)).toMatchObject({ status: 201 });
    const { body } = await ask(`${of(chain)}/gentxs`);
    expect(body.gentxs).toMatchObject([{ operator: account(0), moniker: "alder", sha256: sha256Hex(utf8(newer)) }]);
    expect(await (await fetchRaw(`${of(chain)}/gentxs/${account(0)}`)).text()).toBe(newer);
    const older = await handIn(chain, gentxFor(chain));
    expect(older).toMatchObject({ status: 409, body: { code: "act_forbidden", why: "gentx_spent" } });
  });

  it("goes on after its object was lost", async () => {
    const before = (await ask(of(chain))).body;
    await abortAllDurableObjects();
    expect((await ask(of(chain))).body).toEqual(before);
    expect(await handIn(chain, gentxFor(chain, 1))).toMatchObject({ status: 201 });
  });

  it("closes by time, and seals what two coordinators have seen", async () => {
    const preview = await fetchRaw(`${of(chain)}/preview.json`);
    const seen = sha256Hex(new Uint8Array(await preview.arrayBuffer()));
    expect(preview.headers.get("x-genesis-sha256")).toBe(seen);
    expect(await act(chain, { kind: "seal", sha256: seen })).toMatchObject({ status: 409, body: { why: "too_early" } });
    expect((await handIn(chain, gentxFor(chain, 2))).status).toBe(201);
    await close(chain, 3);
    const { sha256 } = await seenNow(chain);
    expect(await act(chain, { kind: "seal", sha256: "0".repeat(64) })).toMatchObject({
      body: { code: "seal_differs" },
    });
    expect(await act(chain, { kind: "seal", sha256 })).toMatchObject({ status: 202, body: { by: "carl" } });
    expect(await act(chain, { kind: "seal", sha256 })).toMatchObject({ status: 202 });
    const sealed = await act(chain, { kind: "seal", sha256 }, "both");
    expect([sealed.status, sealed.body.state]).toEqual([200, "done"]);
    expect(sealed.body.ceremony).toMatchObject({ phase: "sealed", standing: 1 });
  });

  it("publishes the genesis with its hashes, and serves the very bytes that were sealed", async () => {
    const [seal] = (await ask(of(chain))).body.seals as { sha256: string; validatorsHash: string; size: number }[];
    const answer = await fetchRaw(`${of(chain)}/genesis.json?version=1`);
    const genesis = new Uint8Array(await answer.arrayBuffer());
    expect([sha256Hex(genesis), genesis.length]).toEqual([seal?.sha256, seal?.size]);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(await (await fetchRaw(`${of(chain)}/genesis.sha256`)).text()).toBe(`${seal?.sha256}  genesis.json\n`);
    expect(JSON.parse(new TextDecoder().decode(genesis)).app_state.genutil.gen_txs).toHaveLength(3);
    expect(await ask(`${of(chain)}/genesis.json?version=7`)).toMatchObject({ body: { code: "genesis_not_sealed" } });
  });

  it("can be rebuilt by anyone from its log, to the byte", async () => {
    const key = parseVerifierKey(String((await ask(of(chain))).body.verifierKey));
    if (key === null) throw new Error("no key");
    const verified = await verifyDownload(await download(chain), {
      key,
      assemble: assembleParts,
      readGentx: readGentxFacts,
      oldCheckpoint,
    });
    expect(verified.findings).toEqual([]);
    expect(verified.state?.standing?.version).toBe(1);
  });

  it("keeps an audit row of each act for those who may look", async () => {
    const { body } = await askCoordinator(chain, "GET", "/audit", undefined, "viewer");
    const acts = (body.acts as { act: string; actor: string }[]).map(({ act: kind, actor }) => `${actor} ${kind}`);
    expect(acts[0]).toBe("admin:bea seal");
    expect(acts).toContain("admin:carl created");
    expect(acts).toContain(`operator:${account(0)} replacement`);
  });

  it("tells reviewers what changes from the base, and everybody what the launch is like", async () => {
    const headers = { authorization: `Bearer ${adminKeys.viewer}`, "cf-connecting-ip": client };
    const path = `/api/v1/admin/networks/${chain}/ceremony/diff`;
    const diff = await exports.default.fetch(new Request(`http://wellspring.test${path}`, { headers }));
    expect(await diff.text()).toContain("Validators added (3)");
    expect(await (await fetchRaw(`${of(chain)}/report`)).text()).toContain("Validators (3)");
  });
});

describe("a ceremony's door", () => {
  it("takes times as people write them, and writes each in the log's one spelling", async () => {
    const changes = (closesAt: string) => act("genesis-2", { kind: "parameters", changes: { closesAt } });
    await mustAct("genesis-2", { kind: "create" });
    for (const [written, logged] of [
      ["2027-01-31T15:00:00Z", "2027-01-31T15:00:00.000Z"],
      ["2027-01-31T16:30:00.25+02:00", "2027-01-31T14:30:00.250Z"],
    ] as const) {
      expect((await changes(written)).status).toBe(200);
      expect((await ask(of("genesis-2"))).body.parameters).toMatchObject({ closesAt: logged });
    }
    for (const bad of ["2027-01-31", "2027-01-31T15:00:00", "2027-02-30T15:00:00Z", "tomorrow"])
      expect(await changes(bad), bad).toMatchObject({ status: 400, body: { code: "invalid_body" } });
  });

  it("has a bound a day for each client's network, and tells the time", async () => {
    await beginCollecting("genesis-3");
    const headers = { "cf-connecting-ip": "198.51.100.7" };
    for (const number of [0, 1]) {
      expect((await handIn("genesis-3", gentxFor("genesis-3", number), headers)).status).toBe(201);
    }
    const limited = await handIn("genesis-3", gentxFor("genesis-3", 2), headers);
    expect(limited).toMatchObject({ status: 429, body: { code: "gentxs_limited" } });
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    const other = await handIn("genesis-3", gentxFor("genesis-3", 2), { "cf-connecting-ip": "198.51.100.8" });
    expect(other.status).toBe(201);
  });

  it("takes one of two gentxs that share a consensus key, however closely they come", async () => {
    const twin = gentxFor("genesis-3", 4, (message) => {
      message.pubkey = JSON.parse(gentxFor("genesis-3", 3)).body.messages[0].pubkey;
    });
    const answers = await Promise.all([handIn("genesis-3", gentxFor("genesis-3", 3)), handIn("genesis-3", twin)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });
});

async function seenNow(chain: string): Promise<{ sha256: string }> {
  const preview = await fetchRaw(`${of(chain)}/preview.json`);
  return { sha256: sha256Hex(new Uint8Array(await preview.arrayBuffer())) };
}

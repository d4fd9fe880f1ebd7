import { beforeEach, describe, expect, it } from "vitest";
import { assembleParts } from "../../../genesis/ceremony/assemble-parts.ts";
import { readGentxFacts } from "../../../genesis/ceremony/gentx-facts.ts";
import { verifyDownload } from "../../../genesis/ceremony/verify.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { tilePath, tilesOf } from "../../../genesis/log/tiles.ts";
import { byBinary, nodeId } from "../../genesis/attest/words.ts";
import { fromFiles } from "../../genesis/ceremony/rehearsal.ts";
import { account } from "../../genesis/gentxs.ts";
import { must } from "./bench.ts";
import { asked, attests, beacons, sealedRoom, sealNow, wrongNode } from "./sealed-bench.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const json = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
const other = utf8("another file");

let sealed = await sealedRoom();
beforeEach(async () => {
  sealed = await sealedRoom();
});

/** The attestation of an operator with the sealed file, taken. */
async function attested(number: number, more = {}) {
  const taken = await sealed.room.attest(account(number), attests(sealed.room, number, sealed.genesis, more));
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
  return taken.value;
}

async function findingsNow() {
  const { room, store, files, ports } = sealed;
  const paths = [
    "checkpoint",
    ...tilesOf(store.size()).map(tilePath),
    ...[...files.keys()].map((one) => `content/${one}`),
  ];
  const found = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await room.logFile(path);
    if (bytes !== null) found.set(path, bytes);
  }
  const trust = { key: ports.key, assemble: assembleParts, readGentx: readGentxFacts };
  return (await verifyDownload(fromFiles(found), trust)).findings;
}

describe("an attestation", () => {
  it("is taken from who holds the sealed file, by wallet or by the chain's binary, and the log proves it to anyone", async () => {
    const { room, genesis } = sealed;
    const byMemo = byBinary(String(json(attests(room, 1, genesis)).word), 1);
    expect(await attested(0)).toMatchObject({ operator: account(0), version: 1, genesisSha256: sha256Hex(genesis) });
    expect(await room.attest(account(1), utf8(JSON.stringify(byMemo)))).toMatchObject({ ok: true });
    expect((await room.view())?.attestedPower).toBe("700");
    expect(await findingsNow()).toEqual([]);
  });

  it("is answered by the same receipt when it comes again, and adds nothing to the log", async () => {
    const { room, store, genesis } = sealed;
    const body = attests(room, 0, genesis);
    const answers = await Promise.all([room.attest(account(0), body), room.attest(account(0), body)]);
    const size = store.size();
    const later = await attested(0, { expiresSec: asked(room, 0).expiresSec });
    const index = answers.map((one) => one.ok && one.value.receipt.index);
    expect([...index, later.receipt.index]).toEqual([size - 1, size - 1, size - 1]);
    expect(store.size()).toBe(size);
  });

  it("made with another file is refused with where the sealed one is, and kept from the log", async () => {
    const { room, store, genesis, files } = sealed;
    const before = [store.size(), files.size];
    const expected = sha256Hex(genesis);
    expect(await room.attest(account(0), attests(room, 0, other))).toEqual({
      ok: false,
      refusal: { reason: "wrong_file", version: 1, expected, path: `content/${expected}` },
    });
    expect(await room.logFile(`content/${expected}`)).toEqual(genesis);
    expect([store.size(), files.size]).toEqual(before);
  });

  it("made with another file is refused even from who attested before: no receipt tells them that all is well", async () => {
    await attested(0);
    sealed.at(5.01);
    expect(await sealed.room.attest(account(0), attests(sealed.room, 0, other))).toMatchObject({
      refusal: { reason: "wrong_file" },
    });
  });

  it("is refused with a nonce of another operator, action, version or time, and with one that was made up", async () => {
    const { room, genesis } = sealed;
    const { attestNonce, beaconNonce } = asked(room, 1);
    const own = asked(room, 0);
    for (const more of [
      { nonce: attestNonce },
      { nonce: beaconNonce },
      { nonce: own.beaconNonce },
      { nonce: "0".repeat(32) },
      { expiresSec: own.expiresSec + 1 },
    ]) {
      expect(await room.attest(account(0), attests(room, 0, genesis, more))).toMatchObject({
        refusal: { reason: "challenge_unknown" },
      });
    }
  });

  it("is refused from its nonce's end on", async () => {
    const { room, genesis, at } = sealed;
    const body = attests(room, 0, genesis);
    at(5.25);
    expect(await room.attest(account(0), body)).toMatchObject({ refusal: { reason: "challenge_expired" } });
  });

  it("is refused from another operator's key, from a stranger, and when it can't be read", async () => {
    const { room, genesis, store } = sealed;
    const size = store.size();
    const body = attests(room, 0, genesis);
    expect(await room.attest(account(1), body)).toMatchObject({
      refusal: { reason: "word_refused", flaws: [{ rule: "signer-key" }] },
    });
    expect(await room.attest(account(7), body)).toMatchObject({ refusal: { why: { reason: "not_in_genesis" } } });
    expect(room.challenge(account(7))).toMatchObject({ refusal: { why: { reason: "not_in_genesis" } } });
    for (const broken of [
      utf8("{"),
      utf8("null"),
      new Uint8Array(33 * 1024),
      utf8(`{"seed":"${"abandon ".repeat(12)}"}`),
    ]) {
      const refused = await room.attest(account(0), broken);
      expect(refused).toMatchObject({ refusal: { reason: "word_refused", flaws: [{ rule: "file" }] } });
      expect(JSON.stringify(refused)).not.toContain("abandon");
    }
    expect(store.size()).toBe(size);
  });

  it("is void with its version: after a reset and a new seal the operator attests again", async () => {
    const { room, genesis } = sealed;
    const old = attests(room, 1, genesis);
    await attested(0);
    const back = { kind: "move", to: "collecting", reason: "a key was lost" } as const;
    await must(room, "ann", back);
    await must(room, "ben", back);
    expect(room.challenge(account(0))).toMatchObject({ refusal: { why: { reason: "wrong_phase" } } });
    expect(room.readiness()).toBeNull();
    const again = await sealNow(room);
    expect(room.readiness()).toMatchObject({ version: 2, attestedPower: "0" });
    expect(await room.attest(account(1), old)).toMatchObject({ refusal: { why: { reason: "wrong_version" } } });
    expect(await room.attest(account(1), attests(room, 1, again))).toMatchObject({ ok: true, value: { version: 2 } });
  });

  it("may name a node later, and no stranger can put the older word back", async () => {
    const { room, genesis, at } = sealed;
    const first = attests(room, 0, genesis);
    await room.attest(account(0), first);
    at(5.01);
    expect(await attested(0, { node: nodeId(0) })).toMatchObject({ node: nodeId(0) });
    expect(await room.attest(account(0), first)).toMatchObject({ refusal: { why: { reason: "word_not_newer" } } });
    expect(await findingsNow()).toEqual([]);
  });
});

describe("a beacon", () => {
  it("counts for the operator who named its node, in an attestation or in the gentx's memo", async () => {
    const { room } = sealed;
    await attested(0, { node: nodeId(0) });
    await attested(1);
    expect(await room.beacon(beacons(room, 0))).toMatchObject({ ok: true, value: { node: nodeId(0) } });
    expect(await room.beacon(beacons(room, 1))).toMatchObject({ ok: true, value: { operator: account(1) } });
    expect(room.readiness()).toMatchObject({ readyPower: "700", readyPercent: 70 });
    expect(await findingsNow()).toEqual([]);
  });

  it("of a node that its operator never named is refused", async () => {
    const { room } = sealed;
    await attested(0);
    expect(await room.beacon(beacons(room, 0))).toEqual({
      ok: false,
      refusal: { reason: "node_not_tied", operator: account(0), node: nodeId(0) },
    });
  });

  it("is refused from the key that signs blocks", async () => {
    const { room } = sealed;
    await attested(3, { node: nodeId(wrongNode) });
    expect(await room.beacon(beacons(room, 3, {}, wrongNode))).toMatchObject({
      refusal: { reason: "word_refused", flaws: [{ rule: "consensus-key" }] },
    });
  });

  it("may come again with another nonce, and no stranger can put the older one back", async () => {
    const { room, at } = sealed;
    await attested(1);
    const first = beacons(room, 1, { initChainPassed: false });
    const taken = await room.beacon(first);
    expect(await room.beacon(first)).toEqual(taken);
    expect(room.readiness()).toMatchObject({ readyPower: "0", nodes: [{ initChainPassed: false }] });
    at(5.01);
    expect(await room.beacon(beacons(room, 1))).toMatchObject({ ok: true });
    expect(room.readiness()).toMatchObject({ readyPower: "300", nodes: [{ initChainPassed: true }] });
    expect(await room.beacon(first)).toMatchObject({ refusal: { why: { reason: "word_not_newer" } } });
    expect(await findingsNow()).toEqual([]);
  });

  it("is not logged for a node that its operator replaced while its bytes were stored", async () => {
    const { room, at, ports } = sealed;
    await attested(0, { node: nodeId(0) });
    at(5.01);
    const { put } = ports.contents;
    ports.contents.put = async (bytes) => {
      ports.contents.put = put;
      await attested(0, { node: nodeId(5) });
      return put(bytes);
    };
    expect(await room.beacon(beacons(room, 0))).toMatchObject({ refusal: { reason: "node_not_tied" } });
    expect(await findingsNow()).toEqual([]);
  });

  it("is refused in another phase, from a stranger's name, and with a nonce for an attestation", async () => {
    const { room, at } = sealed;
    expect(await room.beacon(beacons(room, 1, { operator: account(7) }))).toMatchObject({
      refusal: { why: { reason: "not_in_genesis" } },
    });
    expect(await room.beacon(beacons(room, 1, { nonce: asked(room, 1).attestNonce }))).toMatchObject({
      refusal: { reason: "challenge_unknown" },
    });
    expect(await room.beacon(utf8("{}"))).toMatchObject({ refusal: { reason: "word_refused" } });
    const late = beacons(room, 1);
    at(6);
    expect(await room.beacon(late)).toMatchObject({ refusal: { reason: "challenge_expired" } });
  });
});

describe("readiness", () => {
  it("names who is silent, by power, and the power on each file", async () => {
    await attested(0);
    expect(sealed.room.readiness()).toMatchObject({
      version: 1,
      totalPower: "1000",
      attestedPower: "400",
      attestedPercent: 40,
      hashes: [{ power: "400", percent: 40, operators: [account(0)] }],
      silent: expect.arrayContaining([1, 2, 3].map((number) => expect.objectContaining({ operator: account(number) }))),
      deadlock: false,
    });
  });

  it("warns of a chain that would stop at block 2 when a third of the power says that it holds another file", async () => {
    const { room } = sealed;
    const holds = sha256Hex(other);
    const body = utf8(JSON.stringify({ ...json(attests(room, 0, other)), holds }));
    expect(await room.attest(account(0), body)).toMatchObject({ refusal: { reason: "wrong_file" } });
    await attested(1);
    expect(room.readiness()).toMatchObject({
      attestedPower: "300",
      hashes: [{ sha256: holds, power: "400" }, { power: "300" }],
      deadlock: true,
    });
    await attested(0);
    expect(room.readiness()).toMatchObject({ attestedPower: "700", hashes: [{ power: "700" }], deadlock: false });
  });

  it("counts a node's word on another file behind its operator's attestation, and leaves the gate to the log", async () => {
    const { room } = sealed;
    await attested(1);
    const wrong = beacons(room, 1, { genesisSha256: sha256Hex(other) });
    expect(await room.beacon(wrong)).toMatchObject({ refusal: { reason: "wrong_file" } });
    expect(room.readiness()).toMatchObject({ attestedPower: "300", hashes: [{ sha256: sha256Hex(other) }] });
  });

  it("takes no such word from who has not the operator's key, nor from a node that they never named", async () => {
    const { room } = sealed;
    const forged = { ...json(attests(room, 0, other)), signature: json(attests(room, 1, other)).signature };
    await room.attest(account(0), utf8(JSON.stringify({ ...forged, holds: sha256Hex(other) })));
    await room.beacon(beacons(room, 0, { genesisSha256: sha256Hex(other) }));
    expect(room.readiness()).toMatchObject({ hashes: [], deadlock: false });
  });

  it("opens the gate and moves on as the clock says, or proposes another time when it can't open any more", async () => {
    const { room, at } = sealed;
    await must(room, "ann", { kind: "move", to: "attesting" });
    await attested(0);
    await attested(1);
    expect(room.readiness()?.gate).toMatchObject({ reasons: ["power_missing", "seal_too_young"], mayOpen: true });
    await attested(2);
    at(6);
    expect(room.readiness()?.gate).toEqual({ open: true });
    room.tick();
    expect((await room.view())?.phase).toBe("countdown");
  });

  it("says so when genesis time came before the gate opened", async () => {
    const { room, at } = sealed;
    await must(room, "ann", { kind: "move", to: "attesting" });
    at(10);
    room.tick();
    const gate = room.readiness()?.gate;
    expect((await room.view())?.phase).toBe("attesting");
    expect(gate).toMatchObject({ reasons: ["power_missing", "genesis_time_passed"], mayOpen: false });
    expect(gate?.open === false && gate.proposedTimeMs).toBe(sealed.ports.nowMs() + 25 * 3_600_000);
  });

  it("follows from the log alone when the object was lost", async () => {
    await attested(0);
    const before = sealed.room.readiness();
    expect(sealed.open().readiness()).toEqual(before);
  });
});

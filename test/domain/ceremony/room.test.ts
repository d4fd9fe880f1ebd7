import { beforeEach, describe, expect, it } from "vitest";
import { assembleParts } from "../../../genesis/ceremony/assemble-parts.ts";
import { readGentxFacts } from "../../../genesis/ceremony/gentx-facts.ts";
import { verifyDownload } from "../../../genesis/ceremony/verify.ts";
import { openCheckpoint } from "../../../genesis/log/checkpoint.ts";
import { verifyInclusion } from "../../../genesis/log/proof.ts";
import { tilePath, tilesOf } from "../../../genesis/log/tiles.ts";
import { fromFiles } from "../../genesis/ceremony/rehearsal.ts";
import { launchesAvailable } from "../../genesis/launches.ts";
import { collecting, gentxs, must, roomBench } from "./bench.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

describe.skipIf(!launchesAvailable())("a ceremony's room", () => {
  let bench = roomBench();
  let room = bench.open();
  beforeEach(async () => {
    bench = roomBench();
    room = bench.open();
    await collecting(room);
    bench.at(1);
  });

  const handInAll = async () => {
    for (const gentx of gentxs()) expect(await room.handIn(gentx)).toMatchObject({ ok: true });
  };

  it("gives a receipt that proves the hand-in to whoever has the log's key", async () => {
    const taken = await room.handIn(gentxs()[0]!);
    if (!taken.ok) throw new Error(JSON.stringify(taken.refusal));
    const { index, leafHash, inclusion, checkpoint } = taken.value.receipt;
    const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
    const opened = openCheckpoint(utf8(checkpoint), bench.ports.key);
    if (typeof opened === "string") throw new Error(opened);
    expect(verifyInclusion(inclusion.map(bytes), { index, leaf: bytes(leafHash), ...opened })).toBe(true);
    expect(bench.store.audit(null, 1)).toMatchObject([{ act: "gentx", actor: `operator:${taken.value.operator}` }]);
  });

  it("tells every rule that a gentx breaks, and keeps nothing of it", async () => {
    const [before, files] = [bench.store.size(), bench.files.size];
    const edited = utf8(
      new TextDecoder()
        .decode(gentxs()[0])
        .replaceAll("paw-local-1", "x")
        .replace(/"rate": *"[^"]+"/, '"rate":"2.0"'),
    );
    const refused = await room.handIn(edited);
    expect(refused).toMatchObject({ ok: false, refusal: { reason: "gentx_refused" } });
    expect(
      !refused.ok && refused.refusal.reason === "gentx_refused" && refused.refusal.failures.length,
    ).toBeGreaterThan(1);
    expect([bench.store.size(), bench.files.size]).toEqual([before, files]);
    expect((await room.view())?.refusals).toBe(1);
  });

  it("refuses a secret that was pasted by mistake before it is stored or logged", async () => {
    const words = `${"abandon ".repeat(11)}about`;
    const pasted = utf8(new TextDecoder().decode(gentxs()[0]).replace(/"details": *"[^"]*"/, `"details":"${words}"`));
    expect(await room.handIn(pasted)).toMatchObject({ refusal: { failures: [{ rule: "secret" }] } });
    const kept = [...bench.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join();
    const said = JSON.stringify([bench.lines, bench.store.audit(null, 100), await room.check(pasted)]);
    expect(kept + said).not.toContain("abandon");
  });

  it("takes a gentx that comes twice at the same moment once, and answers both with its receipt", async () => {
    const [first] = gentxs();
    const answers = await Promise.all([room.handIn(first!), room.handIn(first!)]);
    const receipts = answers.map((answer) => (answer.ok ? answer.value.receipt : null));
    expect(receipts[0]).toMatchObject({ index: 4 });
    expect(receipts[1]).toEqual(receipts[0]);
    expect([(await room.view())?.gentxs.length, bench.store.size()]).toEqual([1, 5]);
  });

  it("lets five hundred wait for their turn, and tells the next ones that it is busy", async () => {
    const answers = await Promise.all(Array.from({ length: 502 }, () => room.handIn(utf8("{}"))));
    const said = answers.map((answer) => (answer.ok ? "taken" : answer.refusal.reason));
    expect(said.slice(0, 500).every((word) => word === "gentx_refused")).toBe(true);
    expect(said.slice(500)).toEqual(["ceremony_busy", "ceremony_busy"]);
    expect((await room.handIn(gentxs()[0]!)).ok).toBe(true);
  });

  it("takes no gentx beyond its size, nor from the close on", async () => {
    expect(await room.handIn(new Uint8Array(32 * 1024 + 1))).toMatchObject({
      refusal: { reason: "content_too_large" },
    });
    bench.at(5);
    expect(await room.handIn(gentxs()[0]!)).toMatchObject({ refusal: { why: { reason: "too_late" } } });
  });

  it("seals what two coordinators have seen, and nothing else", async () => {
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    if (!seen.ok) throw new Error(JSON.stringify(seen.refusal));
    const { sha256 } = seen.value;
    expect(await room.act("ann", { kind: "seal", sha256: "0".repeat(64) })).toMatchObject({
      refusal: { reason: "seal_differs", sha256 },
    });
    expect(await must(room, "ann", { kind: "seal", sha256 })).toMatchObject({ state: "waiting", by: "ann" });
    expect(await must(room, "ann", { kind: "seal", sha256 })).toMatchObject({ state: "waiting", by: "ann" });
    expect((await room.view())?.phase).toBe("collecting");
    expect(await must(room, "ben", { kind: "seal", sha256 })).toMatchObject({ state: "done" });
    expect(await room.view()).toMatchObject({ phase: "sealed", standing: 1, seals: [{ version: 1, sha256 }] });
    expect(await room.logFile(`content/${sha256}`)).toEqual(seen.value.genesis);
  });

  it("seals nothing when another act came in while the genesis was stored: ceremony_busy", async () => {
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    const sha256 = seen.ok ? seen.value.sha256 : "";
    const { put } = bench.ports.contents;
    Object.assign(bench.ports.contents, {
      put: async (bytes: Uint8Array) => {
        await must(room, "ben", { kind: "parameters", changes: { gatePercent: 90 } });
        return put(bytes);
      },
    });
    expect(await room.act("ann", { kind: "seal", sha256 })).toMatchObject({ refusal: { reason: "ceremony_busy" } });
    expect((await room.view())?.phase).toBe("collecting");
  });

  it("forgets a coordinator's wish after a day", async () => {
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    const sha256 = seen.ok ? seen.value.sha256 : "";
    await must(room, "ann", { kind: "seal", sha256 });
    expect((await room.view())?.wishes).toMatchObject([{ intent: `seal 1 ${sha256}`, by: "ann" }]);
    bench.at(6.1);
    expect((await room.view())?.wishes).toEqual([]);
    expect(await must(room, "ben", { kind: "seal", sha256 })).toMatchObject({ state: "waiting", by: "ben" });
  });

  it("is the same ceremony after its object was lost: all of it follows from the log", async () => {
    await handInAll();
    const before = await room.view();
    room = bench.open();
    expect(await room.view()).toEqual(before);
    const again = await room.handIn(gentxs()[0]!);
    expect(again).toMatchObject({ ok: true, value: { receipt: { index: before?.gentxs[0]?.index } } });
    expect((await room.view())?.acts).toBe(before?.acts);
  });

  it("publishes a log from which everything can be rebuilt by anyone", async () => {
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    const sha256 = seen.ok ? seen.value.sha256 : "";
    await must(room, "ann", { kind: "seal", sha256 });
    await must(room, "ben", { kind: "seal", sha256 });
    const paths = [
      "checkpoint",
      ...tilesOf(bench.store.size()).map(tilePath),
      ...[...bench.files.keys()].map((one) => `content/${one}`),
    ];
    const files = new Map<string, Uint8Array>();
    for (const path of paths) {
      const bytes = await room.logFile(path);
      if (bytes !== null) files.set(path, bytes);
    }
    const trust = { key: bench.ports.key, assemble: assembleParts, readGentx: readGentxFacts };
    const { findings, state } = await verifyDownload(fromFiles(files), trust);
    expect(findings).toEqual([]);
    expect(state?.standing?.genesis.sha256).toBe(sha256);
  });

  it("gives out no content that the log does not name, and no other path", async () => {
    const sha256 = await bench.ports.contents.put(utf8("stored and not logged"));
    for (const path of [`content/${sha256}`, "tile/0/000", "tile/entries/../x", "content/..", ""]) {
      expect(await room.logFile(path)).toBeNull();
    }
  });

  it("lets the clock make no move that its time has not come for", async () => {
    expect(room.tick()).toBeNull();
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    const sha256 = seen.ok ? seen.value.sha256 : "";
    await must(room, "ann", { kind: "seal", sha256 });
    await must(room, "ben", { kind: "seal", sha256 });
    await must(room, "ann", { kind: "move", to: "attesting" });
    bench.at(11);
    room.tick();
    expect((await room.view())?.phase).toBe("attesting");
  });

  it("takes a reset by two, which voids the version and lets gentxs in no more than before", async () => {
    await handInAll();
    bench.at(5);
    const seen = await room.preview();
    const sha256 = seen.ok ? seen.value.sha256 : "";
    await must(room, "ann", { kind: "seal", sha256 });
    await must(room, "ben", { kind: "seal", sha256 });
    const back = { kind: "move", to: "collecting", reason: "a key was lost" } as const;
    expect(await must(room, "ann", back)).toMatchObject({ state: "waiting" });
    expect(await must(room, "ben", back)).toMatchObject({ state: "done" });
    expect(await room.view()).toMatchObject({ phase: "collecting", standing: null });
    expect(await room.logFile(`content/${sha256}`)).not.toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { type Act, leafBytesMax, readAct, writeAct } from "../../../genesis/ceremony/act.ts";
import { handInsMax } from "../../../genesis/ceremony/applied.ts";
import { applyAct } from "../../../genesis/ceremony/apply.ts";
import { movesFrom, phases } from "../../../genesis/ceremony/phases.ts";
import { replay } from "../../../genesis/ceremony/replay.ts";
import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import { act, admin, at, both, Contents, operator, parameters, rehearsal, utf8 } from "./rehearsal.ts";

const acts = rehearsal();
const content = new Contents().put(utf8("some gentx"));

/** The state after the first `count` acts of the rehearsal. */
function stateAt(count: number): CeremonyState {
  const replayed = replay(acts.slice(0, count).map(writeAct));
  if (!replayed.ok || replayed.state === null) throw new Error("the rehearsal is broken");
  return replayed.state;
}

/** Why an act is refused after the first `count` acts; null: it is taken. */
function why(count: number, one: Act) {
  const applied = applyAct(stateAt(count), one);
  return applied.ok ? null : applied.refusal;
}

const hand = (days: number, n: number, more: object = {}) =>
  act(days, {
    kind: "gentx",
    actor: `operator:${operator(n)}`,
    operator: operator(n),
    content,
    power: "1",
    body: content.sha256,
    ...more,
  });
const collecting = 5;
const beforeSeal = 10;
const beforeGate = acts.length - 1;
const seal = {
  kind: "seal",
  actor: admin,
  version: 1,
  genesis: content,
  canonicalSha256: content.sha256,
  answerSha256: content.sha256,
  validatorsHash: content.sha256.toUpperCase(),
} as const;

describe("an act", () => {
  it("is a leaf of one spelling: what was written is read back, and no other text means the same", () => {
    for (const one of acts) {
      const leaf = writeAct(one);
      expect(readAct(leaf)).toEqual(one);
      const loose = JSON.stringify(one, null, 1);
      expect(readAct(utf8(loose))).toBe("not in canonical form");
    }
  });

  it("holds nothing but what its kind has: a contact has no place to stand", () => {
    const leaf = { ...acts[5], contact: "someone@example.org" };
    expect(readAct(utf8(JSON.stringify(leaf)))).toMatch(/^no act: .*contact/);
    expect(() => writeAct(leaf as Act)).toThrow();
  });

  it("fits into a leaf, however long its lists and texts are", () => {
    const longest = `${"p".repeat(20)}1${"q".repeat(58)}`;
    const allowlist = Array.from({ length: 700 }, () => longest);
    expect(
      writeAct(act(0, { kind: "created", actor: admin, parameters: { ...parameters, allowlist } })).length,
    ).toBeLessThan(leafBytesMax);
    const tooMany = { ...parameters, allowlist: Array.from({ length: 801 }, () => longest) };
    expect(() => writeAct(act(0, { kind: "created", actor: admin, parameters: tooMany }))).toThrow();
  });
});

describe("a ceremony", () => {
  it("follows from its leaves alone", () => {
    const state = stateAt(acts.length);
    expect(state.phase).toBe("countdown");
    expect([...state.gentxs.keys()]).toEqual([operator(1)]);
    expect(state.standing?.version).toBe(2);
    expect([...state.attestations.keys()]).toEqual([operator(1)]);
  });

  it("begins with its creation, once, and time never goes backwards in it", () => {
    expect(replay(acts.slice(1).map(writeAct))).toMatchObject({ ok: false, index: 0 });
    expect(why(collecting, act(1, { kind: "created", actor: admin, parameters }))).toEqual({
      reason: "already_created",
    });
    expect(why(collecting, hand(0.1, 1))).toMatchObject({ reason: "time_backwards" });
  });

  it("can go back from every phase until the seal, with a reason and by a coordinator", () => {
    const back = { kind: "phase", actor: admin, from: "collecting", to: "accounts" } as const;
    expect(why(collecting, act(1, back))).toEqual({ reason: "reason_missing" });
    expect(why(collecting, act(1, { ...back, reason: "a wrong list" }))).toBeNull();
    expect(why(collecting, act(1, { ...back, actor: "clock" }))).toMatchObject({ reason: "wrong_actor" });
    for (const phase of ["accounts", "collecting"] as const) {
      expect(movesFrom(phase).map(({ to }) => to)).toContain("draft");
    }
  });

  it("leaves a sealed phase backwards only by a reset, and its end never", () => {
    for (const phase of ["sealed", "attesting", "countdown"] as const) {
      const back = movesFrom(phase).filter(({ to }) => phases.indexOf(to) < phases.indexOf("sealed"));
      expect(back.map(({ mover }) => mover)).toEqual(["reset", "reset"]);
    }
    expect([movesFrom("done"), movesFrom("aborted")]).toEqual([[], []]);
  });

  it("takes a seal only by two people who agree, its actor one of them", () => {
    expect(why(beforeSeal, act(5, { ...seal, approvers: ["ann"] }))).toEqual({ reason: "second_person_missing" });
    expect(why(beforeSeal, act(5, { ...seal, approvers: ["ben", "cat"] }))).toEqual({
      reason: "second_person_missing",
    });
    expect(why(beforeSeal, act(5, { ...seal, approvers: both }))).toBeNull();
    expect(() => writeAct(act(5, { ...seal, approvers: ["ann", "ann"] }))).toThrow();
  });

  it("is sealed neither before it closes nor too late for the time that a sealed genesis must stand", () => {
    expect(why(beforeSeal, act(4.9, { ...seal, approvers: both }))).toMatchObject({ reason: "too_early" });
    expect(why(beforeSeal, act(8.99999, { ...seal, approvers: both }))).toBeNull();
    expect(why(beforeSeal, act(9, { ...seal, approvers: both }))).toMatchObject({ reason: "too_late" });
    expect(why(beforeSeal, act(5, { ...seal, version: 2, approvers: both }))).toEqual({
      reason: "wrong_version",
      expected: 1,
    });
  });

  it("can't change its chain, its money or its base once the draft is over", () => {
    const change = (changes: object) => act(1, { kind: "parameter", actor: admin, changes });
    expect(why(collecting, change({ chainId: "paw-2" }))).toMatchObject({ reason: "fixed_after_draft" });
    expect(why(collecting, act(1, { kind: "parameter", actor: admin, base: content }))).toMatchObject({
      reason: "fixed_after_draft",
    });
    expect(why(collecting, change({ closesAt: at(6) }))).toBeNull();
    expect(
      why(beforeGate, act(6.5, { kind: "parameter", actor: admin, changes: { genesisTime: at(20) } })),
    ).toMatchObject({ reason: "wrong_phase" });
  });
});

describe("a gentx", () => {
  it("is taken until the close by the time of the act, and not at it", () => {
    expect(why(collecting, hand(4.99999, 1))).toBeNull();
    expect(why(collecting, hand(5, 1))).toMatchObject({ reason: "too_late" });
    expect(why(3, hand(1, 1))).toMatchObject({ reason: "wrong_phase", phase: "accounts" });
  });

  it("stands once an operator: the next one replaces it by name, and both stay in the log", () => {
    expect(why(beforeSeal, hand(2, 1))).toMatchObject({ reason: "gentx_stands" });
    const replaces = stateAt(beforeSeal).gentxs.get(operator(1))?.content.sha256 ?? "";
    expect(why(beforeSeal, hand(2, 1, { kind: "replacement", replaces }))).toBeNull();
    expect(why(beforeSeal, hand(2, 1, { kind: "replacement", replaces: content.sha256 }))).toMatchObject({
      reason: "gentx_does_not_stand",
    });
  });

  it("is handed in by its own operator alone, and only by those on the list where there is one", () => {
    expect(why(collecting, hand(1, 1, { actor: `operator:${operator(2)}` }))).toMatchObject({ reason: "wrong_actor" });
    const listed = acts.slice(0, collecting).map((one) => {
      const only = { ...parameters, intake: "allowlist" as const, allowlist: [operator(7)] };
      return one.kind === "created" ? { ...one, parameters: only } : one;
    });
    const state = replay(listed.map(writeAct));
    if (!state.ok) throw new Error(state.message);
    expect(applyAct(state.state, hand(1, 1))).toMatchObject({ refusal: { reason: "not_on_allowlist" } });
    expect(applyAct(state.state, hand(1, 7))).toMatchObject({ ok: true });
  });

  it("that was let go is not taken again: a stranger who has the log can't undo a replacement", () => {
    const [first, second] = [acts[6], acts[7]] as Extract<Act, { kind: "gentx" }>[];
    const again = { ...first, time: at(2), kind: "replacement", replaces: second?.content.sha256 } as Act;
    expect(why(beforeSeal, again)).toEqual({ reason: "gentx_spent" });
  });

  it("can be replaced often enough, and not for ever: nobody grows the log at will", () => {
    let state: CeremonyState | null = stateAt(collecting);
    const contents = new Contents();
    let taken = 0;
    for (let n = 0; n <= handInsMax; n += 1) {
      const next = contents.put(utf8(`gentx ${n}`));
      const stands: string | undefined = state?.gentxs.get(operator(1))?.content.sha256;
      const more = stands === undefined ? {} : { kind: "replacement", replaces: stands };
      const applied = applyAct(state, hand(1, 1, { content: next, body: next.sha256, ...more }));
      if (!applied.ok) {
        expect(applied.refusal).toMatchObject({ reason: "too_many", of: "hand-ins" });
        break;
      }
      state = applied.state;
      taken += 1;
    }
    expect(taken).toBe(handInsMax);
  });
});

describe("the gate", () => {
  const go = (days: number) => act(days, { kind: "phase", actor: "clock", from: "attesting", to: "countdown" });

  it("opens when enough power attested one hash and the seal has stood long enough", () => {
    expect(why(beforeGate, go(6.4))).toMatchObject({ reason: "too_early" });
    expect(why(beforeGate, go(6.5))).toBeNull();
    const silent = acts.slice(0, beforeGate).filter(({ kind, time }) => kind !== "attestation" || time < at(5.5));
    const state = replay(silent.map(writeAct));
    expect(state.ok && applyAct(state.state, go(6.5))).toMatchObject({ refusal: { reason: "gate_closed" } });
  });

  it("counts no word on a version that a reset voided, and none on another hash", () => {
    expect(stateAt(15).attestations.size).toBe(0);
    const word = acts[17] as Extract<Act, { kind: "attestation" }>;
    expect(why(17, { ...word, version: 1 })).toEqual({ reason: "wrong_version", expected: 2 });
    expect(why(17, { ...word, genesisSha256: content.sha256 })).toMatchObject({ reason: "wrong_hash" });
    const stranger = { ...word, operator: operator(2), actor: `operator:${operator(2)}` };
    expect(why(17, stranger)).toEqual({ reason: "not_in_genesis" });
  });

  it("is shut from genesis time on, whatever is attested: another time is another version", () => {
    expect(why(beforeGate, go(9.99999))).toBeNull();
    expect(why(beforeGate, go(10))).toMatchObject({ reason: "too_late" });
  });

  it("is no coordinator's to open", () => {
    expect(why(beforeGate, { ...go(6.5), actor: admin })).toMatchObject({ reason: "wrong_actor", wants: "clock" });
  });
});

import { describe, expect, it } from "vitest";
import type { CeremonyView, GentxView } from "../../../workers/domain/ceremony/ceremony-api.ts";
import { type Evidence, judgeSteps, steps } from "../../../workers/domain/validator/checklist.ts";
import { type PeerLook, type PeerOutcome, peerOutcomes } from "../../../workers/domain/validator/peer-look.ts";
import { parameters } from "../../genesis/ceremony/rehearsal.ts";
import { account } from "../../genesis/gentxs.ts";
import { directoryOf, evidenceOf, registrationOf } from "./bench.ts";

const gentx: GentxView = { operator: account(0), moniker: "alder", power: "500", sha256: "a".repeat(64), index: 3 };
const view = (phase: CeremonyView["phase"], gentxs: readonly GentxView[] = [gentx]): CeremonyView => ({
  ...{ phase, phaseSinceMs: 0, parameters, baseSha256: "b", allocations: null, gentxs, refusals: 0, seals: [] },
  ...{ standing: null, attestedPower: "0", totalPower: "0", acts: 1, origin: "o", verifierKey: "k", wishes: [] },
});
const judge = (evidence: Partial<Evidence>, directory = directoryOf()) => {
  const items = judgeSteps(directory, account(0), "https://w.example", evidenceOf(evidence));
  return Object.fromEntries(items.map((item) => [item.step, item]));
};
const states = (evidence: Partial<Evidence>) =>
  Object.fromEntries(Object.values(judge(evidence)).map(({ step, state }) => [step, state]));

describe("an operator's checklist", () => {
  it("has its steps in the order in which they are taken", () => {
    expect(Object.keys(judge({}))).toEqual([...steps]);
  });

  it("says unknown where who could tell gave no answer, and never done", () => {
    const silent = states({ asked: false, registration: registrationOf() });
    expect(silent).toMatchObject({ registered: "done", gentx: "unknown", genesis: "unknown", ready: "unknown" });
    expect(silent).toMatchObject({ bonded: "unknown", signing: "unknown", unjailed: "unknown" });
    expect(Object.values(states({ asked: false }))).not.toContain("done");
  });

  it("calls the chain's steps open, not unknown, while there can be no chain yet", () => {
    const chain = { bonded: null, jailed: null, signed: null, account: null };
    for (const phase of ["collecting", "countdown"] as const)
      expect(states({ view: view(phase), chain })).toMatchObject({ bonded: "open", signing: "open", unjailed: "open" });
    for (const phase of ["live", "aborted"] as const)
      expect(states({ view: view(phase), chain })).toMatchObject({ bonded: "unknown", signing: "unknown" });
  });

  it("leads who is late to create-validator instead of a gentx", () => {
    const chain = { bonded: false, jailed: null, signed: null, account: true };
    const late = judge({ registration: registrationOf(), view: view("live", []), chain });
    expect(late.gentx).toMatchObject({ state: "not_needed", command: null });
    expect(late.bonded?.command).toContain("tx staking create-validator");
    expect(late.account?.state).toBe("done");
  });

  it("asks who is in the genesis for no second validator", () => {
    const chain = { bonded: false, jailed: true, signed: null, account: true };
    const jailed = judge({ registration: registrationOf(), view: view("live"), chain });
    expect(jailed.bonded).toMatchObject({ state: "open", command: null });
    expect(jailed.unjailed).toMatchObject({ state: "open", command: expect.stringContaining("unjail") });
  });

  it("asks no chain about who is not in the directory, and says so", () => {
    expect(judge({ chain: null }).bonded).toMatchObject({
      state: "unknown",
      evidence: expect.stringContaining("directory"),
    });
    expect(Object.values(states({ chain: null }))).not.toContain("done");
  });

  it("takes nine commits of ten for signing, and eight not", () => {
    const chain = (commits: number) => ({ bonded: true, jailed: false, signed: { commits, of: 10 }, account: true });
    expect(states({ chain: chain(9) })).toMatchObject({ bonded: "done", signing: "done", unjailed: "done" });
    expect(states({ chain: chain(8) }).signing).toBe("open");
    expect(states({ chain: { ...chain(0), signed: { commits: 0, of: 0 } } }).signing).toBe("open");
  });

  it("quotes in its commands nothing of who was rejected: that is not for everybody to read", () => {
    const commands = (state: "pending" | "rejected") =>
      JSON.stringify(judge({ registration: registrationOf({ state }), view: view("collecting", []) }));
    const { moniker = "" } = registrationOf().profile ?? {};
    expect(commands("pending")).toContain(moniker);
    expect(commands("rejected")).not.toContain(moniker);
  });

  it("stakes in the command what the network asks for, and never more than was granted", () => {
    const collecting = view("collecting", []);
    const asked = {
      ...collecting,
      parameters: { ...parameters, bounds: { ...parameters.bounds, selfDelegationMin: "9" } },
    };
    const staked = (amount: bigint, seen = asked) => {
      const allocation = { denom: "upaw", amount };
      return judge({ registration: registrationOf({ allocation }), view: seen }).gentx?.command;
    };
    // The network's stake is 1,000,000upaw: the rest of what was granted is left for fees.
    expect(staked(7_000_000n)).toContain(" 1000000upaw ");
    expect(staked(600_000n)).toContain(" 600000upaw ");
    const more = { ...parameters, bounds: { ...parameters.bounds, selfDelegationMin: "2000000" } };
    expect(staked(7_000_000n, { ...collecting, parameters: more })).toContain(" 2000000upaw ");
  });

  it("stakes for who comes late what the faucet pays, unless the genesis gave them more", () => {
    const chain = { bonded: false, jailed: null, signed: null, account: true };
    const late = (balance: string | null) =>
      judge({ registration: registrationOf(), view: view("live", []), chain, balance }).bonded?.command;
    expect(late(null)).toContain('"amount":"500000upaw"');
    expect(late("900000")).toContain('"amount":"500000upaw"');
    expect(late("900000000")).not.toContain('"amount":"500000upaw"');
  });

  it("tells of a node what was seen of it, done for the one that proved its key on this chain alone", () => {
    const watched = directoryOf({ looks: { of: async () => new Map() } });
    const registration = registrationOf();
    const peer = registration.profile?.peer ?? "";
    const look = (outcome: PeerOutcome): PeerLook => ({
      outcome,
      peer,
      seen: "seen-1",
      atMs: Date.UTC(2026, 0, 2, 3, 4),
    });
    const of = (evidence: Partial<Evidence>) => judge(evidence, watched).peer;
    const items = peerOutcomes.map((outcome) => of({ registration, look: look(outcome) }));
    expect(items.map((item) => item?.state)).toEqual(["done", "open", "open", "open", "open", "open"]);
    for (const item of items) expect(item?.evidence).toContain("Looked at on 2026-01-02 03:04 UTC.");
    expect(of({ registration, look: look("other_chain") })?.evidence).toContain("seen-1");
    expect(of({ registration })?.state).toBe("unknown");
    expect(of({ registration: registrationOf({ state: "pending" }), look: look("reachable") })?.state).toBe("unknown");
    const { profile } = registration;
    const without = registrationOf({ profile: profile && { ...profile, peer: null } });
    expect(of({ registration: without })?.state).toBe("not_needed");
    expect(judge({ registration, look: look("reachable") }).peer?.state).toBe("unknown");
  });
});

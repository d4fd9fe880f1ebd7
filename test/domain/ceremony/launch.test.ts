import { describe, expect, it } from "vitest";
import {
  type Block1,
  type EndpointLook,
  type LaunchFacts,
  type LaunchLook,
  viewLaunch,
} from "../../../workers/domain/ceremony/launch.ts";

const address = (n: number) => `${n}`.repeat(40);
const facts: LaunchFacts = {
  version: 1,
  chainId: "paw-1",
  genesisTimeMs: 1_000,
  validatorsHash: "AB",
  members: [400n, 300n, 200n, 100n].map((power, n) => ({
    operator: `op${n}`,
    moniker: `m${n}`,
    power,
    address: address(n),
  })),
};
const block1: Block1 = { hash: "11", chainId: "paw-1", validatorsHash: "AB" };
const at = (name: string, height: number, seen: Block1 | null = height > 0 ? block1 : null): EndpointLook => ({
  name,
  reached: true,
  height,
  block1: seen,
});
const dead: EndpointLook = { name: "dead", reached: false, why: "no connection" };
const look = (endpoints: readonly EndpointLook[], more: Partial<LaunchLook> = {}): LaunchLook => ({
  endpoints,
  commits: [],
  round: null,
  ...more,
});

describe("a launch that is watched", () => {
  it("waits before genesis time, and says afterwards that nothing is known while no endpoint answers", () => {
    expect(viewLaunch(facts, look([dead]), 999)).toMatchObject({ state: "waiting", height: 0 });
    expect(viewLaunch(facts, look([dead]), 1_000)).toMatchObject({ state: "unknown", block1: { proved: false } });
    expect(viewLaunch(facts, look([at("a", 0)]), 1_000).state).toBe("forming");
  });

  it("names by power who signed a block and who is missing, the strongest first", () => {
    const commits = [{ height: 1, signers: [address(0), address(2)] }];
    const { blocks } = viewLaunch(facts, look([at("a", 1)], { commits }), 2_000);
    expect(blocks).toMatchObject([
      { height: 1, power: "600", percent: 60, missing: [{ moniker: "m1" }, { moniker: "m3" }] },
    ]);
  });

  it("names whom the next block waits for, by the first bytes of their addresses", () => {
    const heads = [0, 1].map((n) => address(n).slice(0, 12));
    const round = { height: 1, round: 3, prevoters: heads, precommitters: [] };
    expect(viewLaunch(facts, look([at("a", 0)], { round }), 2_000).round).toMatchObject({
      prevoted: { power: "700", percent: 70 },
      precommitted: { power: "0" },
      missing: [{ moniker: "m2" }, { moniker: "m3" }],
    });
  });

  it("proves block 1 only when all who show it show one, of this chain, with the sealed validators", () => {
    const proved = (...blocks: Block1[]) =>
      viewLaunch(facts, look([dead, ...blocks.map((block, n) => at(`e${n}`, 5, block))]), 2_000).block1.proved;
    expect(proved(block1, block1)).toBe(true);
    expect(proved()).toBe(false);
    expect(proved(block1, { ...block1, hash: "22" })).toBe(false);
    expect(proved({ ...block1, validatorsHash: "CD" })).toBe(false);
    expect(proved({ ...block1, chainId: "paw-2" })).toBe(false);
  });
});

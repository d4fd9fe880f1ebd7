import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeProof, proofChainId, readProof } from "../../genesis/proof/signed-tx.ts";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { GenesisGround } from "./genesis-ground.ts";

const memo = `wellspring <&> ${"0123456789abcdef".repeat(14)}`;

describe.skipIf(!goAvailable())("a proof that the real binary signed offline", () => {
  let ground: GenesisGround;
  beforeAll(async () => {
    ground = await GenesisGround.make({ chainId: "paw-test-1", prefix: "paw", denom: "upaw", accounts: [] });
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  const judged = async (chainId: string, ...flags: readonly string[]) => {
    const { address, text } = await ground.proof(memo, chainId, ...flags);
    const read = readProof(text);
    if (!read.ok) return [read.refusal];
    expect(read.memo).toBe(memo);
    return judgeProof(read.tx, { prefix: "paw", operator: address, knownChainIds: ["paw-test-1"] });
  };

  it.each([["direct"], ["amino-json"]])("holds in the mode %s", async (mode) => {
    expect(await judged(proofChainId, "--sign-mode", mode)).toEqual([]);
  });

  it("for a real chain is refused, and named for what it is", async () => {
    expect(await judged("paw-test-1", "--sign-mode", "direct")).toMatchObject([{ rule: "real-chain" }]);
  });
});

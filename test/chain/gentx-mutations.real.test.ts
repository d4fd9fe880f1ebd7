import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../genesis/gentx/context.ts";
import { genesisFacts } from "../../genesis/gentx/genesis-facts.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { buildTimeoutMs, goAvailable } from "../devnet/build.ts";
import { account, chainId } from "../genesis/gentxs.ts";
import { GenesisGround } from "./genesis-ground.ts";
import { mutatedGentx } from "./gentx-mutations.ts";
import { askSdk } from "./sdk-probe.ts";

const numRuns = 1_000;
const chain = { chainId, prefix: "paw", denom: "upaw" };

/** Where the judge refuses on purpose what a node takes; see `stricter` in gentx-cases.ts. */
const stricter = /^a commission rate is missing$/;

describe.skipIf(!goAvailable())("the judge, and the SDK's own collecting and InitGenesis", () => {
  let ground: GenesisGround;
  let context: Context;

  beforeAll(async () => {
    const accounts = Array.from({ length: 8 }, (_, number) => ({ address: account(number), amount: 1_000_000_000n }));
    ground = await GenesisGround.make({ ...chain, accounts });
    const genesis = genesisFacts(parseJson(await ground.genesis()).value);
    const { gentx: seat } = judgeGentx(await ground.anchor(), { ...chain, genesis, policy: { onlyFatal: true } });
    context = { ...chain, genesis, policy: { onlyFatal: true }, others: seat === undefined ? [] : [seat] };
  }, buildTimeoutMs);
  afterAll(() => ground?.stop());

  it("agree on gentxs of which any fields were changed", async () => {
    const seed = Date.now() % 0x7fffffff;
    const texts = fc.sample(mutatedGentx, { numRuns, seed });
    const told = await askSdk("gentx", texts, { ...chain, genesisFile: ground.genesisFile });
    const unlike = texts.flatMap((text, index) => {
      const { ok, failures } = judgeGentx(text, context);
      const node = told[index];
      const onPurpose = failures.every(({ message }) => stricter.test(message));
      return node?.ok === ok || (node?.ok && !ok && onPurpose) ? [] : [{ node: node?.error, failures, text }];
    });
    const taken = told.filter(({ ok }) => ok).length;
    const first = JSON.stringify(unlike.slice(0, 2), null, 1);
    expect(unlike.length, `of ${numRuns} gentxs with seed ${seed}, ${taken} of them taken: ${first}`).toBe(0);
    // Of both kinds there must be many, or agreement shows little.
    expect(Math.min(taken, numRuns - taken)).toBeGreaterThan(numRuns / 20);
  });
});

import { describe, expect, it } from "vitest";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import { context, draft, gentx, sign } from "./gentxs.ts";

// Run in workerd and in Node: the judge has no I/O, and must work where operators hand in.
describe("the judge, wherever it runs", () => {
  it("lets a valid gentx pass and explains a wrong signature", () => {
    expect(judgeGentx(gentx(), context)).toMatchObject({ ok: true, failures: [], warnings: [] });
    const { failures } = judgeGentx(sign(draft(), { chainId: "paw-test-2" }), context);
    expect(failures[0]?.message).toContain('it was signed for the chain id "paw-test-2"');
  });
});

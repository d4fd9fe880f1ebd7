import { describe, expect, it } from "vitest";
import { sequences } from "../../../workers/chains/cosmos/reservations.ts";

const at = (used: string, height = 1) => ({ signer: "a", height, used });

describe("sequences of one account", () => {
  it("the next one is the lowest that no unsettled transaction holds", () => {
    expect(sequences.next("7/5", [])).toBe("7/5");
    expect(sequences.next("7/5", ["7/5", "7/6", "7/8"])).toBe("7/7");
    expect(sequences.next("7/5", ["7/3"])).toBe("7/5");
  });

  it("a transaction in a block uses up its own and all below, and nothing is ever freed again", () => {
    expect(sequences.after(null, "7/4")).toBe("7/5");
    expect(sequences.after("7/3", "7/4")).toBe("7/5");
    expect(sequences.after("7/9", "7/4")).toBe("7/9");
    expect(sequences.after("7/3", "/4")).toBe("7/5");
  });

  it("the later standing is the higher one, under the newer account number", () => {
    expect(sequences.latest(null, "7/4")).toBe("7/4");
    expect(sequences.latest("7/9", "7/4")).toBe("7/9");
    expect(sequences.latest("7/1", "12/4")).toBe("12/4");
    expect(sequences.latest("7/9", "12/4")).toBe("12/9");
  });

  it("a standing is explained by what is used and what is under way, and by nothing else", () => {
    expect(sequences.explains("7/5", [], at("7/5"))).toBe(true);
    expect(sequences.explains("7/5", [], at("7/6"))).toBe(false);
    expect(sequences.explains("7/5", ["7/5", "7/6"], at("7/7"))).toBe(true);
    expect(sequences.explains("7/5", ["7/5", "7/6"], at("7/8"))).toBe(false);
  });

  it("a sequence is spent once the account is above it", () => {
    expect(sequences.spent("7/5", at("7/5"))).toBe(false);
    expect(sequences.spent("7/5", at("7/6"))).toBe(true);
  });

  it("orders by number, not by text", () => {
    expect(["7/10", "7/9", "7/100"].toSorted(sequences.compare)).toEqual(["7/9", "7/10", "7/100"]);
    expect(sequences.compare("7/1", "7/1")).toBe(0);
  });

  it("refuses what it did not write", () => {
    expect(() => sequences.next("5", [])).toThrow();
    expect(() => sequences.next("7/-1", [])).toThrow();
  });
});

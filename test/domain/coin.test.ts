import { describe, expect, it } from "vitest";
import { addCoins, amountOf, covers, readCoins, timesCoins, writeCoins } from "../../workers/domain/shared/coin.ts";

const ATOM = { denom: "uatom", amount: 5n };
const PAW = { denom: "upaw", amount: 10n };
const HUGE = 340_282_366_920_938_463_463_374_607_431_768_211_455n;

describe("sums of coins", () => {
  it("are taken by denom, sorted as the SDK wants them, and hold no zero", () => {
    const zero = { denom: "ubnb", amount: 0n };
    expect(addCoins([PAW], [ATOM, zero], [PAW])).toEqual([ATOM, { denom: "upaw", amount: 20n }]);
    expect(addCoins()).toEqual([]);
  });

  it("are exact far above what a float holds", () => {
    expect(addCoins([{ denom: "upaw", amount: HUGE }], [{ denom: "upaw", amount: 1n }])).toEqual([
      { denom: "upaw", amount: HUGE + 1n },
    ]);
    expect(timesCoins([{ denom: "upaw", amount: HUGE }], 3)).toEqual([{ denom: "upaw", amount: HUGE * 3n }]);
  });
});

describe("a purse", () => {
  it("covers a price only when it has enough of every denom", () => {
    expect(covers([ATOM, PAW], [ATOM, PAW])).toBe(true);
    expect(covers([ATOM, PAW], [{ denom: "upaw", amount: 11n }])).toBe(false);
    expect(covers([PAW], [ATOM])).toBe(false);
    expect(covers([], [])).toBe(true);
  });

  it("holds nothing of a denom that is absent", () => {
    expect(amountOf([PAW], "upaw")).toBe(10n);
    expect(amountOf([PAW], "uatom")).toBe(0n);
  });
});

describe("written coins", () => {
  it("read back as they were, IBC and factory denoms and the empty list included", () => {
    const ibc = { denom: "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2", amount: HUGE };
    const factory = { denom: "factory/paw1abc/sub.token_1-x:y", amount: 1n };
    expect(writeCoins([ATOM, PAW])).toBe("5uatom,10upaw");
    for (const coins of [[], [ATOM], [ATOM, PAW, ibc, factory]]) expect(readCoins(writeCoins(coins))).toEqual(coins);
  });

  it.each(["5", "upaw", "-5upaw", "1.5upaw", "5upaw,", "5 upaw", "5up", "5upaw;6uatom", "5upaw 6uatom"])(
    "refuse %j, which nobody here wrote",
    (text) => expect(() => readCoins(text)).toThrow("not a coin"),
  );
});

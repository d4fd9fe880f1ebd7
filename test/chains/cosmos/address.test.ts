import { toBech32 } from "@cosmjs/encoding";
import { describe, expect, it } from "vitest";
import { readNetwork } from "../../../networks/schema.ts";
import { moduleAddress, readAddress } from "../../../workers/chains/cosmos/address.ts";
import { addressReader } from "../../../workers/chains/registry.ts";

const of = (length: number, prefix = "pawtest") => toBech32(prefix, new Uint8Array(length).fill(7));
const good = of(20);

describe("reading an address", () => {
  it("answers the lower-case form and the bytes, whichever case it came in", () => {
    const bytes = new Uint8Array(20).fill(7);
    expect(readAddress(good, "pawtest")).toEqual({ ok: true, address: good, bytes });
    expect(readAddress(good.toUpperCase(), "pawtest")).toEqual({ ok: true, address: good, bytes });
    expect(readAddress(of(32), "pawtest")).toMatchObject({ ok: true, address: of(32) });
  });

  it.each([
    ["another chain's, naming both prefixes", of(20, "cosmos"), /begins with cosmos1.*begin with pawtest1/],
    ["an operator's", of(20, "pawtestvaloper"), /begins with pawtestvaloper1/],
    ["mixed case", good.replace("pawtest", "PAWTEST"), /upper and lower case/],
    ["a mistyped character", `${good.slice(0, -1)}${good.endsWith("q") ? "p" : "q"}`, /checksum/],
    ["a character outside the alphabet", `${good.slice(0, -1)}b`, /checksum/],
    ["19 bytes", of(19), /19 bytes/],
    ["21 bytes", of(21), /21 bytes/],
    ["no bytes", of(0), /0 bytes/],
    ["empty text", "", /begins with pawtest1/],
    ["text without a separator", "hello", /begins with pawtest1/],
    ["spaces around it", ` ${good} `, /begins with pawtest1/],
    ["a Cyrillic letter", good.replace("a", "а"), /begins with pawtest1/],
    ["far too much text", `pawtest1${"q".repeat(5_000)}`, /begins with pawtest1/],
  ])("says what is wrong with %s", (_, text, detail) => {
    expect(readAddress(text, "pawtest")).toEqual({ ok: false, detail: expect.stringMatching(detail) });
  });
});

describe("module accounts", () => {
  it("have the addresses that the SDK gives them", () => {
    // Known from the Cosmos Hub.
    expect(moduleAddress("fee_collector", "cosmos")).toBe("cosmos17xpfvakm2amg962yls6f84z3kell8c5lserqta");
    expect(moduleAddress("distribution", "cosmos")).toBe("cosmos1jv65s3grqf6v6jl3dp4t6c9t9rk99cd88lyufl");
    expect(moduleAddress("gov", "cosmos")).toBe("cosmos10d07y265gmmuvt4z0w9aw880jnsr700j6zn9kn");
  });

  it("are refused as recipients, in any case, and others are not", () => {
    const read = addressReader(
      readNetwork("test", {
        chainId: "paw-testnet-1",
        name: "PAW",
        driver: "cosmos",
        bech32Prefix: "pawtest",
        denoms: [{ denom: "upaw", display: "PAW", exponent: 6 }],
        cosmos: { rpc: ["http://127.0.0.1:1"], gasPrice: { denom: "upaw", milliAmount: 1 } },
        faucet: { drips: [{ denom: "upaw", amount: "1" }] },
      }),
    );
    const collector = moduleAddress("fee_collector", "pawtest");
    for (const text of [collector, collector.toUpperCase()]) {
      expect(read(text)).toMatchObject({ ok: false, refusal: { reason: "recipient_not_allowed" } });
    }
    expect(read(good.toUpperCase())).toEqual({ ok: true, address: good });
    expect(read("nonsense")).toMatchObject({ ok: false, refusal: { reason: "invalid_address" } });
  });
});

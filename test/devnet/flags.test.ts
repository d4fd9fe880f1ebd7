import { describe, expect, it } from "vitest";
import { readFlags } from "./flags.ts";
import { setToml } from "./toml.ts";

describe("the flags of npm run devnet", () => {
  it("takes PAW's shape, and lets single flags win over it", () => {
    const flags = readFlags(["--paw", "--block-time", "250ms", "--max-messages", "3"], {});
    expect(flags?.chain).toMatchObject({
      chainId: "paw-testnet-1",
      prefix: "pawtest",
      denom: "upaw",
      blockTimeMs: 250,
      indexer: "null",
      maxMessages: 3,
      maxGas: 10_000_000,
      minGasPrice: "0.001",
    });
  });

  it("has no limits and one-second blocks unless told, and the port of the environment", () => {
    const flags = readFlags([], { PORT: "9000" });
    expect(flags).toMatchObject({ port: 9000, server: true, chain: { maxMessages: 0, maxGas: 0, blockTimeMs: 1000 } });
  });

  it("names a flag that it can't read", () => {
    expect(() => readFlags(["--block-time", "1 day"], {})).toThrow("--block-time");
    expect(() => readFlags(["--indexer", "psql"], {})).toThrow("--indexer");
    expect(() => readFlags(["--max-gas", "1e7"], {})).toThrow("--max-gas");
    expect(() => readFlags(["--surprise"], {})).toThrow("--surprise");
  });
});

describe("a node's configuration file", () => {
  const text = 'moniker = "a"\n[rpc]\n# laddr = "no"\nladdr = "b"\n[p2p]\nladdr = "c"\n';

  it("is changed in the section that was named, and nowhere else", () => {
    expect(setToml(text, { "p2p.laddr": '"d"' })).toBe(text.replace('"c"', '"d"'));
  });

  it("refuses a key that it doesn't have", () => {
    expect(() => setToml(text, { "rpc.ladr": "1", moniker: '"z"' })).toThrow("rpc.ladr");
  });
});

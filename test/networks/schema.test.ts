import { describe, expect, it } from "vitest";
import { bundledNetworks } from "../../networks/index.ts";
import { readNetwork } from "../../networks/schema.ts";

const coin = { denom: "upaw", amount: "5" };

function file(faucet: object, over: object = {}): unknown {
  return {
    chainId: "paw-9",
    name: "PAW",
    driver: "cosmos",
    bech32Prefix: "paw",
    denoms: [{ denom: "upaw", display: "PAW", exponent: 6 }],
    cosmos: { rpc: ["http://127.0.0.1:26657"], gasPrice: { denom: "upaw", milliAmount: 1 } },
    faucet: { drips: [coin], ...faucet },
    ...over,
  };
}

describe("a network file", () => {
  it("needs little, and what it leaves out is safe", () => {
    const { cosmos, faucet } = readNetwork("a file", file({}));
    expect(cosmos.tx).toEqual({ messagesMax: 1, gasMax: 25_000_000, memoBytesMax: 256, outputsMax: 500 });
    expect(faucet).toMatchObject({ enabled: true, cooldownSeconds: 86_400, challenge: "none", topUp: false });
    expect(faucet.dialects.pingpub).toBe(false);
  });

  it("names every fault by its path, all at once", () => {
    const wrong = file({ drips: [{ denom: "uatom", amount: "1e7" }], cooldown: 5 }, { bech32Prefix: "PAW" });
    expect(() => readNetwork("networks/x.json", wrong)).toThrow(/networks\/x\.json[\s\S]*bech32Prefix:[\s\S]*amount/);
    expect(() => readNetwork("x", file({ drips: [{ denom: "uatom", amount: "7" }] }))).toThrow(
      /faucet\.drips\.0\.denom: uatom is not among denoms/,
    );
    expect(() => readNetwork("x", file({ drips: [coin, coin] }))).toThrow(/faucet\.drips: names a denom twice/);
  });

  it("wants a budget where a challenge is asked for and a dialect can't bring one", () => {
    expect(() => readNetwork("x", file({ challenge: "pow" }))).toThrow(/faucet\.limits\.hourlyBudget: is needed/);
    const silent = { cosmjs: false, ignite: false, paw: false, pingpub: false };
    expect(readNetwork("x", file({ challenge: "pow", dialects: silent })).faucet.challenge).toBe("pow");
    expect(readNetwork("x", file({ challenge: "pow", limits: { hourlyBudget: 9 } })).faucet.challenge).toBe("pow");
  });

  it("may name an explorer and public endpoints for wallets, over https alone", () => {
    const explorer = { tx: "https://scan.example/tx/{txHash}" };
    const wallet = { rpc: "https://rpc.example", rest: "https://rest.example" };
    expect(readNetwork("x", file({}, { explorer, wallet }))).toMatchObject({ explorer, wallet });
    const fixed = { tx: "https://scan.example/tx/" };
    expect(() => readNetwork("x", file({}, { explorer: fixed }))).toThrow(/explorer\.tx: names no \{txHash\}/);
    const script = { tx: "javascript:alert(1)//{txHash}" };
    expect(() => readNetwork("x", file({}, { explorer: script }))).toThrow(/explorer\.tx/);
    expect(() => readNetwork("x", file({}, { wallet: { ...wallet, rpc: "http://10.0.0.1" } }))).toThrow(/wallet\.rpc/);
  });

  it("ships valid: sandbox-1, and PAW's with its prefix, denom and limits", () => {
    const shipped = Object.entries(bundledNetworks).map(([source, content]) => readNetwork(source, content));
    expect(shipped.map(({ chainId }) => chainId)).toEqual(expect.arrayContaining(["sandbox-1", "paw-testnet-1"]));
    expect(shipped.find(({ chainId }) => chainId === "paw-testnet-1")).toMatchObject({
      bech32Prefix: "pawtest",
      denoms: [{ denom: "upaw", exponent: 6 }],
      cosmos: {
        tx: { messagesMax: 10, gasMax: 10_000_000, memoBytesMax: 256 },
        gasPrice: { denom: "upaw", milliAmount: 1 },
      },
    });
  });
});

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

  it("takes proofs: signatures by default, Turnstile with its widget, and tokens of GitHub's or one's own issuer", () => {
    expect(readNetwork("x", file({})).faucet.credentials).toMatchObject({ signature: true, oidc: null });
    const limits = { hourlyBudget: 9 };
    expect(() => readNetwork("x", file({ challenge: "turnstile", limits }))).toThrow(/faucet\.turnstile: is needed/);
    const widget = { siteKey: "0x4AAAAAAA", hostnames: ["faucet.paw.test"] };
    expect(readNetwork("x", file({ challenge: "turnstile", turnstile: widget, limits })).faucet.turnstile).toEqual(
      widget,
    );
    const oidc = { audience: "https://faucet.paw.test", repositories: ["octo-org/*"] };
    expect(readNetwork("x", file({ credentials: { oidc } })).faucet.credentials.oidc).toEqual({
      issuer: "https://token.actions.githubusercontent.com",
      events: [],
      ...oidc,
    });
    const enterprise = { ...oidc, issuer: "https://ghe.paw.test/_services/token" };
    expect(readNetwork("x", file({ credentials: { oidc: enterprise } })).faucet.credentials.oidc).toMatchObject(
      enterprise,
    );
  });

  it.each([
    ["no audience", { repositories: ["*/*"] }, /oidc\.audience/],
    ["no repositories", { audience: "a" }, /oidc\.repositories/],
    ["an empty list of repositories", { audience: "a", repositories: [] }, /oidc\.repositories/],
    ["everybody's repositories of one name", { audience: "a", repositories: ["*/repo"] }, /oidc\.repositories\.0/],
    ["an issuer over plain http", { audience: "a", issuer: "http://ghe.paw.test" }, /oidc\.issuer: must be an https/],
    ["an issuer with a slash", { audience: "a", issuer: "https://ghe.paw.test/" }, /oidc\.issuer/],
    ["an issuer with a password", { audience: "a", issuer: "https://me:pw@ghe.paw.test" }, /oidc\.issuer/],
    [
      "an issuer that begins like this machine",
      { audience: "a", issuer: "http://localhost.evil.test" },
      /oidc\.issuer/,
    ],
    ["a repository without its owner", { audience: "a", repositories: ["repo"] }, /oidc\.repositories\.0: owner\/name/],
  ])("is refused with %s", (_, oidc, fault) => {
    expect(() => readNetwork("x", file({ credentials: { oidc } }))).toThrow(fault);
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

  it("has validators sign up only where it names the program whose commands they are shown", () => {
    const node = { binary: "simd", home: "~/.simapp" };
    expect(() => readNetwork("a file", file({}, { validators: {} }))).toThrow(/validators: needs `node`/);
    expect(readNetwork("a file", file({}, { validators: {}, node })).validators).toEqual({
      ...{ intake: "open", allowlist: [], writesPerDay: 50, peerLooks: "public", pendingMax: 500, faucetGrant: true },
    });
  });
});

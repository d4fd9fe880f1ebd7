import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "../genesis/gentxs.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { ceremonyNetwork, signUp } from "../support/ceremony-network.ts";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";
import { profileOf, proofOf } from "../support/registrations.ts";
import { assetRules, chainRules, keplrRules, publishedSchemas } from "../support/registry-schemas.ts";

const wallet = { rpc: "https://rpc.example/a", rest: "https://rest.example" };
const plain = { ...ceremonyNetwork("plain-1"), ...signUp() };
const strange = {
  ...plain,
  chainId: "Strange_Name-of-a-Chain-9000",
  name: `${"A network with a very long name ".repeat(1)}🌊🌊🌊`,
  wallet,
  explorer: { tx: "https://scan.example/tx/{txHash}?a=1" },
  node: { binary: "strange-d", home: "~/.strange", source: "https://git.example/strange", createValidator: "flags" },
  denoms: [
    { denom: "upaw", display: "PAW", exponent: 6 },
    { denom: "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2", display: "ATOM", exponent: 6 },
    { denom: "aeth", display: "🌊".repeat(16), exponent: 18 },
    { denom: "tiny", display: "TINY", exponent: 30 },
    { denom: "ticket", display: "ticket", exponent: 0 },
  ],
};
const tooLong = { ...plain, chainId: "a-chain-whose-id-keplr-does-not-take-1", wallet };
const published = publishedSchemas();
if (published === null)
  console.log(
    "SKIPPED: derived files by the chain registry's published schemas (CHAIN_REGISTRY_DIR names a checkout).",
  );

describe("the files that are made of the directory", () => {
  let house: RawHouse<"open-1">;
  beforeAll(async () => {
    house = await startRawHouse({ "open-1": {} }, [plain, strange, tooLong]);
    for (const { chainId } of [plain, strange]) {
      await join(chainId, 0, { seed: true, provider: "" });
      await join(chainId, 1, { provider: `O'Neil "cloud" <b>` });
      await join(chainId, 2, { peer: `${"c".repeat(40)}@[2a00:1450:4001::1]:26656` });
    }
  });
  afterAll(() => house?.stop());

  const at = (chain: string, name: string) => `${house.worker.url}/api/v1/networks/${chain}${name}`;
  const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body), headers });
    expect([answer.status, answer.ok]).toEqual([answer.status, true]);
    return (await answer.json()) as Record<string, unknown>;
  };
  async function join(chain: string, number: number, changes: object): Promise<void> {
    const [operator, content] = [account(number), { profile: profileOf(number, changes) }];
    const { word } = await post(at(chain, "/validators/challenges"), { action: "register", operator, content });
    await post(at(chain, "/validators"), { operator, content, proof: proofOf(String(word), number) });
    const admin = `${house.worker.url}/api/v1/admin/networks/${chain}/validators/${operator}/approval`;
    await post(admin, { rev: 1 }, { authorization: `Bearer ${adminKeys.coordinator}` });
  }
  const read = async (chain: string, name: string) => (await (await fetch(at(chain, name))).json()) as unknown;

  it.each([plain.chainId, strange.chainId])("are valid by the chain registry's schemas: %s", async (chain) => {
    const [made, assets] = [await read(chain, "/chain.json"), await read(chain, "/assetlist.json")];
    expect(chainRules.safeParse(made).error?.issues ?? []).toEqual([]);
    expect(assetRules.safeParse(assets).error?.issues ?? []).toEqual([]);
    if (published === null) return;
    expect(published("chain", made)).toEqual([]);
    expect(published("assetlist", assets)).toEqual([]);
    // And the schemas can say no.
    expect(published("chain", { ...(made as object), nodes: [] })).not.toEqual([]);
    expect(published("assetlist", { ...(assets as object), assets: [{}] })).not.toEqual([]);
  });

  it("name the same chain in both, and every peer with an address that can be dialled", async () => {
    const made = chainRules.parse(await read(strange.chainId, "/chain.json"));
    expect(assetRules.parse(await read(strange.chainId, "/assetlist.json")).chain_name).toBe(made.chain_name);
    expect(made.peers.seeds).toEqual([{ id: "0".padStart(40, "b"), address: "9.9.0.9:26656" }]);
    expect(made.peers.persistent_peers).toEqual(
      expect.arrayContaining([
        { id: "1".padStart(40, "b"), address: "9.9.1.9:26656", provider: `O'Neil "cloud" <b>` },
        { id: "c".repeat(40), address: "[2a00:1450:4001::1]:26656", provider: "own rack" },
      ]),
    );
    expect(made.explorers?.[0]?.tx_page).toBe(["https://scan.example/tx/$", "{txHash}?a=1"].join(""));
  });

  it("are what Keplr takes, or are not there: a long name is cut, tokens with too many decimals are in base units", async () => {
    const told = await read(strange.chainId, "/keplr.json");
    expect(keplrRules.safeParse(told).error?.issues ?? []).toEqual([]);
    expect(told).toMatchObject({ chainName: "A network with a very long nam", rpc: wallet.rpc });
    const { currencies } = keplrRules.parse(told);
    expect(currencies.find(({ coinMinimalDenom }) => coinMinimalDenom === "tiny")).toEqual({
      ...{ coinDenom: "tiny", coinMinimalDenom: "tiny", coinDecimals: 0 },
    });
    for (const chain of [plain.chainId, tooLong.chainId])
      expect((await fetch(at(chain, "/keplr.json"))).status).toBe(404);
  });
});

import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ask, claim, newAddress, until } from "../support/api.ts";
import { type ArbitrarySigner, newArbitrarySigner } from "../support/arbitrary-signer.ts";
import { profileOf } from "../support/registrations.ts";
import { askReviewer, send, validatorsOf } from "../support/validator-client.ts";

const chain = "signup-4";
const path = validatorsOf(chain);
const base = `/api/v1/networks/${chain}`;
const peers = ["9.1.2.3:26656", "[2a00:1450:4001::1]:26656", "node.birch.org:36656", "9.1.2.4:26656"];
const peer = (number: number) => `${String(number).padStart(40, "d")}@${peers[number]}`;
const textOf = async (url: string) => (await exports.default.fetch(new Request(`http://wellspring.test${url}`))).text();

/** Registers a wallet of the sandbox's prefix, on cosmjs's own signer. */
async function join(number: number, changes: object = {}): Promise<ArbitrarySigner> {
  const wallet = await newArbitrarySigner();
  const profile = profileOf(number, { moniker: `crew ${number}`, peer: peer(number), ...changes });
  const asked = { action: "register", operator: wallet.address, content: { profile } };
  const { word } = (await send(`${path}/challenges`, "POST", asked)).body as { word: string };
  const { pubKey, signature } = await wallet.sign(word);
  const proof = { kind: "adr036", word, pubKey, signature };
  const sent = await send(path, "POST", { operator: wallet.address, content: { profile }, proof });
  expect([sent.status, sent.body.code]).toEqual([201, undefined]);
  return wallet;
}
const approve = (operator: string) => askReviewer(chain, "POST", `/${operator}/approval`, { rev: 1 });

describe("what nodes and explorers fetch", () => {
  const crew: ArbitrarySigner[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const fetched = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return fetched(input, init);
    });
    for (const number of [0, 1, 2]) crew.push(await join(number, { seed: number === 0 }));
    for (const { address } of crew) expect((await approve(address)).status).toBe(200);
    crew.push(await join(3));
  });

  it("holds the nodes of approved operators, and of nobody else", async () => {
    expect((await textOf(`${base}/seeds.txt`)).trim()).toBe(peer(0));
    const listed = (await textOf(`${base}/peers.txt`)).trim().split("\n").sort();
    expect(listed).toEqual([peer(1), peer(2)].sort());
    expect((await textOf(`${base}/persistent_peers`)).trim().split(",").sort()).toEqual(listed);
    const book = (await ask(`${base}/addrbook.json`)).body as { key: string; addrs: { addr: object }[] };
    // A name can't stand in an address book, and is not looked up.
    expect(book.addrs.map(({ addr }) => addr)).toEqual(
      expect.arrayContaining([
        { id: "0".padStart(40, "d"), ip: "9.1.2.3", port: 26656 },
        { id: "1".padStart(40, "d"), ip: "2a00:1450:4001::1", port: 26656 },
      ]),
    );
    expect(book.addrs).toHaveLength(2);
    expect(book.key).toMatch(/^[0-9a-f]{24}$/);
  });

  it("is the chain registry's and Keplr's form of the network", async () => {
    expect((await ask(`${base}/chain.json`)).body).toMatchObject({
      chain_name: "signup",
      chain_id: chain,
      status: "live",
      daemon_name: "simd",
      node_home: "$HOME/.simapp",
      peers: { seeds: [{ id: "0".padStart(40, "d"), address: "9.1.2.3:26656", provider: "own rack" }] },
      explorers: [{ tx_page: expect.stringContaining("$") }],
    });
    expect((await ask(`${base}/assetlist.json`)).body).toMatchObject({
      assets: [{ base: "usand", display: "sand", symbol: "SAND" }],
    });
    expect((await ask(`${base}/keplr.json`)).body).toMatchObject({
      chainId: chain,
      rpc: "https://rpc.example",
      bech32Config: { bech32PrefixValAddr: "sandvaloper" },
      stakeCurrency: { coinDenom: "SAND", coinMinimalDenom: "usand", coinDecimals: 6 },
    });
    expect(await ask("/api/v1/networks/signup-1/keplr.json")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  it("is made without a request to any address that an operator chose", async () => {
    const { body } = await ask(`${path}/${crew[2]?.address}/checklist`);
    expect(JSON.stringify(body)).toContain("unjailed");
    await ask(`${path}/${crew[2]?.address}`);
    await ask(path);
    // The network's own endpoint was asked: the watch works.
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map((url) => new URL(url).hostname))).toEqual(new Set(["127.0.0.1"]));
  });

  it("an approved operator gets one code for one claim, shown once; others get none", async () => {
    const grant = (operator = "") => askReviewer(chain, "POST", `/${operator}/faucet-grant`);
    expect(await grant(crew[3]?.address)).toMatchObject({ status: 409, body: { code: "registration_state" } });
    const made = await grant(crew[1]?.address);
    expect(made).toMatchObject({ status: 201, body: { budget: 1, secret: expect.any(String) } });
    expect(await grant(crew[1]?.address)).toMatchObject({ status: 409, body: { code: "secret_shown" } });
    const code = made.body.secret as string;
    const first = await claim(chain, { address: crew[1]?.address, code });
    expect(first.status).toBe(202);
    await until(
      () => ask(`${base}/faucet/claims/${String(first.body.id)}`),
      ({ body }) => body.state === "confirmed",
    );
    expect(await claim(chain, { address: newAddress(), code })).toMatchObject({ body: { code: "credential_spent" } });
    const { acts } = (await askReviewer(chain, "GET", "/audit")).body as { acts: object[] };
    expect(acts[0]).toMatchObject({ act: "faucet_grant", subject: crew[1]?.address });
    expect(JSON.stringify(acts)).not.toContain(code);
  });
});

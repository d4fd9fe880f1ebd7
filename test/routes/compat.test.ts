import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../workers/routes/app.ts";
import { openHouse } from "../../workers/wiring.ts";
import { balanceOf, claim, control, newAddress, until } from "../support/api.ts";
import { json, post, send } from "../support/peer-client.ts";

const drip = 1_000_000n;
const ignite = "http://faucet.sandbox-1.test";

describe("@cosmjs/faucet's wire", () => {
  it.each(["/credit", "/sandbox-1/credit"])(
    "POST %s pays before it says ok, as text, whatever the content type",
    async (path) => {
      for (const headers of [
        {},
        { "content-type": "application/json" },
        { "content-type": "text/plain;charset=UTF-8" },
      ]) {
        const address = newAddress();
        const answer = await post(path, { address, denom: "usand" }, headers);
        expect([answer.status, answer.text]).toEqual([200, "ok"]);
        expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
        expect(await balanceOf("sandbox-1", address)).toBe(drip);
      }
    },
  );

  const address = newAddress();
  it.each([
    ["malformed JSON", "{", 400, "Bad Request"],
    ["a string", '"a"', 400, "Bad Request"],
    ["a list", "[]", 400, "Request body must be a dictionary."],
    ["nothing", "", 400, "Property 'address' must be a string."],
    ["no address", { denom: "usand" }, 400, "Property 'address' must be a string."],
    ["an address that is a number", { address: 5, denom: "usand" }, 400, "Property 'address' must be a string."],
    ["an empty address", { address: "", denom: "usand" }, 400, "Property 'address' must not be empty."],
    ["no denom", { address }, 400, "Property 'denom' must be a string."],
    ["an empty denom", { address, denom: "" }, 400, "Property 'denom' must not be empty."],
    [
      "a ticker",
      { address, ticker: "SAND" },
      400,
      "The 'ticker' field was removed in CosmJS 0.23. Please use 'denom' instead.",
    ],
    [
      "another chain's address",
      { address: "cosmos1x", denom: "usand" },
      400,
      "Address is not in the expected format for this chain.",
    ],
    ["an unknown denom", { address, denom: "upaw" }, 422, "Token is not available. Available tokens are: usand"],
    ["a body above 64 KiB", { address, denom: "x".repeat(70_000) }, 413, "Payload Too Large"],
  ])("refuses %s in its peer's words", async (_, body, status, text) => {
    const answer = await post("/credit", body);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  it("says 405 to another method and to an address that was just paid", async () => {
    const again = { address: newAddress(), denom: "usand" };
    expect((await send("/credit")).text).toBe("This endpoint requires a POST request");
    expect((await send("/credit")).status).toBe(405);
    expect((await post("/credit", again)).text).toBe("ok");
    const answer = await post("/credit", { ...again, address: again.address.toUpperCase() });
    expect(answer.status).toBe(405);
    expect(answer.text).toMatch(
      /^Too many request for the same address\. Blocked to prevent draining\. Please wait 3[56]\d\d seconds and try it again!$/,
    );
    expect(await balanceOf("sandbox-1", again.address)).toBe(drip);
  });

  it("pays one address once when it asks 50 times at once", async () => {
    const body = { address: newAddress(), denom: "usand" };
    const answers = await Promise.all(Array.from({ length: 50 }, () => post("/credit", body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 405)).toHaveLength(49);
    expect(await balanceOf("sandbox-1", body.address)).toBe(drip);
  });

  it("has no token to give when it is empty, and fails without a key", async () => {
    await until(
      () => send("/empty-1/status"),
      (one) => one.text.includes('"amount":"1000"'),
    );
    const ask = (chainId: string) => post(`/${chainId}/credit`, { address: newAddress(), denom: "usand" });
    const answers = await Promise.all(["empty-1", "keyless-1", "off-1"].map(ask));
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [422, "Token is not available. Available tokens are: "],
      [500, "Sending tokens failed"],
      [500, "Sending tokens failed"],
    ]);
  });

  it.each(["/status", "/sandbox-1/status"])("GET %s tells tokens and holder, and no node's address", async (path) => {
    const answer = await until(
      () => send(path),
      (one) => (json(one).availableTokens as string[]).length > 0,
    );
    expect(json(answer)).toEqual({
      status: "ok",
      nodeUrl: "",
      chainId: "sandbox-1",
      chainTokens: ["usand"],
      availableTokens: ["usand"],
      holder: {
        address: expect.stringMatching(/^sand1/),
        balance: [{ denom: "usand", amount: expect.stringMatching(/^\d{30,}$/) }],
      },
      distributors: [],
    });
    expect((await send("/sandbox-1/healthz")).status).toBe(200);
  });

  it("is open to every origin, varies by it, and answers a preflight with 204", async () => {
    const headers = { origin: "https://a.example", "access-control-request-method": "POST" };
    const preflight = await send("/sandbox-1/credit", { method: "OPTIONS", headers });
    const refused = await post("/credit", "{", { origin: "https://a.example" });
    expect(preflight.status).toBe(204);
    for (const answer of [preflight, refused, await send("/status")]) {
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("vary")).toContain("Origin");
    }
  });

  it("names the networks that there are when the path names another", async () => {
    const answer = await post("/nowhere-1/credit", {});
    expect([answer.status, json(answer).code]).toEqual([404, "unknown_network"]);
  });
});

describe("Ignite's wire", () => {
  it("is found by host name: /info names the chain there and nothing is at it elsewhere", async () => {
    const answer = await send(`${ignite}/info`);
    expect([answer.status, json(answer)]).toEqual([200, { is_a_faucet: true, chain_id: "sandbox-1" }]);
    expect(json(await send("http://faucet.held-1.test/info")).chain_id).toBe("held-1");
    for (const url of ["/info", "http://faucet.elsewhere.test/info"]) expect((await send(url)).status).toBe(404);
    expect((await post("/", { address: newAddress() })).status).toBe(404);
    expect((await send(`${ignite}/openapi.yml`)).text).toContain("openapi: 3");
    expect((await send("http://faucet.elsewhere.test/openapi.yml")).status).toBe(404);
  });

  it("takes any host that begins with faucet. where one network is served", async () => {
    const app = createApp({ open: openHouse, page: () => null, nowMs: () => 0, log: () => undefined });
    const one = { ...env, NETWORKS: "held-1" };
    const answer = await app.request("https://faucet.any.example/info", {}, one);
    expect(await answer.json()).toEqual({ is_a_faucet: true, chain_id: "held-1" });
    expect((await app.request("https://www.any.example/info", {}, one)).status).toBe(404);
  });

  it.each([[[]], [["10usand"]], [["1 usand", "1000000usand"]], [null], [undefined]])(
    "POST / with coins %j pays and answers with the hash",
    async (coins) => {
      const address = newAddress();
      const answer = await post(`${ignite}/`, { address, coins });
      expect([answer.status, json(answer)]).toEqual([200, { hash: expect.stringMatching(/^[0-9A-F]{64}$/) }]);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(await balanceOf("sandbox-1", address)).toBe(drip);
    },
  );

  it.each([
    ["no JSON", "{", 400, "the body is not JSON"],
    ["nothing", "", 400, "EOF"],
    ["an address that is a number", { address: 1 }, 400, "the body is not a transfer request"],
    ["a bad coin", { address: newAddress(), coins: ["usand"] }, 400, "invalid decimal coin expression: usand"],
    ["no coin at all", { address: newAddress(), coins: ["0usand"] }, 400, "invalid decimal coin expression: 0usand"],
    ["a huge body", "x".repeat(70_000), 400, "http: request body too large"],
    [
      "more than is paid",
      { address: newAddress(), coins: ["1000001usand"] },
      500,
      "at most 1000000usand is paid at a time",
    ],
    [
      "an unknown token",
      { address: newAddress(), coins: ["1upaw"] },
      500,
      "The faucet does not pay upaw; it pays usand.",
    ],
  ])("refuses %s with its error", async (_, body, status, error) => {
    const answer = await post(`${ignite}/`, body);
    expect([answer.status, json(answer)]).toEqual([status, { error }]);
  });

  it("answers 500 with the reason for every limit", async () => {
    const body = { address: newAddress() };
    expect((await post(`${ignite}/`, body)).status).toBe(200);
    const again = await post(`${ignite}/`, body);
    expect([again.status, json(again).error]).toEqual([500, expect.stringContaining("may claim again at")]);
    const nobody = await post(`${ignite}/`, {});
    expect([nobody.status, Object.keys(json(nobody))]).toEqual([500, ["error"]]);
    const empty = await post("http://faucet.empty-1.test/", { address: newAddress() });
    expect([empty.status, json(empty).error]).toEqual([500, expect.stringContaining("balance")]);
  });
});

describe("the dialects together", () => {
  it("may use their share of the hour's budget, and our own API the rest", async () => {
    const own = "http://faucet.share-1.test";
    expect((await post("/share-1/credit", { address: newAddress(), denom: "usand" })).text).toBe("ok");
    expect((await post(`${own}/`, { address: newAddress() })).status).toBe(200);
    const spent = expect.stringMatching(/^What the faucet gives in an hour by this way is spent/);
    const [cosmjs, igniteOne, paw, pingpub] = [
      await post("/share-1/credit", { address: newAddress(), denom: "usand" }),
      await post(`${own}/`, { address: newAddress() }),
      await post(`${own}/api/v1/faucet/request`, { address: newAddress() }),
      await send(`/send/share-1/${newAddress()}`),
    ];
    expect([cosmjs.status, cosmjs.text]).toEqual([405, spent]);
    expect([igniteOne.status, json(igniteOne)]).toEqual([500, { error: spent }]);
    expect([paw.status, json(paw)]).toEqual([429, { error: spent }]);
    expect([pingpub.status, json(pingpub)]).toEqual([200, { result: "You requested too often" }]);
    expect((await claim("share-1", { address: newAddress() })).status).toBe(202);
  });

  it("bring no challenge where one is asked for: their wires have no place for it", async () => {
    expect((await claim("pow-1", { address: newAddress() })).body.code).toBe("challenge_required");
    expect((await post("/pow-1/credit", { address: newAddress(), denom: "usand" })).text).toBe("ok");
  });
});

describe("a payment that no block holds after 15 s", () => {
  it("is no success on any wire, and is paid once all the same", async () => {
    const to = Array.from({ length: 4 }, newAddress);
    const own = "http://faucet.held-1.test";
    const [cosmjs, igniteOne, paw, pingpub] = await Promise.all([
      post("/held-1/credit", { address: to[0], denom: "usand" }),
      post(`${own}/`, { address: to[1] }),
      post(`${own}/api/v1/faucet/request`, { address: to[2] }),
      send(`/held-1/send/${to[3]}`),
    ]);
    expect([cosmjs.status, cosmjs.text]).toEqual([500, "Sending tokens failed"]);
    const told = expect.stringContaining("no block holds its payment yet");
    expect([igniteOne.status, json(igniteOne)]).toEqual([500, { error: told }]);
    expect([paw.status, json(paw)]).toEqual([503, { error: told }]);
    expect([pingpub.status, json(pingpub)]).toEqual([200, { status: "error", message: told }]);
    const again = await post("/held-1/credit", { address: to[0], denom: "usand" });
    expect([again.status, again.text.slice(0, 38)]).toEqual([405, "Too many request for the same address."]);
    await until(
      async () => {
        await control("held-1", "makeBlock");
        return Promise.all(to.map((address) => balanceOf("held-1", address)));
      },
      (held) => held.every((amount) => amount === drip),
    );
  });
});

describe("a dialect that is switched off", () => {
  const own = "http://faucet.full-1.test";
  it.each([
    ["POST", "/full-1/credit"],
    ["GET", "/full-1/status"],
    ["POST", `${own}/`],
    ["GET", `${own}/info`],
    ["GET", `${own}/api/v1/faucet/info`],
    ["POST", `${own}/api/v1/faucet/request`],
    ["GET", "/full-1/send/sand1x"],
    ["GET", "/send/full-1/sand1x"],
    ["GET", "/off-1/send/sand1x"],
  ])("is not there: %s %s", async (method, path) => {
    const answer = await send(path, { method });
    expect([answer.status, json(answer).code]).toEqual([404, "not_found"]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });
});

describe("the page", () => {
  it("stays at / on every host, also where Ignite's POST / is", async () => {
    for (const url of ["/", `${ignite}/`]) {
      const answer = await send(url);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
    }
  });
});

import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type Answer, ask, balanceOf, claim, claimsOf, control, newAddress, until } from "../support/api.ts";

const drip = 1_000_000n;

describe("a claim", () => {
  it("is accepted with its id and place, and paid once in a block", async () => {
    const address = newAddress();
    const { status, body, headers } = await claim("sandbox-1", { address });
    expect(status).toBe(202);
    expect(body).toMatchObject({ chainId: "sandbox-1", address, state: "queued", queuePosition: 1 });
    expect(body).toMatchObject({ drips: [{ denom: "usand", amount: "1000000" }] });
    const path = `${claimsOf("sandbox-1")}/${String(body.id)}`;
    expect(headers.get("location")).toBe(path);
    const ended = await until(
      () => ask(path),
      (answer) => answer.body.state === "confirmed",
    );
    expect(ended.body).toMatchObject({ id: body.id, txHash: expect.stringMatching(/^[0-9A-F]{64}$/) });
    expect(ended.body.height).toBeGreaterThan(0);
    expect(new Date(String(ended.body.createdAt)).toISOString()).toBe(ended.body.createdAt);
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
  });

  it("with ?wait=confirmed is answered when it is paid", async () => {
    const address = newAddress();
    const { status, body } = await claim("sandbox-1", { address }, {}, "?wait=confirmed");
    expect([status, body.state]).toEqual([202, "confirmed"]);
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
  });

  it("200 times at once for one address, in upper and lower case, is accepted and paid once", async () => {
    const address = newAddress();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        claim("sandbox-1", { address: index % 2 === 0 ? address : address.toUpperCase() }),
      ),
    );
    const accepted = answers.filter((answer) => answer.status === 202);
    expect(accepted).toHaveLength(1);
    const id = accepted[0]?.body.id;
    for (const { status, body } of answers.filter((answer) => answer.status !== 202)) {
      expect([409, 429]).toContain(status);
      expect(body.claimId).toBe(id);
    }
    await until(
      () => ask(`${claimsOf("sandbox-1")}/${String(id)}`),
      (answer) => answer.body.state === "confirmed",
    );
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
  });

  it("is read whatever its content type says", async () => {
    const { status } = await claim("sandbox-1", { address: newAddress() }, { "content-type": "text/plain" });
    expect(status).toBe(202);
  });

  it("is told as server-sent events until it ends", async () => {
    const { body } = await claim("sandbox-1", { address: newAddress() });
    const url = `http://wellspring.test${claimsOf("sandbox-1")}/${String(body.id)}/events`;
    const stream = await exports.default.fetch(url);
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const told = (await stream.text()).split("\n").filter((line) => line.startsWith("data: "));
    const states = told.map((line) => (JSON.parse(line.slice(6)) as { state: string }).state);
    expect(states.at(-1)).toBe("confirmed");
    expect(states.indexOf("confirmed")).toBe(states.length - 1);
  });
});

describe("an Idempotency-Key", () => {
  it("gives the first answer again, also at the same time, and pays once", async () => {
    const address = newAddress();
    const key = { "idempotency-key": crypto.randomUUID() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => claim("sandbox-1", { address }, key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const ended = await claim("sandbox-1", { address }, key, "?wait=confirmed");
    expect(ended.body).toMatchObject({ id: answers[0]?.body.id, state: "confirmed" });
    expect(await balanceOf("sandbox-1", address)).toBe(drip);
  });

  it("with another address is refused as idempotency_key_reused", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    await claim("sandbox-1", { address: newAddress() }, key);
    const { status, body } = await claim("sandbox-1", { address: newAddress() }, key);
    expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
  });

  it("that is no visible ASCII is refused", async () => {
    const { status, body } = await claim("sandbox-1", { address: newAddress() }, { "idempotency-key": "a b" });
    expect([status, body.code]).toEqual([400, "invalid_idempotency_key"]);
  });
});

describe("a claim is refused, with its reason by name", () => {
  it("claim_open, with the open claim, until that one ends", async () => {
    const address = newAddress();
    const first = await claim("held-1", { address });
    const { status, body, headers } = await claim("held-1", { address: address.toUpperCase() });
    expect([status, body.code, body.claimId]).toEqual([409, "claim_open", first.body.id]);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({ type: "/problems/claim_open", status: 409, title: expect.any(String) });
    await until(
      async () => {
        await control("held-1", "makeBlock");
        return ask(`${claimsOf("held-1")}/${String(first.body.id)}`);
      },
      (answer) => answer.body.state === "confirmed",
    );
    expect((await claim("held-1", { address })).status).toBe(429);
  });

  it("cooldown_active, with the time when it ends", async () => {
    const address = newAddress();
    const first = await claim("sandbox-1", { address }, {}, "?wait=confirmed");
    const { status, body, headers } = await claim("sandbox-1", { address });
    expect([status, body.code, body.claimId]).toEqual([429, "cooldown_active", first.body.id]);
    expect(Date.parse(String(body.retryAt))).toBe(Date.parse(String(first.body.createdAt)) + 3_600_000);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(3_500);
  });

  it.each([
    ["not an address at all", "hello"],
    ["another chain's prefix", "cosmos1pvc9275lcn5suv6c0k3v0mq3xedcpfw28xdv44"],
    ["a typing mistake", "sand1pvc9275lcn5suv6c0k3v0mq3xedcpfw2jeamxq"],
    ["mixed case", "sand1PVC9275lcn5suv6c0k3v0mq3xedcpfw2jeamxp"],
  ])("invalid_address: %s", async (_, address) => {
    const { status, body } = await claim("sandbox-1", { address });
    expect([status, body.code]).toEqual([422, "invalid_address"]);
    expect(body.detail).not.toBe("");
  });

  it("recipient_not_allowed: the chain's own fee collector", async () => {
    const { toBech32 } = await import("@cosmjs/encoding");
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("fee_collector"));
    const { status, body } = await claim("sandbox-1", { address: toBech32("sand", new Uint8Array(hash).slice(0, 20)) });
    expect([status, body.code]).toEqual([422, "recipient_not_allowed"]);
  });

  it("unknown_denom, with those that there are", async () => {
    const { status, body } = await claim("sandbox-1", { address: newAddress(), denoms: ["upaw"] });
    expect([status, body.code]).toEqual([422, "unknown_denom"]);
    expect(body.detail).toContain("usand");
  });

  it("queue_full, and the line grows no longer", async () => {
    const answers: Answer[] = [];
    for (let index = 0; index < 4; index += 1) answers.push(await claim("full-1", { address: newAddress() }));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 503, 503]);
    expect(answers[2]?.body.code).toBe("queue_full");
    expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answers[1]?.body.queuePosition).toBe(2);
  });

  it("faucet_empty once the balance is known, and no allowance is used", async () => {
    await until(
      () => claim("empty-1", { address: newAddress() }),
      (answer) => answer.status === 503 && answer.body.code === "faucet_empty",
    );
  });

  it("faucet_disabled where the network's words are no mnemonic, without showing them", async () => {
    const { status, body } = await claim("keyless-1", { address: newAddress() });
    expect([status, body.code]).toEqual([503, "faucet_disabled"]);
    expect(body.detail).toContain("FAUCET_MNEMONIC_KEYLESS_1");
    expect(JSON.stringify(body)).not.toContain("these are no words");
  });

  it("faucet_disabled where the network file switches it off", async () => {
    const { status, body } = await claim("off-1", { address: newAddress() });
    expect([status, body.code]).toEqual([503, "faucet_disabled"]);
    expect(body.detail).toContain("faucet.enabled");
  });

  it("faucet_halted after the chain was reset, until the operator acts", async () => {
    await claim("reset-1", { address: newAddress() }, {}, "?wait=confirmed");
    await control("reset-1", "reset");
    const refused = await until(
      () => claim("reset-1", { address: newAddress() }),
      (answer) => answer.status === 503,
    );
    expect(refused.body.code).toBe("faucet_halted");
    const { body } = await ask("/api/v1/networks/reset-1/faucet");
    expect(body.halt).toMatchObject({ code: "chain_reset" });
  });
});

describe("a body is refused", () => {
  const address = newAddress();
  it.each([
    ["empty", "", 400, "invalid_json"],
    ["not JSON", "{address:", 400, "invalid_json"],
    ["not an object", '"sand1"', 400, "invalid_body"],
    ["without an address", "{}", 400, "invalid_body"],
    ["with denoms that are no list", JSON.stringify({ address, denoms: "usand" }), 400, "invalid_body"],
    ["larger than 64 KiB", JSON.stringify({ address, denoms: ["x".repeat(70_000)] }), 413, "body_too_large"],
  ])("when it is %s", async (_, body, status, code) => {
    const answer = await claim("sandbox-1", body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("when it holds an unknown field, by the field's name", async () => {
    const { status, body } = await claim("sandbox-1", { address, amount: "5" });
    expect([status, body.code]).toEqual([400, "invalid_body"]);
    expect(body.errors).toEqual([{ path: "amount", message: "is not a field here" }]);
  });

  it("when it is streamed and grows beyond 64 KiB without saying so", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(8_192));
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(chunk);
        if (sent > 1_000) controller.close();
      },
    });
    const answer = await ask(claimsOf("sandbox-1"), { method: "POST", body: stream });
    expect(answer.body.code).toBe("body_too_large");
    expect(sent).toBeLessThan(100);
  });

  it("and so is an unknown query parameter, by its name", async () => {
    const { status, body } = await claim("sandbox-1", { address }, {}, "?wait=forever&x=1");
    expect([status, body.code]).toEqual([400, "invalid_query"]);
    expect((body.errors as { path: string }[]).map((error) => error.path).sort()).toEqual(["wait", "x"]);
  });
});

describe("the claims of an address", () => {
  it("are listed from the read model, in whichever case it is asked for", async () => {
    const address = newAddress();
    const { body } = await claim("sandbox-1", { address }, {}, "?wait=confirmed");
    const list = await until(
      () => ask(`${claimsOf("sandbox-1")}?address=${address.toUpperCase()}`),
      (answer) => (answer.body.claims as { state: string }[])[0]?.state === "confirmed",
    );
    expect(list.body).toEqual({ claims: [body] });
  });

  it("are none for an address that has never claimed", async () => {
    expect((await ask(`${claimsOf("sandbox-1")}?address=${newAddress()}`)).body).toEqual({ claims: [] });
  });

  it("are not listed for what is no address, nor by a cursor that is not ours", async () => {
    const wrong = await ask(`${claimsOf("sandbox-1")}?address=sand1x`);
    expect([wrong.status, wrong.body.code]).toEqual([422, "invalid_address"]);
    const cursor = await ask(`${claimsOf("sandbox-1")}?address=${newAddress()}&cursor=-1`);
    expect([cursor.status, cursor.body.code]).toEqual([400, "invalid_query"]);
  });
});

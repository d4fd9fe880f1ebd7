import { toBech32 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RawHouse, startRawHouse } from "../support/raw-house.ts";
import { settledRows, storedRows } from "../support/stored-rows.ts";
import { directoryNetworks } from "./directory-cases.ts";

const address = toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const deep = (open: string, close: string) => open.repeat(10_000) + close.repeat(10_000);

/** Bodies that no operation may take, whoever reads them. */
const bodies: Readonly<Record<string, Buffer>> = {
  "nothing at all": bytes(""),
  "half of JSON": bytes(`{"address":"${address}"`),
  "two documents": bytes(`{"address":"${address}"}{}`),
  XML: bytes(`<address>${address}</address>`),
  "a form": bytes(`address=${address}`),
  "65,537 bytes": bytes(`{"address":"${address}"}${" ".repeat(65_537 - address.length - 14)}`),
  "a million bytes": bytes(`{"address":"${"a".repeat(1_000_000)}"}`),
  "lists 10,000 deep": bytes(deep("[", "]")),
  "an object with lists 10,000 deep": bytes(`{"address":${deep("[", "]")}}`),
  "objects 5,000 deep": bytes(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`),
  "bytes that are not UTF-8 in the address": bytes('{"address":"', [0xff, 0xfe, 0xc3, 0x28], '"}'),
  "UTF-16": Buffer.from(`\ufeff{"address":"${address}"}`, "utf16le"),
  "a NUL in the address": bytes(`{"address":"${address}\\u0000"}`),
  "a raw NUL": bytes('{"address":"', [0], '"}'),
  "a lone surrogate": bytes('{"address":"\\ud800"}'),
  null: bytes("null"),
  "a list": bytes(`["${address}"]`),
  "a string": bytes(`"${address}"`),
  "a number for the address": bytes('{"address":7}'),
  "null for the address": bytes('{"address":null}'),
  "an object for the address": bytes('{"address":{"$gt":""}}'),
  "__proto__ for the address": bytes(`{"__proto__":{"address":"${address}"}}`),
  "constructor for the address": bytes(`{"constructor":{"prototype":{"address":"${address}"}}}`),
};

/** Bodies that our own API refuses; the peers' wires take what their peers take. */
const strictBodies: Readonly<Record<string, Buffer>> = {
  "an unknown field": bytes(`{"address":"${address}","admin":true}`),
  "the address twice": bytes(`{"address":"${address}","address":"${address}"}`),
  "the address twice, once escaped": bytes(`{"address":"${address}","addres\\u0073":"${address}"}`),
  "__proto__ beside the address": bytes(`{"address":"${address}","__proto__":{"x":1}}`),
  "constructor beside the address": bytes(`{"address":"${address}","constructor":{}}`),
  "bytes that are not UTF-8 after the body": bytes(`{"address":"${address}"}`, [0x20, 0xff]),
  "toString for a token": bytes(`{"address":"${address}","denoms":["toString"]}`),
  "nine tokens": bytes(JSON.stringify({ address, denoms: new Array(9).fill("usand") })),
  "a challenge of 10,000 characters": bytes(JSON.stringify({ address, challenge: "A".repeat(10_000) })),
};

const own = [
  "/api/v1/networks/sandbox-1/faucet/claims",
  "/api/v1/networks/pow-1/faucet/claims",
  "/api/v1/networks/pow-1/faucet/challenges",
  "/api/v1/networks/crew-1/validators",
  "/api/v1/networks/crew-1/validators/challenges",
];
const peers = ["/credit", "/api/v1/faucet/request"];

describe("a request that makes no sense", { timeout: 60_000 }, () => {
  let house: RawHouse<"sandbox-1" | "pow-1">;
  let rows: string[];
  const send = (path: string, init: RequestInit) => fetch(house.worker.url + path, init);
  const isNo = async (answer: Response, what: string) => {
    const text = await answer.text();
    expect([answer.status >= 400 && answer.status < 500, what, answer.status], text).toEqual([
      true,
      what,
      answer.status,
    ]);
    expect(text, what).not.toBe("");
    expect(text.length, what).toBeLessThan(4_000);
  };

  beforeAll(async () => {
    const pow = { challenge: "pow", challengeTries: 2, limits: { hourlyBudget: 100, client: { ipv4: 100 } } };
    house = await startRawHouse({ "sandbox-1": {}, "pow-1": { faucet: pow } }, directoryNetworks);
    rows = await settledRows(house.stateDir);
  });

  afterAll(() => house?.stop());

  it.each([...own, ...peers])(
    "gets a clear no for every malformed body on %s, and nothing is written",
    async (path) => {
      for (const [what, body] of Object.entries(bodies)) await isNo(await send(path, { method: "POST", body }), what);
      expect(storedRows(house.stateDir)).toEqual(rows);
    },
  );

  it.each(own)("gets problem+json for what only our own API refuses on %s", async (path) => {
    for (const [what, body] of Object.entries(strictBodies)) {
      const answer = await send(path, { method: "POST", body });
      expect(answer.headers.get("content-type"), what).toBe("application/problem+json");
      await isNo(answer, what);
    }
    expect(storedRows(house.stateDir)).toEqual(rows);
  });

  it.each([
    "text/xml",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "nonsense",
    "application/json; charset=utf-16",
  ])("gets the same no whatever content type it claims: %s", async (type) => {
    for (const path of own) {
      const answer = await send(path, { method: "POST", headers: { "content-type": type }, body: "--x\r\n\r\n--x--" });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, "invalid_json"]);
    }
  });

  it.each([
    ["idempotency-key", "k".repeat(10_000)],
    ["idempotency-key", "with a space"],
    ["cf-connecting-ip", "999.999.999.999, <script>"],
    ["cf-connecting-ip", "f".repeat(10_000)],
    ["content-encoding", "gzip"],
    ["x-filler", "f".repeat(30_000)],
    ["expect-nothing", "é".repeat(100)],
  ])("with the header %s out of all reason is still only refused", async (name, value) => {
    for (const path of own) {
      await isNo(await send(path, { method: "POST", headers: { [name]: value }, body: '{"address":"nobody"}' }), name);
    }
    expect(storedRows(house.stateDir)).toEqual(rows);
  });

  it.each([
    `/api/v1/networks/sandbox-1/faucet/claims?address=${"a".repeat(10_000)}`,
    `/api/v1/networks/sandbox-1/faucet/claims?${"x=1&".repeat(3_000)}`,
    `/api/v1/networks/sandbox-1/faucet/claims?address=${address}&address=${address}`,
    "/api/v1/networks/sandbox-1/faucet/claims?address=%00",
    "/api/v1/networks/sandbox-1/faucet/claims?address=%ff%fe",
    `/api/v1/networks/sandbox-1/faucet/claims?address=${address}&cursor=1e9`,
    "/api/v1/networks/sandbox-1/faucet/claims/%00",
    "/api/v1/networks/%00/faucet",
    "/api/v1/networks/__proto__/faucet",
    "/api/v1/networks/constructor",
    `/api/v1/networks/${"n".repeat(10_000)}`,
    "/api/v1/networks/sandbox-1/faucet/claims/..%2f..%2fetc",
    "/credit/%E0%A4%A",
  ])("gets a clear no for the address %.80s", async (path) => {
    await isNo(await send(path, {}), path.slice(0, 80));
  });
});

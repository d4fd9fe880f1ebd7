import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeGentx, readText } from "../../genesis/gentx/judge.ts";
import { findSecret } from "../../genesis/gentx/secret.ts";
import { skeletonOf } from "../../genesis/gentx/skeleton.ts";
import { context, edited, gentx, operator } from "./gentxs.ts";

const mnemonic = "legal winner thank year wave sausage worth useful legal winner thank yellow";
const plain = (text: string) =>
  JSON.stringify(JSON.parse(text), (_, value) =>
    typeof value === "string" ? value.replace(/^(\d+\.\d*?)0+$/, "$1") : value,
  );
const rulesOf = (text: string) => judgeGentx(text, context).failures.map(({ rule }) => rule);

describe("what people and attackers hand in", () => {
  it.each([
    ["nothing", ""],
    ["a byte order mark", `\ufeff${gentx()}`],
    ["a whole genesis", JSON.stringify({ app_state: {}, chain_id: "x" })],
    ["a list", "[]"],
    ["null", "null"],
    ["too deep", "[".repeat(5000)],
    [
      "an amino-style key",
      gentx().replace(/"pubkey":\{[^}]*\}/, '"pubkey":{"type":"tendermint/PubKeyEd25519","value":"AA=="}'),
    ],
    ["an amount as a number", gentx().replace('"amount":"500000000"', '"amount":500000000')],
    ["an amount with an exponent", gentx().replace('"amount":"500000000"', '"amount":"5e8"')],
    ["19 decimals", gentx().replace("0.100000000000000000", "0.1000000000000000000")],
    ["URL-safe base64", edited(gentx(), (tx) => (tx.signatures = [`${"_".repeat(86)}==`]))],
    ["base64 without padding", edited(gentx(), (tx) => (tx.signatures = [tx.signatures[0]!.replace(/=+$/, "")]))],
    ["an unknown field deep inside", edited(gentx(), (tx) => Object.assign(tx.body.messages[0]!.value, { x: null }))],
    ["a prototype's name as a field", gentx().replace('"memo"', '"__proto__":{},"memo"')],
    ["a type named constructor", gentx().replace("/cosmos.crypto.ed25519.PubKey", "constructor")],
  ])("%s can't be read", (_, text) => expect(rulesOf(text)).toEqual(["decode"]));

  it.each([
    ["camelCase keys", (text: string) => text.replace('"validator_address"', '"validatorAddress"')],
    ["a number for a sign mode", (text: string) => text.replace('"SIGN_MODE_DIRECT"', "1")],
    ["a number for a gas limit", (text: string) => text.replace('"gas_limit":"200000"', '"gas_limit":200000')],
    ["an amount in octal", (text: string) => text.replace('"amount":"500000000"', '"amount":"03563262400"')],
    ["an amount in hexadecimal", (text: string) => text.replace('"amount":"500000000"', '"amount":"0x1dcd6500"')],
    [
      "missing defaults",
      (text: string) => text.replace('"timeout_height":"0",', "").replace('"tip":null', '"tip":null'),
    ],
    ["pretty print and CRLF", (text: string) => JSON.stringify(JSON.parse(text), null, 2).replaceAll("\n", "\r\n")],
    ["a commission of 0.1", (text: string) => text.replace("0.100000000000000000", "0.1")],
  ])("%s is read as a node reads it, to the same signature", (_, change) => {
    const text = change(gentx());
    expect(text).not.toBe(gentx());
    expect(judgeGentx(text, { ...context, policy: { onlyFatal: true } }).failures).toEqual([]);
  });

  it("no text makes the judge throw", () => {
    const valid = gentx();
    fc.assert(fc.property(fc.string(), (text) => void judgeGentx(text, context)));
    fc.assert(fc.property(fc.json(), (text) => void judgeGentx(text, context)));
    fc.assert(
      fc.property(fc.nat(valid.length), fc.nat(40), fc.string({ maxLength: 4 }), (at, cut, put) => {
        const changed = valid.slice(0, at) + put + valid.slice(at + cut);
        // A change that the signature doesn't see may only be one of spelling: white space, or zeros at a decimal's end.
        if (judgeGentx(changed, context).ok) expect(plain(changed)).toBe(plain(valid));
      }),
      { numRuns: 300 },
    );
  });

  it("a file of megabytes is refused before anything is computed", () => {
    const begunMs = performance.now();
    expect(rulesOf(`{"body":"${"x".repeat(5_000_000)}`)).toEqual(["size", "decode"]);
    expect(performance.now() - begunMs).toBeLessThan(2_000);
  });

  it("bytes that are no UTF-8 are named, and a byte order mark isn't swallowed", () => {
    const bytes = Buffer.from(gentx());
    expect(rulesOf(readText(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])))).toEqual(["decode"]);
    const broken = Buffer.from(gentx().replace("alder.example", "alder\u00e9.example"), "latin1");
    expect(rulesOf(readText(broken))).toContain("encoding");
  });

  it("someone else's operator address is seen: the key must be its own", () => {
    const text = gentx((message) => Object.assign(message, { validator_address: operator(5) }));
    expect(rulesOf(text)).toEqual(["signer-key"]);
  });

  it("an operator address in upper case is the same operator, and not how it should be written", () => {
    const text = gentx((message) => Object.assign(message, { validator_address: operator(0).toUpperCase() }));
    expect(rulesOf(text)).toEqual(["spelling"]);
    expect(judgeGentx(text, context).gentx?.operator).toBe(operator(0));
  });

  it("messages carry no control or direction characters of the file", () => {
    const text = gentx((message) => Object.assign(message.description, { moniker: "\u001b[31mred\u202e\u200b" }));
    const { failures } = judgeGentx(text, context);
    const told = failures.map(({ message, value }) => `${message} ${value}`).join();
    expect(failures.map(({ rule }) => rule)).toEqual(["text-controls"]);
    expect(told).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(told).toContain("\\u{202e}");
  });
});

describe("monikers that can be taken for one another", () => {
  it.each([
    ["Cosmos Hub", "cosmoshub"],
    ["paypal", "pаypаl"],
    ["alder", "аlԁеr"],
    ["Polkachu", "Ροlkachu"],
    ["alder", "al\u200bder"],
    ["alder", "ａｌｄｅｒ"],
    ["node1", "nodel"],
    ["o0", "Oo"],
    ["Jose", "José"],
    ["ledger", "𝓵𝓮𝓭𝓰𝓮𝓻"],
    ["Alba Node", "Alba\u2800Node"],
    ["alba-node", "alba\u2013node"],
    ["alba-node", "alba\u2212node"],
    ["O'Neil", "O\u2019Neil"],
    ["modern", "modem"],
    ["wave", "vvave"],
    ["ALBA", "ꓮꓡꓐꓮ"],
    ["LEDGER", "ᏞᎬᎠᏀᎬᎡ"],
    ["node", "ոօde"],
    ["hub", "ʜᴜʙ"],
  ])("%s and %s", (one, other) => expect(skeletonOf(one)).toBe(skeletonOf(other)));

  it.each([
    ["node-2", "node-3"],
    ["alder", "elder"],
    ["日本", "中国"],
  ])("but not %s and %s", (one, other) => expect(skeletonOf(one)).not.toBe(skeletonOf(other)));
});

describe("secrets pasted by mistake", () => {
  it.each([
    ["a mnemonic of 12 words", mnemonic],
    ["one of 24", `${"abandon ".repeat(23)}art`],
    ["one with line breaks inside JSON", JSON.stringify({ memo: mnemonic.replaceAll(" ", "\n") })],
    [
      "one with commas and numbers",
      mnemonic
        .split(" ")
        .map((word, index) => `${index + 1}. ${word}`)
        .join(","),
    ],
    ["one in capitals", mnemonic.toUpperCase()],
    ["one as a JSON list", JSON.stringify(mnemonic.split(" "))],
    [
      "priv_validator_key.json",
      '{"address":"A","pub_key":{},"priv_key":{"type":"tendermint/PrivKeyEd25519","value":"AA=="}}',
    ],
    ["node_key.json", '{"priv_key": {"value":"AA=="}}'],
    ["an armored key", `-----BEGIN TENDERMINT ${"PRIVATE"} KEY-----\nkdf: argon2`],
    ["a key in hexadecimal", "4f".repeat(32)],
  ])("%s is found, and nothing of it is told", (_, text) => {
    expect(findSecret(text)).not.toBeNull();
    const { ok, gentx: seat, failures } = judgeGentx(text, context);
    expect({ ok, seat, rules: failures.map(({ rule }) => rule) }).toEqual({
      ok: false,
      seat: undefined,
      rules: ["secret"],
    });
    const words = new Set(JSON.stringify(failures).match(/[A-Za-z0-9=]{5,}/g));
    expect([...words].filter((word) => mnemonic.includes(word) || /^(4f)+$|^AA==$/.test(word))).toEqual([]);
  });

  it.each([
    ["a gentx", gentx()],
    ["prose", "We run validators all over the world and will be there when you need us the most, day and night."],
    ["a hash inside a text", JSON.stringify({ memo: `sha256 ${"4f".repeat(32)}` })],
    ["eleven words", mnemonic.split(" ").slice(0, 11).join(" ")],
  ])("%s is none", (_, text) => expect(findSecret(text)).toBeNull());
});

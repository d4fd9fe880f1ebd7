import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { account } from "../genesis/gentxs.ts";
import { type Answer, ask } from "../support/api.ts";
import { gentxFor } from "../support/ceremony-network.ts";
import { profileOf, proofOf } from "../support/registrations.ts";
import {
  amend,
  approve,
  askReviewer,
  register,
  registrationOf,
  send,
  validatorsOf,
  withdraw,
  wordFor,
} from "../support/validator-client.ts";

const chain = "signup-1";
const path = validatorsOf(chain);
const of = (number: number) => `${path}/${account(number)}`;
const raw = (body: string) => ask(path, { method: "POST", body });
/** Refused in words, as a fault of the asker: no stack, no text of the database, nothing internal. */
function expectRefused({ status, body }: Answer): void {
  expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  expect(body.code).toMatch(/^[a-z_]+$/);
  expect(JSON.stringify(body)).not.toMatch(/at \w+ \(|SQLITE|D1_ERROR|\.ts:\d/);
}
const countOf = async (table: string) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n ?? -1;
type Entry = { state: string; registered: { rev: number } };
const entry = async (number: number) => (await ask(of(number))).body as unknown as Entry;

describe("a body that is made to hurt", () => {
  it("is refused in words: nested, huge, doubled, half a character, or of another shape", async () => {
    const before = await countOf("registrations");
    const request = JSON.stringify(await registrationOf(chain, 0));
    const proof = (kind: string, text: string) =>
      JSON.stringify({ operator: account(0), proof: kind === "gentx" ? { kind, gentx: text } : { kind, tx: text } });
    const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
    for (const body of [
      deep("[", "]", 30_000),
      `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
      proof("gentx", deep("[", "]", 15_000)),
      proof("gentx", `${'{"body":'.repeat(3_000)}{}${"}".repeat(3_000)}`),
      proof("tx", deep("[", "]", 15_000)),
      proof("tx", `{"body":{"memo":"${"x".repeat(30_000)}"}}`),
      request.replace('"operator"', '"operator":"","operator"'),
      request.replace('"moniker"', '"moniker":"a","\\u006doniker"'),
      request.replace("operator 0", "\\ud83d"),
      request.replace("{", '{"__proto__":{"x":1},'),
      request.replace("{", '{"constructor":{},'),
      `${request}${request}`,
      `"${account(0)}"`,
      "[]",
      "null",
      "1e999",
      `${request.slice(0, -1)},"pad":"${"x".repeat(70_000)}"}`,
    ])
      expectRefused(await raw(body));
    expect(await countOf("registrations")).toBe(before);
  });

  it("is refused in each field: schemes, other people's markup in addresses, line breaks, what can't be seen", async () => {
    const bad: Record<string, unknown>[] = [
      ...["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
      ...[
        "//evil.example",
        "https://a@b.example",
        "https://",
        " https://a.example",
        "ftp://a.example",
        "https:a.example",
        "https:\\\\a.example",
        "https://a b.example",
      ],
    ].map((website) => ({ website }));
    for (const field of ["moniker", "website", "securityContact", "details", "region", "provider"])
      for (const text of ["a\u202eb", "a\u0000b", "a\u200bb", "a\u2800b", "a\u{e0041}b"]) bad.push({ [field]: text });
    for (const field of ["moniker", "securityContact", "region", "provider"]) bad.push({ [field]: "a\nb" });
    for (const changes of bad) {
      const content = { profile: profileOf(0, changes) };
      const asked = { action: "register", operator: account(0), content };
      const answer = await send(`${path}/challenges`, "POST", asked);
      expect([answer.status, answer.body.code], JSON.stringify(changes)).toEqual([400, "invalid_body"]);
    }
  });

  it("may hold anything that is only text, and is given back as it came, as JSON alone", async () => {
    const texts = {
      moniker: `=cmd|' /C calc'!A0 "',;`,
      securityContact: "javascript:alert(document.cookie)",
      details: `@SUM(1+1)\n-2+3\n{{7*7}} \${7*7} <!--#exec--> ' OR 1=1 --`,
      region: "../../etc/passwd",
      provider: `"><script>alert(1)</script>`,
    };
    expect((await register(chain, 1, { changes: texts })).status).toBe(201);
    expect((await approve(chain, 1, { allocation: { amount: "5" } })).status).toBe(200);
    const answer = await ask(of(1));
    expect(answer.body).toMatchObject({ profile: texts });
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    // The list for the genesis holds nothing of it: a spreadsheet has nothing to run.
    const { text } = await askText(`/api/v1/admin/networks/${chain}/validators/allocations.csv`);
    expect(text).toBe(`address,amount,denom\n${account(1)},5,upaw\n`);
    for (const name of ["peers.txt", "seeds.txt", "persistent_peers"])
      expect((await askText(`/api/v1/networks/${chain}/${name}`)).text).toMatch(
        /^([0-9a-f]{40}@[\w.[\]:-]+[\n,]?)*\n?$/,
      );
  });
});

describe("what was signed", () => {
  it("is worth nothing for another act, network, operator, content or time, and nothing with another's key", async () => {
    expect((await register(chain, 2)).status).toBe(201);
    const content = { profile: profileOf(2, { region: "us" }) };
    const put = (word: string, more: object = content) =>
      send(of(2), "PUT", { content: more, proof: proofOf(word, 2) });
    const [own, other] = [await wordFor(chain, 2, "amend", content), await wordFor(chain, 3, "amend", content)];
    const bent = (from: RegExp, to: string) => own.replace(from, to);
    for (const word of [
      await wordFor(chain, 2, "register", content),
      await wordFor(chain, 2, "withdraw"),
      await wordFor("signup-3", 2, "amend", content),
      other,
      // A nonce that was made for something else, put into a line of one's own.
      bent(/ [\w-]{22} /, ` ${other.split(" ")[6]} `),
      bent(/ [\w-]{22} /, ` ${(await wordFor(chain, 2, "withdraw")).split(" ")[6]} `),
      bent(/ (\d{10}) /, ` ${Math.floor(Date.now() / 1000) + 90_000} `),
      bent(/ (\d{10}) /, " 1700000000 "),
      bent(/^wellspring/, "wellspring "),
      bent(/$/, " "),
    ])
      expectRefused(await put(word));
    expectRefused(await put(own, { profile: profileOf(2, { region: "elsewhere" }) }));
    expectRefused(await put(own, { ...content, contact: null }));
    expectRefused(await send(of(2), "PUT", { content, proof: proofOf(own, 2, "adr036", 3) }));
    // An amendment's line does not withdraw, and a withdrawal's proof is none for an amendment.
    expectRefused(await send(`${of(2)}/withdrawal`, "POST", { proof: proofOf(own, 2) }));
    // And none of it used the nonce up.
    expect((await put(own)).status).toBe(200);
    expectRefused(await put(own));
  });

  it("is no gentx of another chain, another operator or a changed text", async () => {
    const by = (operator: number, gentx: string) =>
      send(path, "POST", { operator: account(operator), proof: { kind: "gentx", gentx } });
    expectRefused(await by(4, gentxFor("other-1", 4)));
    expectRefused(await by(4, gentxFor(chain, 5)));
    expectRefused(await by(4, gentxFor(chain, 4).replace(/"moniker":\s*"[^"]+"/, '"moniker":"mallory"')));
    expect((await by(4, gentxFor(chain, 4))).status).toBe(201);
    // The same one again, by anybody: it has done its work, also when its operator has gone.
    expect((await withdraw(chain, 4)).status).toBe(200);
    expectRefused(await by(4, gentxFor(chain, 4)));
    expectRefused(await by(4, ` ${gentxFor(chain, 4)} `));
  });
});

describe("acts at the same time", () => {
  it("approvals, rejections, amendments and a withdrawal leave one story: each that was done has its revision and audit row", async () => {
    expect((await register(chain, 6, { contact: "six" })).status).toBe(201);
    const { rev } = (await entry(6)).registered;
    const review = (act: string, more: object = {}) =>
      askReviewer(chain, "POST", `/${account(6)}/${act}`, { rev, ...more });
    const answers = await Promise.all([
      ...[1, 2, 3].map((amount) => review("approval", { allocation: { amount: `${amount}` } })),
      ...["no", "never"].map((reason) => review("rejection", { reason })),
      ...["a", "b", "c"].map((region) => amend(chain, 6, { profile: profileOf(6, { region }) })),
      ...["x", "y"].map((moniker) => amend(chain, 6, { profile: profileOf(6, { moniker }) })),
      withdraw(chain, 6),
      withdraw(chain, 6),
    ]);
    for (const answer of answers) if (answer.status !== 200) expectRefused(answer);
    const done = answers.filter(({ status }) => status === 200).length;
    const revs = answers.flatMap(({ status, body }) =>
      status === 200 ? [(body.rev ?? (body.registered as { rev: number }).rev) as number] : [],
    );
    // One deed, one revision.
    expect(new Set(revs).size).toBe(done);
    expect((await entry(6)).registered.rev).toBe(rev + done);
    // Of decisions about the revision that was seen, one at most was done.
    expect(answers.slice(0, 5).filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.slice(-2).filter(({ status }) => status === 200)).toHaveLength(1);
    const { acts } = (await askReviewer(chain, "GET", "/audit")).body as { acts: { subject: string }[] };
    expect(acts.filter(({ subject }) => subject === account(6))).toHaveLength(done + 1);
    // Withdrawing won at some point, and nothing brought it back but a registration anew.
    expect(await entry(6)).toMatchObject({ state: "withdrawn", profile: null });
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM registration_contacts WHERE operator = ?1")
        .bind(account(6))
        .first(),
    ).toEqual({ n: 0 });
  });

  it("of two who look alike, at most one is approved, however both are approved at once", async () => {
    expect((await register(chain, 7, { changes: { moniker: "Modern Rack" } })).status).toBe(201);
    expect((await register(chain, 8, { changes: { moniker: "MODEM RАCK" } })).status).toBe(201);
    const answers = await Promise.all([approve(chain, 7), approve(chain, 8), approve(chain, 7), approve(chain, 8)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    const states = [await entry(7), await entry(8)].map(({ state }) => state).sort();
    expect(states).toEqual(["approved", "pending"]);
    // And the one who waits can't amend themselves into it, nor the approved one into another's.
    const [waits] = (await entry(7)).state === "pending" ? [7] : [8];
    expect(await approve(chain, waits ?? 0)).toMatchObject({ status: 409, body: { code: "registration_clash" } });
    expect((await register(chain, 9, { changes: { moniker: "ninth" } })).status).toBe(201);
    expect((await approve(chain, 9)).status).toBe(200);
    const twin = { profile: profileOf(9, { moniker: "ninth", peer: profileOf(1).peer }) };
    expect(await amend(chain, 9, twin)).toMatchObject({ status: 409, body: { code: "registration_clash" } });
  });
});

async function askText(url: string): Promise<{ text: string }> {
  const { adminKeys } = await import("../support/admin-keys.ts");
  const { exports } = await import("cloudflare:workers");
  const headers = { authorization: `Bearer ${adminKeys.coordinator}` };
  const answer = await exports.default.fetch(new Request(`http://wellspring.test${url}`, { headers }));
  expect(answer.status).toBe(200);
  return { text: await answer.text() };
}

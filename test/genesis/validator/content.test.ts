import { describe, expect, it } from "vitest";
import { contentBytes, contentSchema } from "../../../genesis/validator/content.ts";

const read = (profile: object, more: object = {}) =>
  contentSchema.safeParse({ profile: { moniker: "alder", ...profile }, ...more });
const faults = (profile: object, more: object = {}) => {
  const { error } = read(profile, more);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
};
const node = "0123456789abcdef0123456789abcdef01234567";

describe("what an operator registers", () => {
  it("needs a moniker and nothing else", () => {
    expect(read({}).data?.profile).toMatchObject({
      moniker: "alder",
      peer: null,
      consensusKey: null,
      commission: null,
    });
    expect(faults({ moniker: "  " })).toEqual(["profile.moniker: is empty"]);
  });

  it.each([
    ["moniker", 70],
    ["website", 140],
    ["securityContact", 140],
    ["details", 280],
  ] as const)("has a %s of at most %i bytes, as the SDK counts them", (name, most) => {
    const fill = (bytes: number) =>
      name === "website" ? `https://a.example/${"x".repeat(bytes - 18)}` : "x".repeat(bytes);
    expect(faults({ [name]: fill(most) })).toEqual([]);
    expect(faults({ [name]: fill(most + 1) })).toEqual([`profile.${name}: has more than ${most} bytes`]);
    if (name !== "website") expect(faults({ [name]: "é".repeat(most / 2 + 1) })).toHaveLength(1);
  });

  it.each([
    "<img src=x onerror=alert(1)>",
    "أرز",
    "אֶרֶז",
    "👩‍🚀 crew",
    "⚙️ 1️⃣ node",
    "ā́ ngắn",
    'O\'Neil "&" sons; $(rm -rf /)',
  ])("keeps a moniker as it is, whatever it would mean elsewhere: %s", (moniker) =>
    expect(read({ moniker }).data?.profile.moniker).toBe(moniker),
  );

  it.each([
    ...["al\u202eder", "al\u2066der", "al\u200bder", "al\u0000der", "al\u009bder", "al\nder", "al\u2028der"],
    // What shows as nothing: fillers, a blank that is no blank, and marks in which a text can be hidden.
    ...[
      "\u3164",
      "\u2800",
      "\uffa0",
      "al\u034fder",
      "al\u17b4der",
      "al\u{e0101}der",
      "al\u{e0041}der",
      "al\ufe01der",
      "al\ufe0fder",
    ],
    // Marks that would be drawn over the lines around.
    `a${"\u0335\u0336\u0337".repeat(4)}lder`,
  ])("takes no characters that can't be seen or that turn the direction: %j", (moniker) =>
    expect(faults({ moniker }).length).toBeGreaterThan(0),
  );

  it.each([
    "10.0.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "172.31.0.1",
    "100.64.0.1",
    "[::1]",
    "[fd00::1]",
    "localhost",
    "metadata.internal",
    "0x7f.1",
    "2130706433",
    "127.1",
    "0177.0.0.1",
    "09.9.9.9",
    "9.9.9",
    "9.9.9.999",
    "10.0.0.1.",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:a00:1::1]",
    "[2001::a00:1]",
    "[2001:0:a00:1::1]",
    "[2001:0db8::1]",
    "[3fff:1::1]",
    "[2001:20::1]",
    "[::ffff:9.9.9.9]",
    "[9.9.9.9]",
    "[fe80::1%25eth0]",
    // No address at all: a node that finds one in its list does not start.
    "[2a00:::1]",
    "[2a00::1::2]",
    "[2a00:12345::1]",
    "[2a00:1:2:3:4:5:6:7:8]",
    "node.alder.org,9.9.9.9",
    "node.alder.org\n9.9.9.9",
    "alder..org",
  ])("takes no node at a private or reserved address: %s", (host) => {
    expect(faults({ peer: `${node}@${host}:26656` })).toHaveLength(1);
  });

  it("takes a node at a public address or name", () => {
    for (const host of ["8.8.8.8", "[2a00:1450::1]", "[2001:4860:4860::8888]", "[2a00::9.9.9.9]", "node.alder.org"])
      expect(faults({ peer: `${node}@${host}:26656` })).toEqual([]);
    expect(faults({ peer: `${node}@8.8.8.8:0` })).toEqual(["profile.peer: is not nodeid@host:port"]);
    expect(faults({ peer: `${node.toUpperCase()}@8.8.8.8:1` })).toHaveLength(1);
  });

  it("holds commissions that the chain would take, and no others", () => {
    const of = (rate: string, maxRate: string, maxChangeRate: string) =>
      faults({ commission: { rate, maxRate, maxChangeRate } }).length;
    expect(of("0.1", "0.2", "0.01")).toBe(0);
    expect(of("1", "1.0", "1")).toBe(0);
    expect(of("0.3", "0.2", "0.01")).toBe(1);
    expect(of("0.1", "0.2", "0.3")).toBe(1);
    expect(of("1.1", "0.2", "0.01")).toBeGreaterThan(0);
    expect(of("-0.1", "0.2", "0.01")).toBeGreaterThan(0);
  });

  it("names an unknown field, a website with a password, and an identity that is not Keybase's", () => {
    expect(faults({ nick: "x" })).toHaveLength(1);
    expect(faults({ website: "https://me:secret@alder.example" })).toHaveLength(1);
    expect(faults({ website: "javascript:alert(1)" })).toHaveLength(1);
    expect(faults({ identity: "0123" })).toHaveLength(1);
    expect(faults({ consensusKey: "AAAA" })).toHaveLength(1);
    expect(faults({}, { contact: "" })).toHaveLength(1);
  });

  it("is signed over in one spelling, whatever the order of its fields", () => {
    const one = read({ region: "eu", moniker: "alder" }).data;
    const two = read({ moniker: "alder", region: "eu", identity: "" }).data;
    expect(one && contentBytes(one)).toEqual(two && contentBytes(two));
    const other = read({ region: "eu" }, { contact: "me" }).data;
    expect(one && contentBytes(one)).not.toEqual(other && contentBytes(other));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sanitizedNumbers } from "../../genesis/allocation/account-numbers.ts";
import { applyAllocations } from "../../genesis/allocation/apply.ts";
import { readCsv } from "../../genesis/allocation/csv.ts";
import { PackedRows } from "../../genesis/allocation/packed-rows.ts";
import { allocationsFromCsv, allocationsFromJson } from "../../genesis/allocation/table.ts";
import { moduleAddress, writeAddress } from "../../genesis/document/address.ts";
import { compareBytes } from "../../genesis/document/bytes.ts";
import { readGenesis } from "../../genesis/document/genesis-file.ts";
import { genesisText } from "../../genesis/document/write.ts";
import { parseJson } from "../../genesis/json/parse.ts";

const rules = { prefix: "paw", denom: "upaw" };
const account = (n: number) => writeAddress("paw", new Uint8Array(20).fill(n));
const fromCsv = (text: string) => allocationsFromCsv([text], rules);
const faultsOf = (text: string) => {
  const read = fromCsv(text);
  return read.ok ? [] : read.faults;
};

describe("CSV", () => {
  it("is read with quotes, CR LF, a byte order mark, comments and empty lines, and counts lines as editors do", () => {
    const text = '\uFEFFa,b\r\n# comment, with "\n\n"x,1","say ""hi"""\n"two\nlines",z\nlast, c \n';
    const rows = [...readCsv([text])];
    expect(rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 4, cells: ["x,1", 'say "hi"'] },
      { line: 5, cells: ["two\nlines", "z"] },
      { line: 7, cells: ["last", "c"] },
    ]);
    for (let size = 1; size < 12; size += 1) {
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      expect([...readCsv(chunks)]).toEqual(rows);
    }
  });

  it("comes back as it was written, for any cells", () => {
    const cell = fc.string().filter((text) => text === text.trim() && !text.includes("\r"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(",")).join("\n");
        expect([...readCsv([text])].map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  it("refuses a quote that is not closed, and a row without an end", () => {
    expect(() => [...readCsv(['a\n"x'])]).toThrow("quote");
    expect(() => [...readCsv(["a\n", "x".repeat(5_000)])]).toThrow("4096");
    expect(() => [...readCsv(["a\n", `"${"x".repeat(5_000)}`, "\n"])]).toThrow("4096");
  });
});

describe("allocations", () => {
  it("are read from CSV, with the bond denom where none stands", () => {
    const read = fromCsv(`address,amount,denom\n${account(1)},5,\n${account(2)},7,uother\n`);
    expect(read).toMatchObject({ ok: true, table: { count: 2 } });
    expect(read.ok && read.table.at(0)).toMatchObject({ address: account(1), coins: [{ denom: "upaw", amount: 5n }] });
    expect(read.ok && read.table.at(1).coins).toEqual([{ denom: "uother", amount: 7n }]);
  });

  it.each([
    ["a leading zero, which the SDK reads as octal", `${account(1)},010`, "no amount"],
    ["zero", `${account(1)},0`, "no amount"],
    ["a float", `${account(1)},1e6`, "no amount"],
    ["a negative amount", `${account(1)},-5`, "no amount"],
    ["more than 256 bits", `${account(1)},${2n ** 256n}`, "no amount"],
    ["another chain's address", `${writeAddress("cosmos", new Uint8Array(20))},5`, "has the prefix cosmos"],
    ["an operator's address", `${writeAddress("pawvaloper", new Uint8Array(20))},5`, "has the prefix pawvaloper"],
    ["a broken checksum", `${account(1).slice(0, -1)}q,5`, "checksum"],
    ["upper case", `${account(1).toUpperCase()},5`, "no address"],
    ["a module's account", `${writeAddress("paw", moduleAddress("gov"))},5`, "the module gov"],
    ["the bonded pool", `${writeAddress("paw", moduleAddress("bonded_tokens_pool"))},5`, "bonded_tokens_pool"],
    ["an address of another length", `${writeAddress("paw", new Uint8Array(19))},5`, "19 bytes"],
    ["too few cells", account(1), "1 cells"],
  ])("refuse %s, with its line", (_, row, message) => {
    const faults = faultsOf(`address,amount\n# a comment\n${account(9)},1\n${row}\n`);
    expect(faults).toEqual([{ line: 4, message: expect.stringContaining(message) }]);
  });

  it("refuse a duplicate by the bytes of the address, naming both lines", () => {
    const faults = faultsOf(`address,amount\n${account(1)},1\n${account(2)},1\n${account(1)},2\n`);
    expect(faults).toEqual([{ line: 4, message: `${account(1)} stands already in line 2` }]);
  });

  it.each([
    ["without an end", "5,5,,", "needs an end"],
    ["of more than the account gets", "5,6,,1900000000", "more than the account gets"],
    ["that starts at its end", "5,5,1900000000,1900000000", "at its end"],
    ["without an amount", "5,,,1900000000", "without a vesting amount"],
    ["with a time that is none", "5,5,yesterday,1900000000", "start is no time"],
  ])("refuse vesting %s", (_, cells, message) => {
    const faults = faultsOf(`address,amount,vesting_amount,vesting_start,vesting_end\n${account(1)},${cells}\n`);
    expect(faults).toEqual([{ line: 2, message: expect.stringContaining(message) }]);
  });

  it("refuse a header that is unknown, doubled or incomplete, and tell all faults up to a hundred", () => {
    expect(faultsOf("address,amuont\n")[0]?.message).toContain('"amuont"');
    expect(faultsOf("address,amount,amount\n")[0]?.message).toContain("twice");
    expect(faultsOf("address\n")[0]?.message).toContain("needs the columns");
    expect(faultsOf(`address,amount\n${"x,1\n".repeat(500)}`)).toHaveLength(100);
  });

  it("are read from the JSON that bulk-add-genesis-account takes", () => {
    const entries = parseJson(
      `[{"address":"${account(1)}","coins":[{"denom":"ubb","amount":"2"},{"denom":"uaa","amount":"1"}],"vesting_amt":[{"denom":"uaa","amount":"1"}],"vesting_start":0,"vesting_end":1900000000}]`,
    ).value;
    const read = allocationsFromJson(Array.isArray(entries) ? entries : [], rules);
    expect(read.ok && read.table.at(0)).toMatchObject({
      coins: [{ denom: "uaa" }, { denom: "ubb" }],
      vesting: { coins: [{ denom: "uaa", amount: 1n }], endSeconds: 1_900_000_000 },
    });
    const wrong = allocationsFromJson([new Map([["adress", "x"]]), "x"], rules);
    expect(wrong.ok ? [] : wrong.faults.map(({ line }) => line)).toEqual([1, 2]);
  });

  it("stand in the genesis by address bytes with the next numbers, and the supply is the sum", () => {
    const base = readGenesis(
      JSON.stringify({
        app_name: "x",
        app_state: {
          auth: {
            accounts: [{ "@type": "/cosmos.auth.v1beta1.BaseAccount", address: account(5), account_number: "3" }],
            params: {},
          },
          bank: {
            balances: [{ address: account(5), coins: [{ denom: "upaw", amount: "10" }] }],
            supply: [{ denom: "upaw", amount: "999" }],
          },
        },
      }),
    );
    const read = fromCsv(`address,amount\n${account(9)},9007199254740993\n${account(1)},2\n`);
    const applied = read.ok ? applyAllocations(base, read.table) : null;
    if (!applied?.ok) throw new Error("not applied");
    const tree = JSON.parse([...genesisText(applied.file)].join(""));
    const { accounts } = tree.app_state.auth;
    expect(accounts.map((each: { address: string }) => each.address)).toEqual([account(9), account(1), account(5)]);
    expect(accounts.map((each: { account_number: string }) => each.account_number)).toEqual(["0", "1", "3"]);
    expect(tree.app_state.bank.balances.map((each: { address: string }) => each.address)).toEqual(
      [1, 5, 9].map(account),
    );
    expect(tree.app_state.bank.supply).toEqual([{ denom: "upaw", amount: "9007199254741005" }]);
    const again = read.ok ? applyAllocations(applied.file, read.table) : null;
    expect(again?.ok).toBe(false);
    expect(again?.ok === false && again.findings.map(({ rule }) => rule)).toContain("allocation.duplicate");
  });
});

describe("account numbers", () => {
  it("are distinct, kept where they were first, filled from the lowest free one, and stand in order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 30 }), (given) => {
        const { numbers, order } = sanitizedNumbers(Float64Array.from(given));
        expect(new Set(numbers).size).toBe(given.length);
        given.forEach((number, index) => {
          if (given.indexOf(number) === index) expect(numbers[index]).toBe(number);
        });
        const sorted = [...order].map((index) => numbers[index]);
        expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});

describe("packed rows", () => {
  it("give back every key, text and line, and sort by bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 32 }), fc.string(), fc.nat())), (entries) => {
        const rows = new PackedRows();
        for (const [key, text, line] of entries) rows.add(key, text.toWellFormed(), line);
        entries.forEach(([key, text, line], row) => {
          expect([...rows.key(row)]).toEqual([...key]);
          expect(rows.text(row)).toBe(text.toWellFormed());
          expect(rows.line(row)).toBe(line);
        });
        const sorted = [...rows.sorted()].map((row) => rows.key(row));
        sorted.slice(1).forEach((key, at) => {
          expect(compareBytes(sorted[at] ?? new Uint8Array(), key)).toBeLessThanOrEqual(0);
        });
      }),
    );
  });

  it("hold more than one chunk of a megabyte", () => {
    const rows = new PackedRows();
    for (let at = 0; at < 30_000; at += 1) rows.add(Uint8Array.of(at >> 8, at & 0xff), `row ${at} ${"x".repeat(80)}`);
    expect(rows.text(29_999)).toContain("row 29999 ");
    expect(rows.text(0)).toContain("row 0 ");
  });
});

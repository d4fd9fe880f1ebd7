import { describe, expect, it } from "vitest";
import { anys, clocksAndDice, longFunctions, undocumentedExports } from "./laws.ts";
import { files, parse, read } from "./tree.ts";

const all = files();
const code = all.filter((path) => path.endsWith(".ts")).map((path) => parse(path));
const shipped = code.filter(({ fileName }) => /^(workers|genesis|networks|sandbox|db)\//.test(fileName));
const domain = code.filter(({ fileName }) => /^(workers\/domain|genesis)\//.test(fileName));
const planted = (text: string) => parse("planted.ts", text);

describe("the laws of the house, held on the tree as it stands", () => {
  it("no file of code has more than 400 lines", () => {
    const long = all.filter((path) => /\.(ts|js|go|css|html)$/.test(path) && read(path).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  it("no function has more than 70 lines", () => {
    expect(longFunctions(planted(`export function f() {\n${"f();\n".repeat(69)}}`))).toHaveLength(1);
    expect(longFunctions(planted(`export function f() {\n${"f();\n".repeat(68)}}`))).toEqual([]);
    expect(code.flatMap(longFunctions)).toEqual([]);
  });

  it("nothing is typed any", () => {
    expect(anys(planted("const x = y as any;"))).toHaveLength(1);
    expect(code.flatMap(anys)).toEqual([]);
  });

  it("every export of what ships has a doc comment", () => {
    expect(undocumentedExports(planted("export const x = 1;\n\n/** Said. */\nexport type X = 1;"))).toEqual([
      "planted.ts:1",
    ]);
    expect(shipped.flatMap(undocumentedExports)).toEqual([]);
  });

  it("the domain reads neither the clock nor chance", () => {
    expect(
      clocksAndDice(planted("Date.now(); Math.random(); crypto.randomUUID(); new Date(); new Date(5);")),
    ).toHaveLength(4);
    expect(domain.flatMap(clocksAndDice)).toEqual([]);
  });

  it("nothing is left to be done in a comment", () => {
    const marks = new RegExp(`\\b(${["TO", "DO"].join("")}|${["FIX", "ME"].join("")}|XX${"X"})\\b`);
    const text = all.filter((path) => /\.(ts|js|go|css|html|md|toml|sh|ya?ml)$/.test(path));
    expect(text.filter((path) => marks.test(read(path)))).toEqual([]);
  });

  it("no file is named after nothing in particular, and none is a barrel", () => {
    const vague = /(^|\/)(utils?|helpers?|managers?|services?|common|misc)(\.|\/|$)/;
    expect(all.filter((path) => vague.test(path))).toEqual([]);
    expect(all.filter((path) => /^workers\/.*\/index\.ts$/.test(path))).toEqual([]);
  });
});

import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { site } from "../../docs-site/pages/shared-parts.ts";
import { inEnglish, said } from "../../genesis/document/said.ts";
import { judgeGentx } from "../../genesis/gentx/judge.ts";
import { rules } from "../../genesis/gentx/rules.ts";
import { files, parse, read, walk } from "../architecture/tree.ts";

type Table = Readonly<Record<string, string>>;
type Words = {
  readonly sentences: Table;
  readonly remedies: Table;
  readonly refusals: Readonly<Record<string, readonly [title: string, detail: string]>>;
  readonly named: Readonly<Record<string, Table>>;
};

/** The site's scripts are no part of what TypeScript reads. */
const script = (path: string) => import(/* @vite-ignore */ join(site, path));
const judge: Words = await script("texts/de-judge.js");
const { remedies } = judge;
const { refusals, named }: Words = await script("texts/de-refusals.js");
const checklist: Words = await script("texts/de-checklist.js");
const sentences: Table = { ...judge.sentences, ...checklist.sentences };

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).toSorted();

/** Every sentence that the library and the Worker write down as said`…`. */
function sentencesOf(path: string): string[] {
  const found: string[] = [];
  const source = parse(path);
  walk(source, (node) => {
    if (!ts.isTaggedTemplateExpression(node) || node.tag.getText(source) !== "said") return;
    const { template } = node;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return void found.push(template.text);
    const parts = template.templateSpans.map(({ literal }, at) => `{${at}}${literal.text}`);
    found.push(template.head.text + parts.join(""));
  });
  return found;
}

const workersChecklist = "workers/domain/validator/checklist.ts";
const asked = [
  ...new Set(
    files()
      .filter((path) => /^(genesis|workers|docs-site\/register)\/.*\.[jt]s$/.test(path))
      .flatMap(sentencesOf),
  ),
];

describe("what the judge says", () => {
  it("has German words, each sentence with the same values, and there are none for a sentence that is gone", () => {
    expect(asked.length).toBeGreaterThan(150);
    expect(asked.filter((sentence) => !Object.hasOwn(sentences, sentence))).toEqual([]);
    expect(Object.keys(sentences).filter((sentence) => !asked.includes(sentence))).toEqual([]);
    for (const [sentence, german] of Object.entries(sentences))
      expect(places(german), sentence).toEqual(places(sentence));
  });

  it("comes with the file that the page then has: the checklist's sentences apart from the judge's", () => {
    expect(Object.keys(checklist.sentences).toSorted()).toEqual(sentencesOf(workersChecklist).toSorted());
  });

  it("is said by rules, and each has its remedy in German", () => {
    expect(Object.keys(remedies).toSorted()).toEqual(Object.keys(rules).toSorted());
    // What is to be typed is the same in both.
    const typed = (text: string) => [...text.matchAll(/`[^`]+`|--[a-z0-9-]+/g)].map(([word]) => word).toSorted();
    for (const [rule, { remedy }] of Object.entries(rules)) {
      expect(remedies[rule], rule).not.toBe(remedy);
      expect(typed(remedies[rule] ?? ""), rule).toEqual(typed(remedy));
    }
  });

  it("goes nowhere past such a sentence: no rule is told in a text of its own", () => {
    const own = files()
      .filter((path) => /^genesis\/gentx\/.*\.ts$/.test(path))
      .filter((path) => /findings\.add\(\s*"[\w-]+",\s*["`]/.test(read(path)));
    expect(own).toEqual([]);
  });

  it("keeps its values apart, also those of a sentence in a sentence, and is the same in English", () => {
    const inner = said`it was signed for ${"a"}`;
    const whole = said`wrong ${1}: ${inner}; ${2n}`;
    expect(whole).toEqual(["wrong {0}: {1*}; {2}", "1", "it was signed for {0}", "a", "2"]);
    expect(inEnglish(whole)).toBe("wrong 1: it was signed for a; 2");
    expect(inEnglish(said`it is ${"{0} as typed"}, ${"b"}`)).toBe("it is {0} as typed, b");
    const { failures } = judgeGentx('{"body": {}', { chainId: "c-1", prefix: "c" });
    expect(failures).not.toEqual([]);
    for (const failure of failures) expect(inEnglish(failure.said)).toBe(failure.message);
  });
});

describe("what the API refuses", () => {
  const codes = (path: string) => [...read(path).matchAll(/case "(\w+)":/g)].map(([, code = ""]) => code);
  const whys = codes("genesis/ceremony/describe-refusal.ts").map((why) => `act_forbidden.${why}`);

  it("has German words for each code, and for each reason why a ceremony forbids an act", () => {
    const known = [...new Set([...codes("workers/routes/problem.ts"), ...whys])];
    expect(known.length).toBeGreaterThan(90);
    expect(Object.keys(refusals).toSorted()).toEqual(known.toSorted());
  });

  it("names no value that never goes out", () => {
    const told = [...read("workers/routes/problem-values.ts").matchAll(/^ {2}"(\w+)",$/gm)].map(([, name = ""]) =>
      name.replace(/Ms$/, ""),
    );
    expect(told.length).toBeGreaterThan(30);
    for (const [code, [title, detail]] of Object.entries(refusals)) {
      expect(places(title), code).toEqual([]);
      expect([...told, "reason"], code).toEqual(expect.arrayContaining(places(detail)));
    }
    expect(told).toEqual(expect.arrayContaining(Object.keys(named)));
  });
});

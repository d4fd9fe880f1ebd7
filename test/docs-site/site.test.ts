import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagramHtml, diagramNames } from "../../docs-site/pages/diagrams.ts";
import { headerHtml } from "../../docs-site/pages/header.ts";
import { handMade, site, withSharedParts } from "../../docs-site/pages/shared-parts.ts";
import { read } from "../architecture/tree.ts";

type Texts = Readonly<Record<string, string>>;

/** The site's scripts are no part of what TypeScript reads. */
const script = (path: string) => import(/* @vite-ignore */ join(site, path));
const parts = ["", "-faucet", "-ceremony", "-validators", "-admin"];
const textsOf = async (language: string): Promise<Texts> => {
  const tables = await Promise.all(parts.map((part) => script(`texts/${language}${part}.js`)));
  return Object.assign({}, ...tables.map(({ texts }) => texts));
};
const [english, german] = await Promise.all([textsOf("en"), textsOf("de")]);
const whatItIs: (typed: string, prefix: string) => { kind: string; value?: string; why?: string; count?: number } = (
  await script("status/what-it-is.js")
).whatItIs;

const page = (name: string) => readFileSync(join(site, name), "utf8");
const translated = handMade();
const unescaped = (html: string) => html.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const words = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, word]) => word).sort();

describe("the pages that are made by hand", () => {
  it("have the header and the diagrams of all others: node docs-site/pages/shared-parts.ts writes them", () => {
    expect(handMade()).toEqual(expect.arrayContaining(["index.html", "faucet/index.html", "status/index.html"]));
    for (const name of handMade()) expect(withSharedParts(name, page(name)), name).toBe(page(name));
  });

  it("mark in the header where the reader is, once", () => {
    for (const name of handMade().filter((file) => file !== "404.html"))
      expect(
        page(name)
          .match(/<header[\s\S]*<\/header>/)?.[0]
          .match(/aria-current/g),
        name,
      ).toHaveLength(1);
    const docs = { language: "de", other: "/docs/" } as const;
    expect(headerHtml("docs", false, docs)).toMatch(/href="\/docs\/de\/"[^>]*aria-current="true"[^>]*>Anleitungen</);
    expect(headerHtml("docs", true)).toMatch(/href="\/docs\/"[^>]*aria-current="page"/);
  });

  it("and the API's page, which the Worker makes without a script, have one navigation", () => {
    const [header = ""] = /<header[\s\S]*?<\/header>/.exec(read("workers/routes/reference.ts")) ?? [];
    const plain = headerHtml("api", true)
      .replace(/\n *<button.*<\/button>/, "")
      .replace(/ data-\w+="[^"]*"/g, "");
    expect(header).toBe(plain);
  });

  it("ask for each of their modules at once, and for none that they don't use", () => {
    for (const name of translated) {
      const asked = [...page(name).matchAll(/<link rel="modulepreload" href="\/([^"]+)"/g)].map(
        ([, file = ""]) => file,
      );
      const [, entry = ""] = /<script type="module" src="\/([^"]+)"/.exec(page(name)) ?? [];
      const [, named = ""] = /<body data-texts="([\w ]+)"/.exec(page(name)) ?? [];
      const own = named.split(" ").flatMap((part) => (part === "" ? [] : [`texts/en-${part}.js`]));
      const needed = [...importsOf(entry).filter((file) => file !== entry), ...own];
      expect(asked.toSorted(), name).toEqual(needed.toSorted());
    }
  });
});

/** A bundle imports nothing, and is there only once the site was built. */
const isBuilt = (file: string) => file.includes("/built/");

/** What a module imports before it runs, to the end. */
function importsOf(entry: string): string[] {
  const found = new Set<string>([entry]);
  for (const name of found) {
    if (isBuilt(name)) continue;
    for (const [, path = ""] of page(name).matchAll(/from "(\.[^"]+)"/g)) found.add(join(name, "..", path));
  }
  return [...found].toSorted();
}

describe("the site's texts", () => {
  it("are the same in both languages: the same keys, and the same words to fill in", () => {
    expect(Object.keys(german).toSorted()).toEqual(Object.keys(english).toSorted());
    for (const [key, text] of Object.entries(english)) expect(words(german[key] ?? ""), key).toEqual(words(text));
  });

  it("are none of them empty, and most of them not English in German", () => {
    for (const [key, text] of [...Object.entries(english), ...Object.entries(german)]) expect(text, key).not.toBe("");
    const same = Object.entries(english).filter(([key, text]) => german[key] === text);
    expect(same.length).toBeLessThan(Object.keys(english).length / 10);
  });

  it("stand in the pages as they stand in English, so that a page without its script says the same", () => {
    for (const name of handMade()) {
      for (const [, key = "", text = ""] of page(name).matchAll(/data-text="([^"]+)"[^>]*>([^<]*)</g))
        expect(unescaped(text), `${name}: ${key}`).toBe(english[key]);
      for (const [, label = "", key = ""] of page(name).matchAll(/aria-label="([^"]+)" data-label="([^"]+)"/g))
        expect(unescaped(label), `${name}: ${key}`).toBe(english[key]);
    }
    for (const name of diagramNames)
      for (const [, key = "", text = ""] of diagramHtml(name).matchAll(/data-text="([^"]+)"[^>]*>([^<]*)</g))
        expect(text, key).toBe(english[key]);
  });

  it("are said by their key: no translated page has a text of its own in its elements", () => {
    const own: string[] = [];
    for (const name of translated) {
      const body = page(name)
        .replace(/^[\s\S]*<body[^>]*>/, "")
        .replace(/<noscript>[\s\S]*?<\/noscript>/g, "")
        .replace(/<code>[^<]*<\/code>/g, "");
      for (const [, tag = "", text = ""] of body.matchAll(/<([^>]*)>([^<]*\p{L}{2,}[^<]*)/gu))
        if (!tag.includes("data-text=") && !untranslated.includes(text.trim())) own.push(`${name}: ${text.trim()}`);
      for (const [label = ""] of body.matchAll(/<[^>]*aria-label="[^"]+"[^>]*>/g))
        if (!label.includes("data-label=")) own.push(`${name}: ${label}`);
    }
    expect(own).toEqual([]);
  });

  it("are said by their key in scripts too: no script repeats one", () => {
    const values = new Set(Object.values(english).filter((text) => text.includes(" ") && !text.includes("{")));
    const own = scripts().flatMap((name) =>
      [
        ...page(name)
          .replace(/\/\*[\s\S]*?\*\//g, "")
          .matchAll(/(["'`])((?:(?!\1).)+)\1/g),
      ].flatMap(([, , text = ""]) => (values.has(text) ? [`${name}: ${text}`] : [])),
    );
    expect(own).toEqual([]);
  });

  it("are all asked for by something, and nothing asks for one that isn't there", () => {
    const all = [...handMade(), ...scripts()].map(page).join("\n");
    const rooms = new Set(Object.keys(english).map((key) => key.split(".")[0]));
    const asked = [...all.matchAll(/"([a-z]+)\.([\w.]+)"/g)].flatMap(([, room = "", rest = ""]) =>
      rooms.has(room) ? [`${room}.${rest}`] : [],
    );
    expect(asked.filter((key) => !/\.(js|css)$/.test(key) && !Object.hasOwn(english, key))).toEqual([]);
    // Some are put together from what the API says.
    const made = [...all.matchAll(/say\(`([a-z]+)\.\$\{/g)].map(([, room = ""]) => room);
    // The header links what is there, and has words for what is to come.
    made.push("nav");
    const idle = Object.keys(english).filter((key) => !asked.includes(key) && !made.includes(key.split(".")[0] ?? ""));
    expect(idle).toEqual([]);
  });
});

/** Names, and the word for the other language. */
const untranslated = ["Wellspring", "Deutsch", "openapi.json", "…", "⅓", "⅔"];

/** The scripts of the translated pages, without the texts themselves. */
function scripts(): string[] {
  const entries = translated.map((name) => /<script type="module" src="\/([^"]+)"/.exec(page(name))?.[1] ?? "");
  return [...new Set(entries.flatMap(importsOf))].filter((file) => !file.startsWith("texts/") && !isBuilt(file));
}

describe("the look-up box knows what is meant", () => {
  const hash = "A0".repeat(32);
  it.each([
    ["7", { kind: "block", value: "7" }],
    [" #1,204 ", { kind: "block", value: "1204" }],
    ["1\u202f204", { kind: "block", value: "1204" }],
    [hash, { kind: "transaction", value: hash }],
    [`0x${hash.toLowerCase()}`, { kind: "transaction", value: hash }],
    ["1".repeat(64), { kind: "transaction", value: "1".repeat(64) }],
    ["PAW1ABC", { kind: "address", value: "paw1abc" }],
    ["0", { kind: "odd", why: "height" }],
    ["1".repeat(16), { kind: "odd", why: "height" }],
    [hash.slice(1), { kind: "odd", why: "hash", count: 63 }],
    ["cosmos1abc", { kind: "odd", why: "unknown" }],
    ["  ", { kind: "odd", why: "empty" }],
  ])("%j", (typed, meant) => {
    expect(whatItIs(typed, "paw")).toEqual(meant);
  });
});

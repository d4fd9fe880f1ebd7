import { posix } from "node:path";
import { lexer, type Token } from "marked";
import { describe, expect, it } from "vitest";
import { contents, guideSource } from "../../docs-site/pages/contents.ts";
import { files, read } from "../architecture/tree.ts";

const english = files().filter((path) => /^docs-site\/guides\/[\w-]+\.md$/.test(path));
const pairs = english.map((path) => [posix.basename(path, ".md"), path] as const);

/** What a text has besides its words: all of it must be the same in each language. */
function bonesOf(path: string) {
  const source = read(path);
  const tokens = flat(lexer(source));
  const links = [...source.matchAll(/\]\(([^)]+)\)/g)].map(([, href = ""]) => href);
  return {
    blocks: source.match(/^```.*?^```$/gms),
    parts: source.match(/^\{\{(#if \w+|else|\/if)\}\}$/gm),
    words: source.match(/\{\{\w+\}\}/g)?.toSorted(),
    links: links.map((href) => targetOf(href, path)).toSorted(),
    anchors: links.filter((href) => href.includes("#")).length,
    headings: tokens.flatMap((token) => (token.type === "heading" ? [`${token.depth} ${stepOf(token.text)}`] : [])),
    lists: tokens.flatMap((token) =>
      token.type === "list" ? [{ ordered: token.ordered, items: token.items.length }] : [],
    ),
    tables: tokens.flatMap((token) =>
      token.type === "table" ? [{ columns: token.header.length, rows: token.rows.length }] : [],
    ),
    // Names of files, fields and commands are not translated, and none is left out.
    code: [...new Set(source.replace(/^```.*?^```$/gms, "").match(/`[^`\n]+`/g))].toSorted(),
    paragraphs: tokens.filter(({ type }) => type === "paragraph").length,
  };
}

/** A step's number, where a heading has one. */
const stepOf = (heading: string) => /^\d+\./.exec(heading)?.[0] ?? "";

/** Where a link leads, whatever its language: a German guide's neighbour is the English one's. */
function targetOf(href: string, from: string): string {
  const [path = ""] = href.split("#");
  if (/^(https:|\{\{)/.test(path)) return path;
  return (path === "" ? from : posix.join(posix.dirname(from), path)).replace("guides/de/", "guides/");
}

function flat(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    if (token.type === "blockquote") return flat(token.tokens ?? []);
    return [token];
  });
}

describe("the German guides", () => {
  it("are there for every English one, and for nothing else", () => {
    const german = files().filter((path) => /^docs-site\/guides\/de\//.test(path));
    expect(german).toEqual(english.map((path) => path.replace("guides/", "guides/de/")));
    const listed = contents.de.guides.flatMap(({ entries }) => entries).map(({ path }) => path);
    expect(listed.map((path) => guideSource(path).de).filter((path) => !german.includes(path))).toEqual([]);
  });

  it.each(pairs)(
    "%s: has the same blocks byte for byte, parts, facts, links and steps, so that who follows the English one proves it",
    (_, path) => {
      const bones = bonesOf(path);
      expect(bonesOf(path.replace("guides/", "guides/de/"))).toEqual(bones);
    },
  );

  it.each(pairs)("%s: is German in its words", (_, path) => {
    const prose = (of: string) =>
      read(of)
        .replace(/^```.*?^```$/gms, "")
        .replace(/`[^`]*`/g, "");
    const german = prose(path.replace("guides/", "guides/de/"));
    const lines = prose(path)
      .split("\n")
      .filter((line) => /[a-z]{3,} [a-z]{3,}/.test(line));
    expect(lines.filter((line) => german.split("\n").includes(line))).toEqual([]);
    expect(german).not.toMatch(/ (the|and|with|your) |—|"/);
  });
});

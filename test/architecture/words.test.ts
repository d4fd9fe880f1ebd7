import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { files, read, root } from "./tree.ts";

const all = files();
const pages = all.filter((path) => path.endsWith(".md") && path !== "CHANGELOG.md");
const rooms = ["workers", "db", "genesis", "networks", "sandbox", "docs-site", "docs", "test", ".ci", ".github"];

/** Paths that a page names in backticks or links to, without patterns and placeholders. */
function named(page: string): string[] {
  const text = read(page);
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, path]) => path ?? "");
  const linked = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, path]) => path ?? "");
  const paths = quoted.filter((path) => rooms.includes(path.split("/")[0] ?? "") && path.includes("/"));
  const rooted = paths.map((path) => path.replace(/\/$/, ""));
  return [...rooted, ...linked.map((path) => join(page, "..", path))].filter((path) => !/[*<>{}]/.test(path));
}

describe("what the pages say", () => {
  it.each(pages)("%s names only paths that exist", (page) => {
    expect(named(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(pages)("%s names only npm scripts that exist", (page) => {
    const scripts = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const used = [...read(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? "");
    expect(used.filter((name) => !(name in scripts.scripts))).toEqual([]);
  });

  it("scripts in package.json run files that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const run = Object.values(scripts).flatMap((line) => [...line.matchAll(/node (\S+)/g)].map(([, path]) => path));
    expect(run.filter((path) => !existsSync(join(root, path ?? "")))).toEqual([]);
  });
});

describe("what operators are told", () => {
  const code = all.filter((path) => /^workers\/.*\.ts$/.test(path)).map(read);
  const runbook = new Set([...read("docs/runbook.md").matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, word]) => word));

  it("the runbook explains every event that the log can hold", () => {
    const calls = code.flatMap((text) => [...text.matchAll(/\b(?:[lL]og|tellOnce)\((?:[\w.#]+, )?"([a-z_]+)"/g)]);
    const events = new Set(calls.map(([, event]) => event));
    expect(events.size).toBeGreaterThan(20);
    expect([...events].filter((event) => !runbook.has(event))).toEqual([]);
  });

  it("every setting that the Worker reads is named in .dev.vars.example", () => {
    const names = [...read("workers/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+): z$/gm)].map(([, name]) => name ?? "");
    const example = read(".dev.vars.example");
    expect(names.length).toBeGreaterThan(3);
    expect([...names, "FAUCET_MNEMONIC", "CHALLENGE_SECRET"].filter((name) => !example.includes(`${name}=`))).toEqual(
      [],
    );
  });
});

describe("what must not leave the machine it was written on", () => {
  const text = all.filter((path) => !/\.(png|ico|woff2?)$/.test(path));

  it("no file holds a path of a machine", () => {
    const machine = /(^|[\s"'`(=:])\/(work|root|home|Users)\/\w/;
    expect(text.filter((path) => machine.test(read(path)))).toEqual([]);
  });

  it("no file holds the host of a package registry or mirror, the lock file included", () => {
    const host = /https?:\/\/[^\s"'/]*\b(registry|artifactory|nexus|verdaccio|goproxy|pypi|mirror)\b[^\s"'/]*/g;
    const hosts = text.flatMap((path) => [...read(path).matchAll(host)].map(([found]) => `${path}: ${found}`));
    expect(hosts).toEqual([]);
  });

  it("no file holds a private key or a mnemonic of a real account", () => {
    const keys = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
    expect(text.filter((path) => keys.test(read(path)))).toEqual([]);
    expect(all.filter((path) => /(^|\/)(\.dev\.vars|\.env)$/.test(path))).toEqual([]);
  });

  it("tell what is in the version that this is, by a heading of its own", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    const versions = [...read("CHANGELOG.md").matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$/gm)];
    expect(versions[0]?.[1]).toBe(version);
  });
});

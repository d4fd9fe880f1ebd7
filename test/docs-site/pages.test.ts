import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocs } from "../../docs-site/pages/build-docs.ts";
import { contents, guides, shared } from "../../docs-site/pages/contents.ts";
import { rehearsalNetwork } from "../../sandbox/rehearsal.ts";
import { read, root } from "../architecture/tree.ts";

/** What the Worker answers, or what stands beside the docs on the site, of all that a page links to. */
const beside = [
  "/",
  "/faucet/",
  "/ceremony/",
  "/validators/",
  "/register/",
  "/status/",
  "/drawn.css",
  "/reference",
  "/openapi.json",
  "/metrics",
  "/favicon.svg",
  "/site.css",
  "/docs.css",
  "/docs.js",
];

let folder: string;
const pages = new Map<string, string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wellspring-docs-"));
  buildDocs(join(folder, "docs"));
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith("index.html")) pages.set(`/${dirname(file)}/`, readFileSync(join(folder, file), "utf8"));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A page of the site that is made by hand, for the anchors in it. */
function handMadeAt(path: string): string | undefined {
  const file = `docs-site/public${path}index.html`;
  const isOurs = path.endsWith("/") && !path.startsWith("/docs/");
  return isOurs && existsSync(join(root, file)) ? read(file) : undefined;
}

const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found]) => found ?? "");

describe("the docs", () => {
  it("have a page for each entry, and each network with a node has every guide", () => {
    const paths = [...pages.keys()];
    for (const { path } of shared.flatMap(({ entries }) => entries)) expect(paths).toContain(`/docs/${path}/`);
    const networks = readdirSync(join(root, "networks")).filter((name) => name.endsWith(".json"));
    const described = networks.map((name) => JSON.parse(read(`networks/${name}`))).filter((file) => file.node);
    expect(described.length).toBeGreaterThan(0);
    for (const { chainId } of described) {
      for (const { path } of guides.flatMap(({ entries }) => entries)) {
        expect(paths).toContain(`/docs/${chainId}/${path}/`);
        expect(paths).toContain(`/docs/de/${chainId}/${path}/`);
      }
    }
  });

  it("have the guides of networks that are a setting only, before all others", () => {
    const more = mkdtempSync(join(tmpdir(), "wellspring-docs-"));
    const rehearsal = rehearsalNetwork(more, 0);
    buildDocs(join(more, "docs"), JSON.stringify([rehearsal]));
    expect(readFileSync(join(more, "docs/rehearsal-1/join/index.html"), "utf8")).toContain("simd init");
    const front = readFileSync(join(more, "docs/index.html"), "utf8");
    const order = all(front, /data-chain="([^"]+)"/g);
    // Without that setting they are gone again.
    buildDocs(join(more, "docs"));
    expect(existsSync(join(more, "docs/rehearsal-1/join/index.html"))).toBe(false);
    expect(existsSync(join(more, "docs/paw-testnet-1/join/index.html"))).toBe(true);
    rmSync(more, { recursive: true });
    expect(order[0]).toBe("rehearsal-1");
    expect(order).toContain("paw-testnet-1");
    expect(() => buildDocs(join(more, "docs"), '[{"chainId":"x-1"}]')).toThrow(/NETWORK_FILES\.0/);
  });

  it("say their language, and each leads to itself in the other one, or to the other's front page", () => {
    for (const [page, html] of pages) {
      const language = page.startsWith("/docs/de/") ? "de" : "en";
      expect(html, page).toContain(`<html lang="${language}">`);
      const [, other = ""] = /<a id="language"[^>]*rel="alternate" href="([^"]*)"/.exec(html) ?? [];
      const twin = language === "de" ? page.replace("/docs/de/", "/docs/") : page.replace("/docs/", "/docs/de/");
      expect(other, page).toBe(pages.has(twin) ? twin : "/docs/de/");
    }
    expect(pages.has("/docs/de/glossary/")).toBe(true);
    expect(pages.has("/docs/de/runbook/")).toBe(false);
  });

  it("mark in German what is in English, and nothing else: menu, order and text", () => {
    for (const [page, html] of pages) {
      if (!page.startsWith("/docs/de/")) {
        expect(html.match(/hreflang="en"/), page).toBeNull();
        continue;
      }
      const [, body = ""] = html.split("</header>");
      for (const [link = "", href = ""] of body.matchAll(
        /<a href="(\/docs\/[^"]*)"[^>]*>.*?<\/a>( <small>[^<]*<\/small>)?/g,
      )) {
        // The kit's files are a network's, not a page in a language.
        if (/\.(yml|json)$/.test(href)) continue;
        const isGerman = href.startsWith("/docs/de/");
        expect(link.includes("auf Englisch"), `${page}: ${link}`).toBe(!isGerman);
        expect(link.includes('hreflang="en"'), `${page}: ${link}`).toBe(!isGerman);
      }
      expect(body, page).not.toMatch(/>(Before|Next|All pages|All docs|To the text)\b/);
    }
    const names = (language: "en" | "de") =>
      [...contents[language].guides, ...contents[language].shared].flatMap(({ entries }) => entries);
    const same = names("de").filter(({ name, language }, at) => language === "de" && name === names("en")[at]?.name);
    expect(same.map(({ name }) => name)).toEqual(["Upgrade"]);
  });

  it("have no link that leads nowhere, and no anchor that isn't there", () => {
    const dead: string[] = [];
    for (const [page, html] of pages) {
      for (const href of all(html, /href="([^"]*)"/g)) {
        if (href.startsWith("https://")) continue;
        const [path = "", anchor] = href.split("#");
        const [bare = ""] = path.split("?");
        const target = pages.get(path === "" ? page : path) ?? handMadeAt(bare);
        const file = /\.(yml|json)$/.test(path) && existsSync(join(folder, path));
        if (target === undefined && !file && !beside.includes(bare)) dead.push(`${page} → ${href}`);
        if (anchor && !target?.includes(`id="${anchor}"`)) dead.push(`${page} → ${href}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it("load nothing that isn't beside them", () => {
    for (const [page, html] of pages) {
      for (const src of [...all(html, /\ssrc="([^"]*)"/g), ...all(html, /<link[^>]*href="([^"]*)"/g)]) {
        expect(existsSync(join(root, "docs-site/public", src)), `${page} loads ${src}`).toBe(true);
      }
    }
  });

  it("hold no inline script, inline style or handler: the policy allows none", () => {
    for (const [page, html] of pages)
      expect(html, page).not.toMatch(
        /<script(?![^>]*\ssrc=)|<style|<[^>]*\s(style|on\w+)=|(?:src|href)="(?:http:)?\/\//i,
      );
  });

  it("leave no placeholder, and say the network's own values: PAW's for PAW", () => {
    for (const [page, html] of pages) {
      if (/^\/docs\/(de\/)?paw-testnet-1\//.test(page)) expect(html, page).not.toMatch(/\{\{|undefined|\[object/);
    }
    const page = (path: string) => pages.get(`/docs/paw-testnet-1/${path}`) ?? "";
    expect(page("before-launch/")).toContain("pawd gentx operator 10000000000upaw");
    expect(page("before-launch/")).not.toMatch(/pawd genesis|--ip /);
    expect(page("")).toContain("<code>pawtest</code>");
    for (const port of ["26656", "26657", "1317", "9090"]) expect(page("")).toContain(port);
    expect(page("after-launch/")).toContain("create-validator validator.json");
    expect(pages.get("/docs/de/paw-testnet-1/before-launch/")).toContain("setzt du 10.000 PAW ein");
  });

  it("stand under no path that the Worker answers itself", () => {
    const [, listed = ""] = /run_worker_first = \[([^\]]*)\]/.exec(read("wrangler.toml")) ?? [];
    const patterns = all(listed, /"([^"]+)"/g);
    expect(patterns.length).toBeGreaterThan(5);
    const taken = (path: string) =>
      patterns.some((pattern) => new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace(/\*/g, ".*")}$`).test(path));
    expect(taken("/docs/x/status")).toBe(true);
    expect([...pages.keys()].filter((path) => taken(path) || taken(path.replace(/\/$/, "")))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import { findChromium } from "../support/browser.ts";
import { judgePage } from "../support/lighthouse.ts";
import { browserless, desktop, ready, setUpGround } from "../support/page-ground.ts";

const site = join(root, "docs-site/public");
const scriptBytesMax = 100 * 1024;
const scoreMin = 95;

/** What a reader of German loads once something is refused or judged. */
const germanLater = ["own-words.js", "texts/de-refusals.js", "texts/de-judge.js"];

/** The scripts that a page loads before anything is asked of it: what its modules import, to the end, in any language. */
function scriptsOf(page: string): string[] {
  const found = new Set<string>();
  const html = readFileSync(join(site, page), "utf8");
  const open = [...html.matchAll(/<script type="module" src="\/([^"]+)"/g)].map(([, name = ""]) => name);
  const [, named = ""] = /<body[^>]* data-texts="([\w ]+)"/.exec(html) ?? [];
  const parts = named.split(" ").filter((part) => part !== "");
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = readFileSync(join(site, name), "utf8");
    for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)"/g)) open.push(join(dirname(name), path));
    // Its name is put together in the script: a reader of German loads it too.
    if (name === "texts.js") open.push("texts/de.js");
    if (name === "texts.js") open.push(...parts.flatMap((part) => [`texts/en-${part}.js`, `texts/de-${part}.js`]));
  }
  return [...found];
}

function gzipBytes(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(site, name))).length, 0);
}

describe.skipIf(browserless)("what the page is held to", () => {
  const ground = setUpGround([{ chainId: "sandbox-1", name: "Sandbox" }]);

  it.each([
    "/",
    "/faucet/",
    "/status/",
    "/faucet.js",
    "/solver.js",
    "/ceremony/",
    "/ceremony/admin/",
    "/ceremony/built/judge.js",
    "/validators/",
    "/validators/admin/",
    "/register/",
    "/register/built/content.js",
    "/nothing-is-here",
  ])("%s comes with the whole policy", async (path) => {
    const { headers } = await fetch(ground().url + path, { headers: { accept: "text/html" } });
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("the policy holds in the browser: no script and no style of the page's own text, nothing from elsewhere", async () => {
    const { page } = await ground().open(desktop);
    await ready(page);
    const broken = await page.evaluate<string[]>(`(async () => {
      const broken = [];
      document.addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "window.planted = true";
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      const image = new Image();
      image.src = "https://elsewhere.example/pixel.png";
      document.head.append(script, style, image);
      await fetch("https://elsewhere.example/").catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return [...broken.sort(), String(window.planted)];
    })()`);
    expect(broken).toEqual(["connect-src", "img-src", "script-src-elem", "style-src-elem", "undefined"]);
    await page.context().close();
  });

  it("every file of the site is free of inline script, inline style and foreign addresses", () => {
    // Docs may link elsewhere; they have tests of their own.
    const pages = readdirSync(site, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".html") && !file.startsWith("docs/"),
    );
    expect(pages).toContain("ceremony/index.html");
    for (const name of pages) {
      const text = readFileSync(join(site, name), "utf8");
      expect(text, name).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//i);
    }
  });

  it.each([
    ["index.html", germanLater],
    ["faucet/index.html", [...germanLater, "solver.js"]],
    ["status/index.html", germanLater],
    ["validators/index.html", [...germanLater, "texts/de-checklist.js"]],
    ["register/index.html", [...germanLater, "register/built/content.js"]],
  ])("all scripts of %s together are at most 100 KB, gzip, with %j, which it loads when asked", (page, later) => {
    const scripts = [...scriptsOf(page), ...later];
    expect(scripts).toContain("texts/de.js");
    expect(gzipBytes(scripts)).toBeLessThanOrEqual(scriptBytesMax);
  });

  it("the docs need two small scripts, in either language, and the search 8 KB more when it is used", () => {
    for (const page of ["docs/paw-testnet-1/join/index.html", "docs/de/paw-testnet-1/join/index.html"]) {
      expect(scriptsOf(page)).toEqual(["docs.js", "docs-search.js"]);
      expect(gzipBytes(scriptsOf(page))).toBeLessThanOrEqual(3 * 1024);
    }
    expect(gzipBytes(["search.js"])).toBeLessThanOrEqual(8 * 1024);
  });

  it("the ceremony's page takes at most 32 KB of script to be read, 40 in German, 100 KB with the judge, and the rebuild 100 KB more", () => {
    const own = scriptsOf("ceremony/index.html");
    const shared = ["ceremony/built/shared.js"];
    expect(own.filter((name) => name.includes("/built/"))).toEqual([]);
    expect(own).toContain("ceremony/gentx-card.js");
    const inEnglish = own.filter((name) => !name.startsWith("texts/de"));
    expect(own.length - inEnglish.length).toBe(2);
    expect(gzipBytes(inEnglish)).toBeLessThanOrEqual(32 * 1024);
    expect(gzipBytes(own)).toBeLessThanOrEqual(40 * 1024);
    expect(gzipBytes([...own, ...shared, "ceremony/built/judge.js"])).toBeLessThanOrEqual(scriptBytesMax);
    // A reader of German who is refused, beside all that.
    expect(gzipBytes(germanLater)).toBeLessThanOrEqual(16 * 1024);
    expect(gzipBytes(["ceremony/built/rebuild.js"])).toBeLessThanOrEqual(scriptBytesMax);
    for (const page of ["ceremony/admin/index.html", "validators/admin/index.html"])
      expect(gzipBytes(scriptsOf(page)), page).toBeLessThanOrEqual(40 * 1024);
  });

  it.each([
    ["/", ["accessibility", "best-practices", "seo"]],
    ["/faucet/", ["accessibility", "best-practices", "seo"]],
    ["/status/", ["accessibility", "best-practices", "seo"]],
    ["/docs/paw-testnet-1/join/", ["accessibility", "best-practices", "seo"]],
    ["/docs/de/paw-testnet-1/join/", ["accessibility", "best-practices", "seo"]],
    ["/ceremony/", ["accessibility", "best-practices", "seo"]],
    ["/validators/", ["accessibility", "best-practices", "seo"]],
    ["/register/", ["accessibility", "best-practices", "seo"]],
    // What is for coordinators alone asks not to be found.
    ["/ceremony/admin/", ["accessibility", "best-practices"]],
  ])(
    "Lighthouse gives %s at least 95 in each of %j",
    async (path, categories) => {
      const { scores, lost } = await judgePage(findChromium() ?? "", ground().url + path, categories);
      expect(Object.keys(scores).sort()).toEqual(categories);
      for (const score of Object.values(scores)) expect(score, lost.join("\n")).toBeGreaterThanOrEqual(scoreMin);
    },
    120_000,
  );
});

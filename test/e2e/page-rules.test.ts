import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import { findChromium } from "../support/browser.ts";
import { judgePage } from "../support/lighthouse.ts";
import { browserless, desktop, ready, setUpGround } from "../support/page-ground.ts";

const site = join(root, "docs-site/public");
const scriptBytesMax = 100 * 1024;
const scoreMin = 95;

describe.skipIf(browserless)("what the page is held to", () => {
  const ground = setUpGround([{ chainId: "sandbox-1", name: "Sandbox" }]);

  it.each(["/", "/faucet.js", "/solver.js", "/nothing-is-here"])("%s comes with the whole policy", async (path) => {
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
    for (const name of readdirSync(site).filter((file) => file.endsWith(".html"))) {
      const text = readFileSync(join(site, name), "utf8");
      expect(text, name).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//i);
    }
  });

  it("all scripts together are at most 100 KB, gzip", () => {
    const scripts = readdirSync(site).filter((file) => file.endsWith(".js"));
    expect(scripts).toContain("solver.js");
    const bytes = scripts.map((file) => gzipSync(readFileSync(join(site, file))).length);
    expect(bytes.reduce((sum, more) => sum + more, 0)).toBeLessThanOrEqual(scriptBytesMax);
  });

  it("Lighthouse gives accessibility, best practices and SEO at least 95", async () => {
    const categories = ["accessibility", "best-practices", "seo"];
    const { scores, lost } = await judgePage(findChromium() ?? "", ground().url, categories);
    expect(Object.keys(scores).sort()).toEqual(categories);
    for (const score of Object.values(scores)) expect(score, lost.join("\n")).toBeGreaterThanOrEqual(scoreMin);
  }, 120_000);
});

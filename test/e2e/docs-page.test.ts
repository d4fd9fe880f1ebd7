import { describe, expect, it } from "vitest";
import { browserless, look, phone, setUpGround, sizes } from "../support/page-ground.ts";

const pages = [
  ["front", "/docs/"],
  ["start", "/docs/paw-testnet-1/"],
  ["before-launch", "/docs/paw-testnet-1/before-launch/"],
  ["sign-off", "/docs/paw-testnet-1/sign-off/"],
  ["monitoring", "/docs/paw-testnet-1/monitoring/"],
  ["runbook", "/docs/runbook/"],
  ["front-german", "/docs/de/"],
  ["start-german", "/docs/de/paw-testnet-1/"],
  ["coordinator-german", "/docs/de/paw-testnet-1/coordinator/"],
  ["troubleshooting-german", "/docs/de/paw-testnet-1/troubleshooting/"],
  ["sign-off-german", "/docs/de/paw-testnet-1/sign-off/"],
  ["glossary-german", "/docs/de/glossary/"],
] as const;

describe.skipIf(browserless)("the docs in a browser", () => {
  const ground = setUpGround([{ chainId: "sandbox-1", name: "Sandbox" }]);

  for (const [size, view] of Object.entries(sizes)) {
    it.each(pages)(
      `%s, ${size}: nothing that axe finds, nothing wider than the screen, nothing that the policy stops`,
      async (name, path) => {
        const { page, wrong } = await ground().open(view, path);
        await page.locator("main h1").waitFor();
        await look(page, `docs-${name}-${size}`);
        expect(wrong).toEqual([]);
        await page.context().close();
      },
    );
  }

  it("an example's commands name the site that the reader is on, and a click copies them", async () => {
    const { page } = await ground().open(sizes.desktop, "/docs/paw-testnet-1/before-launch/", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const block = page.locator(".block[data-kind='shell']").first();
    await expect.poll(() => block.locator("pre").textContent()).toContain(`SITE="\${SITE:-${ground().url}}"`);
    await block.getByRole("button", { name: "Copy" }).click();
    await block.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toBe(await block.locator("pre").textContent());
    await page.context().close();
  });

  it("without its script a page says the same, and its menu opens", async () => {
    const { page } = await ground().open(phone, "/docs/paw-testnet-1/join/", { javaScriptEnabled: false });
    await page.locator("summary").click();
    await page.getByRole("link", { name: "Keys and their safety" }).first().click();
    expect(await page.locator("h1").textContent()).toBe("Keys and their safety");
    await page.context().close();
  });

  it.each([
    ["english", "/docs/paw-testnet-1/", "unjail", "Troubleshooting: Jailed"],
    ["german", "/docs/de/paw-testnet-1/", "nachbauen", "Die Zeremonie, für Validatoren"],
  ])("finds words in the reader's language, by keyboard alone: %s", async (name, path, typed, first) => {
    const { page, wrong } = await ground().open(phone, path);
    await page.keyboard.press("/");
    await page.keyboard.type(typed);
    const found = page.locator("#found a");
    await found.first().waitFor();
    expect((await found.allTextContents()).some((text) => text.startsWith(first))).toBe(true);
    await look(page, `docs-search-${name}`);
    await page.getByRole("searchbox").press("Enter");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#./);
    expect(await page.locator(":target").count()).toBe(1);
    await page.goBack();
    await page.keyboard.press("/");
    await page.keyboard.type("xyzzy");
    await page.locator("#find-said", { hasText: /Nothing found|Nichts gefunden/ }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("serves the files for Prometheus and Grafana in their types, under the same policy", async () => {
    for (const folder of ["/docs/monitoring/", "/docs/paw-testnet-1/monitoring/"]) {
      for (const [name, type] of [
        ["prometheus.yml", "text/yaml"],
        ["alerts.yml", "text/yaml"],
        ["dashboard.json", "application/json"],
      ]) {
        const { headers, status } = await fetch(`${ground().url}${folder}${name}`);
        expect([status, headers.get("content-type")?.split(";")[0]], folder + name).toEqual([200, type]);
        expect(headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(headers.get("x-content-type-options")).toBe("nosniff");
      }
    }
  });

  it("lead to themselves in the other language without a script, and back", async () => {
    const { page } = await ground().open(phone, "/docs/paw-testnet-1/join/", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Deutsch" }).click();
    expect(await page.locator("h1").textContent()).toBe("Als Knoten dazukommen");
    await page.locator("summary", { hasText: "Alle Seiten" }).click();
    await page.getByRole("link", { name: "Schlüssel und ihre Sicherheit" }).first().click();
    expect(new URL(page.url()).pathname).toBe("/docs/de/paw-testnet-1/keys/");
    await page.getByRole("link", { name: "English" }).click();
    expect(await page.locator("h1").textContent()).toBe("Keys and their safety");
    await page.context().close();
  });

  it("are where a German reader's home leads, and turning to English there is kept for the site", async () => {
    const { page } = await ground().open(sizes.desktop, "/", { locale: "de-AT" });
    await page.getByRole("link", { name: /^Einen Knoten betreiben/ }).click();
    await page.getByRole("heading", { name: "Anleitungen", exact: true }).waitFor();
    await page.getByRole("link", { name: /PAW/ }).first().click();
    await page.getByRole("heading", { name: "Hier geht es los" }).waitFor();
    await page.getByRole("link", { name: "Als Knoten dazukommen" }).first().click();
    const block = page.locator(".block[data-kind='shell']").first();
    await block.getByRole("button", { name: "Kopieren" }).waitFor();
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "Join as a node" }).waitFor();
    await page.getByRole("link", { name: "Home" }).click();
    await page.getByRole("heading", { name: "A public testnet" }).waitFor();
    await page.context().close();
  });

  it("comes with the site's whole policy", async () => {
    const { headers, status } = await fetch(`${ground().url}/docs/paw-testnet-1/join/`);
    expect(status).toBe(200);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'"]) expect(policy).toContain(rule);
    expect(policy).not.toContain("unsafe");
  });
});

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBech32 } from "@cosmjs/encoding";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import { freePorts } from "../devnet/ports.ts";
import { findChromium, openBrowser } from "../support/browser.ts";
import { type Launched, launch } from "../support/launcher.ts";

const chromium = findChromium();
if (chromium === null && process.env.CI !== "true") {
  console.log("SKIPPED: the page in a browser, because Chromium was not found (CHROMIUM=… names one).");
}

const shots = join(root, "test/e2e/shots");
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let used = 0;
/** An address that nobody has claimed for yet. */
const newAddress = () => {
  used += 1;
  return toBech32("sand", new Uint8Array(20).fill(used));
};

// With CI=true a missing browser is a failure, not a skip: it is seen when the browser is opened.
describe.skipIf(chromium === null && process.env.CI !== "true")("the faucet's page", () => {
  const parent = mkdtempSync(join(tmpdir(), "wellspring-page-"));
  let server: Launched;
  let browser: Browser;
  let foreign: string[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    if (chromium === null) throw new Error("Chromium was not found; CI must have it");
    mkdirSync(shots, { recursive: true });
    const [port] = (await freePorts(1)) as [number];
    server = await launch(port, join(parent, "state"));
    browser = await openBrowser(chromium);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  /** Opens the page and notes every request that leaves this machine and every error of its scripts. */
  async function open(viewport: { width: number; height: number }): Promise<Page> {
    foreign = [];
    faults = [];
    const context = await browser.newContext({ viewport, locale: "en-GB" });
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url)) foreign.push(request.url());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(server.url);
    await page.getByText("sand1", { exact: false }).first().waitFor();
    return page;
  }

  async function claim(page: Page, address: string) {
    await page.getByLabel("Your address").fill(address);
    await page.getByRole("button", { name: "Send me tokens" }).click();
  }

  const paid = (page: Page) => page.getByRole("heading", { name: "Paid", exact: true }).waitFor({ timeout: 30_000 });

  it.each([
    ["a desktop", "desktop", desktop],
    ["a phone", "phone", phone],
  ])("pays a claim on %s, shows its transaction and block, and needs no sideways scrolling", async (_, name, size) => {
    const page = await open(size);
    await page.screenshot({ path: join(shots, `${name}-empty.png`), fullPage: true });
    await claim(page, newAddress());
    await paid(page);
    await page.screenshot({ path: join(shots, `${name}-paid.png`), fullPage: true });
    expect(await page.locator("#facts").innerText()).toMatch(/Transaction\s+[0-9A-F]{64}\s+Block\s+[1-9]/);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("refuses the second claim and says when the next is welcome", async () => {
    const page = await open(phone);
    const address = newAddress();
    await claim(page, address);
    await paid(page);
    await claim(page, address.toUpperCase());
    await page.getByText("You may claim again").waitFor();
    await page.screenshot({ path: join(shots, "phone-refused.png"), fullPage: true });
    expect(await page.locator("#facts").innerText()).toMatch(/in \d+ s, at .*\d{2}:\d{2}/);
    expect(await page.getByRole("button", { name: "Send me tokens" }).isEnabled()).toBe(true);
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const page = await open(desktop);
    const focused = () => page.evaluate("document.activeElement.id");
    for (let tabs = 0; (await focused()) !== "address" && tabs < 10; tabs++) await page.keyboard.press("Tab");
    await page.keyboard.type(newAddress());
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("submit");
    await page.keyboard.press("Enter");
    await paid(page);
    await page.context().close();
  });

  it("points at an address that is wrong, and sends the cursor back to it", async () => {
    const page = await open(desktop);
    await claim(page, "cosmos1nonsense");
    await page.locator("#address[aria-invalid=true]").waitFor();
    expect(await page.locator("#address-fault").innerText()).not.toBe("");
    expect(await page.evaluate("document.activeElement.id")).toBe("address");
    await page.screenshot({ path: join(shots, "desktop-wrong-address.png"), fullPage: true });
    await page.context().close();
  });
});

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { toBech32 } from "@cosmjs/encoding";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { type DevServer, startDevServer } from "../../sandbox/dev-server.ts";
import { addressOf, faucetMnemonic } from "../../sandbox/state-dir.ts";
import { root } from "../architecture/tree.ts";
import { freePorts } from "../devnet/ports.ts";
import { findChromium, openBrowser } from "../support/browser.ts";
import { networkOf } from "../support/test-networks.ts";

const chromium = findChromium();
const shots = join(root, "test/e2e/shots");
const chainId = "pow-1";
const phone = { width: 390, height: 844 };
const newAddress = () => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));

describe.skipIf(chromium === null && process.env.CI !== "true")("a faucet that asks for a solved puzzle", () => {
  const parent = mkdtempSync(join(tmpdir(), "wellspring-puzzle-"));
  let chain: SandboxChain;
  let server: DevServer;
  let browser: Browser;

  beforeAll(async () => {
    if (chromium === null) throw new Error("Chromium was not found; CI must have it");
    mkdirSync(shots, { recursive: true });
    const mnemonic = await faucetMnemonic(parent);
    const genesis = [{ address: await addressOf(mnemonic, "sand"), coins: [{ denom: "usand", amount: 10n ** 18n }] }];
    chain = await startSandboxChain({
      chainId,
      prefix: "sand",
      denom: "usand",
      genesis,
      blockTimeMs: 200,
      minGasPriceMilli: 1,
    });
    const networks = [networkOf(chainId, chain.rpcUrl, { challenge: "pow", limits: { hourlyBudget: 1_000 } })];
    const [port] = (await freePorts(1)) as [number];
    server = await startDevServer({ port, networks, faucetMnemonic: mnemonic, stateDir: join(parent, "worker") });
    browser = await openBrowser(chromium);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await chain?.stop();
    rmSync(parent, { recursive: true, force: true });
  });

  async function open(viewport: { width: number; height: number }): Promise<Page> {
    const context = await browser.newContext({ viewport, locale: "en-GB" });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByText("sand1", { exact: false }).first().waitFor();
    return page;
  }

  const button = (page: Page, name: string) => page.getByRole("button", { name });
  const paid = (page: Page) => page.getByRole("heading", { name: "Paid", exact: true }).waitFor({ timeout: 40_000 });

  /** A puzzle without a solution: the real solver works on it until it is told to stop. */
  async function neverSolved(page: Page) {
    await page.route("**/faucet/challenges", async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      body.challenge.parameters.keyPrefix = "00".repeat(16);
      body.work.triesMost = 2_000;
      await route.fulfill({ status: 201, json: body });
    });
  }

  it("pays a claim from a phone: the page solves it in its own time and sends nothing elsewhere", async () => {
    const page = await open(phone);
    const [foreign, faults]: [string[], string[]] = [[], []];
    page.on("request", (request) => request.url().startsWith(server.url) || foreign.push(request.url()));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    const address = newAddress();
    await page.getByLabel("Your address").fill(address);
    await button(page, "Send me tokens").click();
    await page.locator("#work").waitFor();
    expect(await button(page, "Send me tokens").isDisabled()).toBe(true);
    await paid(page);
    expect(await page.locator("#work").isHidden()).toBe(true);
    expect(chain.balanceOf(address, "usand")).toBe(1_000_000n);
    expect([foreign, faults]).toEqual([[], []]);
    await page.context().close();
  });

  it("shows how far it is, tells a screen reader seldom, and stops by keyboard; then a claim works", async () => {
    const page = await open(phone);
    await neverSolved(page);
    await page.getByLabel("Your address").fill(newAddress());
    await page.keyboard.press("Enter");
    await page.getByText(/^At most \d+ s more/).waitFor();
    const before = Number(await page.locator("#work-progress").getAttribute("value"));
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(shots, "phone-puzzle.png"), fullPage: true });
    expect(await page.evaluate("document.getElementById('work-progress').value")).toBeGreaterThan(before);
    expect(await page.getByRole("status").innerText()).toMatch(/^Solving a puzzle first/);
    expect(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).toBeLessThanOrEqual(0);
    const focused = () => page.evaluate("document.activeElement.id");
    for (let tabs = 0; (await focused()) !== "work-cancel" && tabs < 10; tabs++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("#work").waitFor({ state: "hidden" });
    expect(await focused()).toBe("submit");
    expect(await page.locator("#result").isHidden()).toBe(true);
    await page.unroute("**/faucet/challenges");
    await page.keyboard.press("Enter");
    await paid(page);
    await page.context().close();
  });

  it("looks right in the dark on a desktop", async () => {
    const page = await open({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    await neverSolved(page);
    await page.getByLabel("Your address").fill(newAddress());
    await button(page, "Send me tokens").click();
    await page.getByText(/^At most \d+ s more/).waitFor();
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: join(shots, "desktop-dark-puzzle.png"), fullPage: true });
    await page.context().close();
  });

  it("says no before anyone works, when the address is wrong", async () => {
    const page = await open(phone);
    await page.getByLabel("Your address").fill("sand1nonsense");
    await button(page, "Send me tokens").click();
    await page.locator("#address[aria-invalid=true]").waitFor();
    expect(await page.locator("#work").isHidden()).toBe(true);
    await page.context().close();
  });

  it("npm run claim solves it too, and says so", async () => {
    const address = newAddress();
    const args = ["sandbox/claim.ts", address, "--url", server.url];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 50_000 });
    expect(stdout).toMatch(/^solved a puzzle in [\d.]+ s\n/);
    expect(stdout).toMatch(/confirmed in block \d+/);
    expect(chain.balanceOf(address, "usand")).toBe(1_000_000n);
  });
});

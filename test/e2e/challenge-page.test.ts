import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import {
  browserless,
  desktop,
  focused,
  look,
  newAddress,
  panelSays,
  phone,
  ready,
  setUpGround,
} from "../support/page-ground.ts";

const chainId = "pow-1";
const faucet = { challenge: "pow", limits: { hourlyBudget: 1_000 } };

describe.skipIf(browserless)("a faucet that asks for a solved puzzle", () => {
  const ground = setUpGround([{ chainId, name: "Puzzles", faucet }]);

  const submit = (page: Page) => page.locator("#submit");

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
    const { page, wrong } = await ground().open(phone);
    await ready(page);
    const address = newAddress();
    await page.getByLabel("Your address").fill(address);
    await submit(page).click();
    await page.locator("#work").waitFor();
    expect(await submit(page).isDisabled()).toBe(true);
    await panelSays(page, "Paid");
    expect(await page.locator("#work").isHidden()).toBe(true);
    expect(ground().chain(chainId).balanceOf(address, "usand")).toBe(1_000_000n);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("shows how far it is, tells a screen reader seldom, and stops by keyboard; then a claim works", async () => {
    const { page } = await ground().open(phone);
    await ready(page);
    await neverSolved(page);
    await page.getByLabel("Your address").fill(newAddress());
    await page.keyboard.press("Enter");
    await page.getByText(/At most \d+ s more/).waitFor();
    const before = Number(await page.locator("#work-progress").getAttribute("value"));
    await page.waitForTimeout(1_500);
    await look(page, "phone-puzzle");
    expect(await page.evaluate("document.getElementById('work-progress').value")).toBeGreaterThan(before);
    await panelSays(page, "Solving a puzzle");
    expect(await page.locator("#panel-said").getAttribute("aria-live")).toBe("polite");
    expect(await page.getByRole("status").innerText()).toMatch(/^$|At most/);
    for (let tabs = 0; (await focused(page)) !== "work-cancel" && tabs < 10; tabs++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("#work").waitFor({ state: "hidden" });
    expect(await focused(page)).toBe("submit");
    await panelSays(page, "How it goes");
    await page.unroute("**/faucet/challenges");
    await page.keyboard.press("Enter");
    await panelSays(page, "Paid");
    await page.context().close();
  });

  it("looks right on a desktop too", async () => {
    const { page } = await ground().open(desktop);
    await ready(page);
    await neverSolved(page);
    await page.getByLabel("Your address").fill(newAddress());
    await submit(page).click();
    await page.getByText(/At most \d+ s more/).waitFor();
    await page.waitForTimeout(1_000);
    await look(page, "desktop-puzzle");
    await page.context().close();
  });

  it("says no before anyone works, when the address is wrong", async () => {
    const { page } = await ground().open(phone);
    await ready(page);
    await page.getByLabel("Your address").fill("sand1nonsense");
    await submit(page).click();
    await page.locator("#address[aria-invalid=true]").waitFor();
    expect(await page.locator("#work").isHidden()).toBe(true);
    await page.context().close();
  });

  it("npm run claim solves it too, and says so", async () => {
    const address = newAddress();
    const args = ["sandbox/claim.ts", address, "--url", ground().url];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 50_000 });
    expect(stdout).toMatch(/^solved a puzzle in [\d.]+ s$/m);
    expect(stdout).toMatch(/confirmed in block \d+/);
    expect(ground().chain(chainId).balanceOf(address, "usand")).toBe(1_000_000n);
  });
});

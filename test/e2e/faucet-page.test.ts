import { describe, expect, it } from "vitest";
import {
  browserless,
  claim,
  desktop,
  focused,
  newAddress,
  panelSays,
  phone,
  ready,
  setUpGround,
} from "../support/page-ground.ts";

const explorer = { tx: "https://scan.example/tx/{txHash}" };
const networks = [
  { chainId: "sandbox-1", name: "Sandbox" },
  { chainId: "held-1", name: "Held", blockTimeMs: "manual", more: { explorer } },
  { chainId: "quick-1", name: "Quick", faucet: { cooldownSeconds: 8 } },
] as const;

describe.skipIf(browserless)("the faucet's page", () => {
  const ground = setUpGround(networks);

  it.each([
    ["a desktop", desktop],
    ["a phone", phone],
  ])("pays a claim on %s, shows its transaction and block, and moves nothing about", async (_, size) => {
    const { page, wrong } = await ground().open(size);
    await page.evaluate(`window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true })`);
    const address = newAddress();
    await ready(page);
    await claim(page, address);
    await panelSays(page, "Paid");
    expect(await page.locator("#facts").innerText()).toMatch(/Transaction\s+[0-9A-F]{64}\s+Copy\s+Block\s+[1-9]/);
    expect(ground().chain("sandbox-1").balanceOf(address, "usand")).toBe(1_000_000n);
    expect(await page.evaluate<number>("window.shift")).toBeLessThan(0.1);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("shuts the button after a payment, says until when, and opens it when the time is over", async () => {
    const { page } = await ground().open(phone, "/faucet/?network=quick-1");
    const address = newAddress();
    await ready(page);
    await claim(page, address);
    await panelSays(page, "Paid");
    const button = page.locator("#submit");
    await expect.poll(() => button.innerText(), { timeout: 10_000 }).toMatch(/^Again at/);
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Send me 1 SAND" }).waitFor({ timeout: 20_000 });
    await expect.poll(() => button.isEnabled()).toBe(true);
    await button.click();
    await panelSays(page, "Paid");
    await expect.poll(() => ground().chain("quick-1").balanceOf(address, "usand")).toBe(2_000_000n);
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await ground().open(desktop);
    await ready(page);
    const tabTo = async (id: string) => {
      for (let tabs = 0; (await focused(page)) !== id && tabs < 20; tabs++) await page.keyboard.press("Tab");
      expect(await focused(page)).toBe(id);
    };
    await tabTo("address");
    await page.keyboard.type(newAddress());
    await tabTo("submit");
    await page.keyboard.press("Enter");
    await panelSays(page, "Paid");
    expect(await focused(page)).toBe("submit");
    await page.context().close();
  });

  it("points at an address that is wrong, and sends the cursor back to it", async () => {
    const { page } = await ground().open(desktop);
    await ready(page);
    await claim(page, "cosmos1nonsense");
    await page.locator("#address[aria-invalid=true]").waitFor();
    expect(await page.locator("#address-hint").innerText()).not.toMatch(/^(Begins with.*|)$/);
    await expect.poll(() => focused(page)).toBe("address");
    await page.context().close();
  });

  it("follows a claim through a reload, offers its link, and links to the explorer that the network names", async () => {
    const { page } = await ground().open(phone, "/faucet/?network=held-1");
    await ready(page);
    const address = newAddress();
    await claim(page, address);
    await panelSays(page, /Sent|In line/);
    expect(page.url()).toMatch(/\?network=held-1#claim=[\w-]+$/);
    await page.reload();
    await panelSays(page, /Sent|In line/);
    const blocks = setInterval(() => ground().chain("held-1").makeBlock(), 300);
    await panelSays(page, "Paid").finally(() => clearInterval(blocks));
    const link = page.locator("#facts a[href^='https://scan.example/tx/']");
    expect(await link.getAttribute("href")).toMatch(/tx\/[0-9A-F]{64}$/);
    expect(await page.getByLabel("Your address").inputValue()).toBe(address);
    await page.context().close();
  });

  it("keeps to its claim without the stream of events and without a network for a while", async () => {
    const { page } = await ground().open(desktop, "/faucet/?network=held-1");
    await page.route("**/events", (route) => route.abort());
    await ready(page);
    await claim(page, newAddress());
    await panelSays(page, /Sent|In line/);
    await page.context().setOffline(true);
    await page.getByText("There is no connection").waitFor();
    await page.context().setOffline(false);
    await page.getByText("There is no connection").waitFor({ state: "hidden" });
    const blocks = setInterval(() => ground().chain("held-1").makeBlock(), 300);
    await panelSays(page, "Paid").finally(() => clearInterval(blocks));
    await page.context().close();
  });

  it("asks again under the same key when the answer is lost, and is paid once", async () => {
    const { page } = await ground().open(desktop);
    await ready(page);
    const keys: (string | undefined)[] = [];
    await page.route("**/faucet/claims", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    const address = newAddress();
    await claim(page, address);
    await panelSays(page, "Paid");
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(ground().chain("sandbox-1").balanceOf(address, "usand")).toBe(1_000_000n);
    await page.context().close();
  });

  it("takes network and address from the link, and switches networks by the chooser", async () => {
    const address = newAddress();
    const { page } = await ground().open(desktop, `/faucet/?network=quick-1&address=${address}`);
    await ready(page);
    expect(await page.getByLabel("Network").inputValue()).toBe("quick-1");
    expect(await page.getByLabel("Your address").inputValue()).toBe(address);
    await page.getByLabel("Network").selectOption("sandbox-1");
    await page.locator("#faucet-facts", { hasText: "sandbox-1" }).waitFor();
    expect(page.url()).toContain("network=sandbox-1");
    await page.context().close();
  });

  it("sends the code of an event along, and says so when it is not good", async () => {
    const { page } = await ground().open(phone);
    await ready(page);
    await page.getByText("I have a code").click();
    await page.getByLabel("Code").fill("HACK-2026");
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await claim(page, newAddress());
    expect((await sent).postDataJSON()).toMatchObject({ code: "HACK-2026" });
    await panelSays(page, /not good/);
    await page.context().close();
  });

  it("says before the click when an address may not claim yet, and which way is open", async () => {
    const { page } = await ground().open(desktop);
    const retryAt = new Date(Date.now() + 600_000).toISOString();
    await page.route("**/eligibility?**", (route) =>
      route.fulfill({
        json: {
          eligible: false,
          drips: [{ denom: "usand", amount: "1000000" }],
          refusal: { code: "cooldown_active", detail: "paid", retryAt },
          routes: [
            { route: "open", open: false, cheapest: false, retryAt },
            { route: "code", open: false, cheapest: false, detail: "Bring an event code as `code`." },
          ],
          cheapest: null,
        },
      }),
    );
    await ready(page);
    await page.getByLabel("Your address").fill(newAddress());
    await panelSays(page, "Too soon");
    expect(await page.locator("#submit").isDisabled()).toBe(true);
    expect(await page.locator("#panel-wait").innerText()).toMatch(/^Again in 10 min, at \d{2}:\d{2}:\d{2}/);
    await page.getByRole("button", { name: "Use the code of an event" }).click();
    expect(await focused(page)).toBe("code");
    await page.context().close();
  });
});

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  browserless,
  claim,
  desktop,
  focused,
  look,
  newAddress,
  panelSays,
  phone,
  ready,
  setUpGround,
} from "../support/page-ground.ts";
import { startTurnstile, type TurnstileServer, type Widget } from "../support/turnstile-server.ts";

const host = "127.0.0.1";
const source = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";
const turnstile = { siteKey: "0x4AAAAAAAstandin", hostnames: [host] };
const limits = { hourlyBudget: 1_000 };
const networks = [
  { chainId: "human-1", name: "Humans", faucet: { challenge: "turnstile", turnstile, limits, cooldownSeconds: 0 } },
];

/** Stands in for Cloudflare's script: what render's callbacks do, by developers.cloudflare.com/turnstile. */
const script = `window.turnstile = {
  render(container, options) {
    const add = (words, act) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.addEventListener("click", act);
      container.append(button);
    };
    const { action, cData: cdata } = options;
    add("I am human", async () => options.callback(await window.solveWidget({ action, cdata })));
    add("Wait too long", () => options["expired-callback"]());
    add("Break", () => options["error-callback"]("300030"));
    return "widget-1";
  },
  reset(id) { window.resets = [...(window.resets ?? []), id]; },
  remove() { document.getElementById("work-widget").replaceChildren(); },
};`;

describe.skipIf(browserless)("Turnstile on the page", () => {
  let cloudflare: TurnstileServer;
  beforeAll(async () => {
    cloudflare = await startTurnstile([host]);
  });
  const ground = setUpGround(networks, () => ({
    TURNSTILE_SECRET: cloudflare.secret,
    TURNSTILE_VERIFY_URL: cloudflare.verifyUrl,
  }));
  afterAll(() => cloudflare?.stop());

  /** Opens the page with the stand-in where Cloudflare's script lies, or with nothing there. */
  async function open(size: { width: number; height: number }, loads = true) {
    const { page, wrong } = await ground().open(size);
    await page.exposeFunction("solveWidget", (widget: Omit<Widget, "hostname">) =>
      cloudflare.solve({ ...widget, hostname: host }),
    );
    await page.route("https://challenges.cloudflare.com/**", (route) =>
      loads ? route.fulfill({ contentType: "text/javascript", body: script }) : route.abort(),
    );
    await ready(page);
    return { page, wrong };
  }
  const solve = (page: Page) => page.getByRole("button", { name: "I am human" }).click();

  it.each([
    ["desktop", desktop],
    ["phone", phone],
  ])("a claim is paid after the check, on a %s; nothing else comes from elsewhere", async (name, size) => {
    const { page, wrong } = await open(size);
    const address = newAddress();
    await page.getByLabel("Your address").fill(address);
    await page.locator("#address-hint", { hasText: "after a check that you are no robot" }).waitFor();
    await page.locator("#submit").click();
    await page.getByRole("button", { name: "I am human" }).waitFor();
    await look(page, `turnstile-${name}`);
    await solve(page);
    await panelSays(page, "Paid");
    expect(ground().chain("human-1").balanceOf(address, "usand")).toBe(1_000_000n);
    expect(cloudflare.asked.at(-1)).toMatchObject({ secret: cloudflare.secret });
    expect(wrong).toEqual([`asked ${source}`]);
    await page.context().close();
  });

  it("a check that expired is made anew, and Cancel gives the form back", async () => {
    const { page } = await open(desktop);
    await claim(page, newAddress());
    await page.getByRole("button", { name: "Wait too long" }).click();
    expect(await page.evaluate("window.resets")).toEqual(["widget-1"]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await panelSays(page, "How it goes");
    expect(await focused(page)).toBe("submit");
    expect(await page.locator("#work-widget").isHidden()).toBe(true);
    await claim(page, newAddress());
    await solve(page);
    await panelSays(page, "Paid");
    await page.context().close();
  });

  it("a check that breaks, and one that a blocker stops, are told in plain words", async () => {
    const { page } = await open(desktop);
    await claim(page, newAddress());
    await page.getByRole("button", { name: "Break" }).click();
    await page.locator("#panel-text", { hasText: "Cloudflare's check did not work here" }).waitFor();
    await page.context().close();
    const blocked = await open(desktop, false);
    await claim(blocked.page, newAddress());
    await blocked.page.locator("#panel-text", { hasText: "did not load" }).waitFor();
    await look(blocked.page, "turnstile-blocked");
    await blocked.page.context().close();
  });

  it("the policy lets in Cloudflare's script and frame, and no more", async () => {
    const { headers } = await fetch(`${ground().url}/faucet/`, { headers: { accept: "text/html" } });
    const policy = (headers.get("content-security-policy") ?? "").split("; ");
    expect(policy).toContain("script-src 'self' https://challenges.cloudflare.com");
    expect(policy).toContain("frame-src https://challenges.cloudflare.com");
    expect(policy).toContain("connect-src 'self'");
    expect(policy.join()).not.toContain("unsafe");
    const home = await fetch(ground().url);
    expect(home.headers.get("content-security-policy")).not.toContain("cloudflare");
  });
});

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { setUpCeremonies } from "../support/ceremony-page.ts";
import { browserless, desktop, look, panelSays, phone, setUpGround, silent, sizes } from "../support/page-ground.ts";

const networks = [
  {
    chainId: "sandbox-1",
    name: "Sandbox",
    more: {
      community: [{ name: "Forum", url: "https://forum.example/c" }],
      node: { binary: "simd", home: "~/.simapp" },
    },
  },
  { chainId: "silent-1", name: "Silent", more: silent },
] as const;

const signSays = (page: Page, word: string) => page.locator("#pill-word", { hasText: word }).waitFor();

type State = {
  readonly path?: string;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly act?: (page: Page) => Promise<unknown>;
  readonly says: string;
};

const stopped = { state: "stopped", height: 7, lastBlockAt: "2026-11-01T10:00:00Z", blockMs: 6000 };
const states: Readonly<Record<string, State>> = {
  now: { says: "Producing blocks" },
  silent: { path: "/?network=silent-1", says: "Unknown" },
  stopped: {
    before: (page) =>
      page.route("**/sandbox-1/status", async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), ...stopped } });
      }),
    says: "Stopped",
  },
  loading: { before: (page) => page.route("**/api/v1/networks", () => undefined), says: "Looking" },
  offline: {
    act: async (page) => {
      await signSays(page, "Producing blocks");
      await page.context().setOffline(true);
    },
    says: "Offline",
  },
  "not-configured": {
    before: (page) =>
      page.route("**/api/v1/networks", (route) =>
        route.fulfill({ status: 503, json: { title: "Invalid configuration", detail: "It has faults." } }),
      ),
    says: "No answer",
  },
};

describe.skipIf(browserless)("the front page", () => {
  const ground = setUpGround(networks);

  describe.each(Object.entries(sizes))("on a %s", (device, size) => {
    it.each(Object.entries(states))("%s: reads well, axe finds nothing, nothing sticks out", async (name, state) => {
      const { page, wrong } = await ground().open(size, "/404");
      await state.before?.(page);
      await page.goto(ground().url + (state.path ?? "/"));
      await state.act?.(page);
      await signSays(page, state.says);
      await look(page, `home-${device}-${name}`);
      expect(wrong).toEqual([]);
      await page.context().close();
    });
  });

  it("says what the network is and how it does, keeps saying it, and moves nothing about", async () => {
    const { page } = await ground().open(phone, "/");
    await page.evaluate(`window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true })`);
    await signSays(page, "Producing blocks");
    expect(await page.locator("h1").innerText()).toBe("Sandbox");
    expect(await page.locator("#chain").innerText()).toBe("sandbox-1");
    const height = async () => Number(await page.locator("#height").innerText());
    const first = await height();
    expect(first).toBeGreaterThan(0);
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(first);
    expect(await page.locator("#last").innerText()).toMatch(/ago$|^just now$/);
    expect(await page.evaluate<number>("window.shift")).toBeLessThan(0.1);
    await page.context().close();
  });

  it("leads to tokens, guides and the look-up of the network that is chosen, by the keyboard alone", async () => {
    const { page } = await ground().open(desktop, "/");
    await signSays(page, "Producing blocks");
    const forum = page.getByRole("link", { name: "Forum" });
    expect(await forum.getAttribute("href")).toBe("https://forum.example/c");
    await page.getByLabel("Network", { exact: true }).selectOption("silent-1");
    await signSays(page, "Unknown");
    expect(await forum.count()).toBe(0);
    expect(page.url()).toMatch(/\/\?network=silent-1$/);
    await page.getByRole("link", { name: "Get test tokens" }).focus();
    for (const door of ["to-validate", "to-node"]) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe(door);
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/status/?network=silent-1#look-up");
    await page.getByRole("link", { name: "Faucet" }).click();
    await page.waitForURL("**/faucet/?network=silent-1");
    await page.context().close();
  });

  it("leads to a network's own guides, and says where it has none: never to a page that isn't there", async () => {
    const { page, errors } = await ground().open(desktop, "/");
    const door = page.locator("#to-node");
    const led = async () => (await fetch(ground().url + (await door.getAttribute("href")))).status;
    for (const [network, words, path] of [
      // Its file in this test describes no node, so no guides were made of it.
      ["silent-1", "This network has no guides of its own", "/docs/"],
      ["sandbox-1", "Guides with this network's own commands", "/docs/sandbox-1/"],
    ] as const) {
      await page.getByLabel("Network", { exact: true }).selectOption(network);
      await page.locator("#node-how", { hasText: words }).waitFor();
      await expect.poll(() => door.getAttribute("href")).toBe(path);
      expect(await led()).toBe(200);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("leads links to the faucet that were made when it stood here to where it stands", async () => {
    const { page } = await ground().open(desktop, "/?network=sandbox-1&address=sand1abc");
    await page.waitForURL("**/faucet/?network=sandbox-1&address=sand1abc");
    await expect.poll(() => page.getByLabel("Your address").inputValue(), { timeout: 10_000 }).toBe("sand1abc");
    await page.goto(`${ground().url}/?network=sandbox-1#claim=nothing-like-this`);
    await page.waitForURL("**/faucet/?network=sandbox-1**");
    await panelSays(page, "Unknown claim");
    await page.context().close();
  });

  it("without its script it says what the site is, and its links lead on", async () => {
    const { page } = await ground().open(phone, "/", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Get test tokens" }).click();
    await page.waitForURL("**/faucet/");
    await page.context().close();
  });

  it("leaves /status to cosmjs, and to people the page at /status/", async () => {
    const { url } = ground();
    expect(await (await fetch(`${url}/status`)).json()).toMatchObject({ chainId: "sandbox-1" });
    expect((await fetch(`${url}/status/`)).headers.get("content-type")).toContain("text/html");
    const asPerson = await fetch(`${url}/status`, { headers: { accept: "text/html" }, redirect: "manual" });
    expect([asPerson.status, asPerson.headers.get("location")]).toEqual([302, "/status/"]);
  });
});

const englishTitles: Readonly<Record<string, string>> = {
  home: "Wellspring · a public testnet",
  status: "Wellspring · network status",
  faucet: "Wellspring · test tokens",
};

describe.skipIf(browserless)("the site in German", () => {
  const ground = setUpGround(networks);
  const german = { locale: "de-AT" };

  it.each([
    ["home", "/", "Erzeugt Blöcke"],
    ["status", "/status/", "Erzeugt Blöcke"],
    ["faucet", "/faucet/", "Offen"],
  ])("%s: follows the browser's language, says so, and stays without fault", async (name, path, word) => {
    for (const [device, size] of Object.entries(sizes)) {
      const { page, wrong } = await ground().open(size, path, german);
      await page.locator(".pill", { hasText: word }).waitFor();
      expect(await page.locator("html").getAttribute("lang")).toBe("de");
      expect(await page.title()).not.toBe(englishTitles[name]);
      await look(page, `${name}-${device}-german`);
      expect(wrong).toEqual([]);
      await page.context().close();
    }
  });

  it("is chosen by the switch, kept for the next page, and given up again", async () => {
    const { page } = await ground().open(desktop, "/");
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("link", { name: "Zustand" }).click();
    await page.getByRole("heading", { name: "Zustand des Netzes" }).waitFor();
    await page.getByRole("link", { name: "Anleitungen" }).first().click();
    await page.getByRole("heading", { name: "Anleitungen", exact: true }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await page.getByRole("link", { name: "English" }).click();
    await page.getByRole("heading", { name: "Docs", exact: true }).waitFor();
    await page.getByRole("link", { name: "Status" }).click();
    await page.getByRole("heading", { name: "Network status" }).waitFor();
    await page.context().close();
  });

  it("names what isn't there", async () => {
    const { page, wrong } = await ground().open(phone, "/nothing-is-here", german);
    await page.getByRole("heading", { name: "Hier ist nichts" }).waitFor();
    await look(page, "lost-phone-german");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("says in German why the API refuses, and in English where those words don't come", async () => {
    const { page } = await ground().open(desktop, "/faucet/", german);
    await page.locator(".pill", { hasText: "Offen" }).waitFor();
    await page.getByLabel("Deine Adresse").fill(`cosmos1${"q".repeat(38)}`);
    await page.getByText("Das ist keine Adresse dieses Netzes, oder ein Zeichen darin ist falsch.").waitFor();
    await page.context().close();
    const { page: other } = await ground().open(desktop, "/404", german);
    await other.route("**/texts/de-refusals.js", (route) => route.abort());
    await other.goto(`${ground().url}/faucet/`);
    await other.getByLabel("Deine Adresse").fill(`cosmos1${"q".repeat(38)}`);
    await other.getByText("on this chain addresses begin with sand1").waitFor();
    await other.context().close();
  });

  it("stays in English where the German texts don't come", async () => {
    const { page } = await ground().open(desktop, "/404", german);
    await page.route("**/texts/de.js", (route) => route.abort());
    await page.goto(ground().url);
    await signSays(page, "Producing blocks");
    await page.context().close();
  });
});

describe.skipIf(browserless)("the front page of a network before its launch", () => {
  const ground = setUpCeremonies(["new-1", "planned-1"], ({ ceremony }) => ceremony("new-1").collect());

  it("says that a ceremony has not begun, and that there is no chain yet", async () => {
    const { page, wrong } = await ground().open(phone, "new-1");
    await page.goto(`${ground().url}/?network=planned-1`);
    await signSays(page, "Not launched yet");
    await expect.poll(() => page.locator("#moment").innerText()).toBe("not begun yet");
    expect(await page.locator("#height").innerText()).toBe("none yet");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("says what the ceremony's next moment is, and when", async () => {
    const { page, wrong } = await ground().open(desktop, "new-1");
    await page.goto(`${ground().url}/?network=new-1`);
    await page.locator("#moment-what", { hasText: "Gentxs are taken until" }).waitFor();
    expect(await page.locator("#moment").innerText()).toMatch(/^in (\d+ h|1 days)/);
    expect(await page.locator("#moment-utc").innerText()).toMatch(/UTC$/);
    await signSays(page, "Not launched yet");
    const first = page.locator(".door.first");
    expect(await first.getAttribute("href")).toBe("/ceremony/?network=new-1");
    expect(await first.innerText()).toContain("Take part in the launch");
    await expect.poll(() => page.locator("#to-node").innerText()).toContain("no guides of its own");
    await look(page, "home-desktop-ceremony");
    await page.setViewportSize(phone);
    await look(page, "home-phone-ceremony");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("has its ceremony's page in German, with the gentx that is judged there", async () => {
    for (const [device, size] of Object.entries(sizes)) {
      const { page, wrong } = await ground().open(size, "new-1", { locale: "de-DE" });
      await page.getByLabel("Oder füge ihren Text ein").fill("gentx, hoffe ich");
      await page.locator("#panel-title", { hasText: "Eine Regel ist gebrochen" }).waitFor();
      await page.getByText('das ist kein JSON: kein Wert beginnt mit "g", bei Zeichen 0').waitFor();
      await page.getByText("Mach die Gentx mit dem Programm deiner Kette neu").waitFor();
      expect(await page.locator("#panel-failures li[lang=en]").count()).toBe(0);
      await look(page, `ceremony-${device}-german`);
      expect(wrong).toEqual([]);
      await page.context().close();
    }
  });
});

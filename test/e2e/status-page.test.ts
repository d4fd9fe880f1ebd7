import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  browserless,
  desktop,
  focused,
  type Ground,
  look,
  newAddress,
  phone,
  setUpGround,
  silent,
  sizes,
} from "../support/page-ground.ts";

const networks = [
  { chainId: "sandbox-1", name: "Sandbox" },
  { chainId: "silent-1", name: "Silent", more: silent },
] as const;

const signSays = (page: Page, word: string) => page.locator("#pill-word", { hasText: word }).waitFor();
const foundSays = (page: Page, title: string | RegExp) => page.locator("#found-title", { hasText: title }).waitFor();

async function lookUp(page: Page, text: string): Promise<void> {
  await signSays(page, "Producing blocks");
  await page.locator("#find").fill(text);
  await page.keyboard.press("Enter");
}

/** A payment of this ground: who was paid, and the transaction's hash. */
async function pay({ url }: Ground): Promise<{ address: string; txHash: string }> {
  const address = newAddress();
  const answer = await fetch(`${url}/api/v1/networks/sandbox-1/faucet/claims?wait=confirmed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ address }),
  });
  const { txHash } = (await answer.json()) as { txHash: string };
  return { address, txHash };
}

const changed = (change: object) => (page: Page) =>
  page.route("**/sandbox-1/status", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...change } });
  });

/** What this file reads of an answer of the API. */
type Told = { peers: number; validators: { signing: number; total: number }; blocks: object[] };

type State = {
  readonly path?: string;
  readonly before?: (page: Page) => Promise<unknown>;
  readonly act?: (page: Page, ground: Ground) => Promise<void>;
  readonly says: string;
};

const stopped = { state: "stopped", height: 7, lastBlockAt: "2026-11-01T10:00:00Z", blockMs: 6000 };
const untold = { peers: null, validators: null, blocks: [], blockMs: null };
const missing = {
  validators: { total: 60, signing: 31, power: "3000000000000000000000", signingPower: "1980000000000000000000" },
};
const long = Array.from({ length: 10 }, (_, at) => ({
  height: 1_234_567 - at,
  hash: "AB".repeat(32),
  time: new Date(Date.parse("2026-11-24T10:00:00Z") - at * 6_000 - (at > 3 ? 31_000 : 0)).toISOString(),
  txs: at * 1_000,
  proposer: "CD".repeat(20),
}));

const states: Readonly<Record<string, State>> = {
  now: { says: "Producing blocks" },
  silent: { path: "/status/?network=silent-1", says: "Unknown" },
  stopped: { before: changed(stopped), says: "Stopped" },
  untold: { before: changed(untold), says: "Producing blocks" },
  "power-missing": { before: changed({ ...missing, blocks: long, blockMs: 6000 }), says: "Producing blocks" },
  loading: { before: (page) => page.route("**/sandbox-1/status", () => undefined), says: "Looking" },
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
  "found-block": {
    act: async (page) => {
      await lookUp(page, "1");
      await foundSays(page, "Block 1");
    },
    says: "Producing blocks",
  },
  "found-transaction": {
    act: async (page, ground) => {
      await lookUp(page, (await pay(ground)).txHash);
      await foundSays(page, "Transaction");
    },
    says: "Producing blocks",
  },
  "found-address": {
    act: async (page, ground) => {
      await lookUp(page, (await pay(ground)).address);
      await foundSays(page, "Address");
    },
    says: "Producing blocks",
  },
  "not-found": {
    act: async (page) => {
      await lookUp(page, "AB".repeat(32));
      await foundSays(page, "Not found");
    },
    says: "Producing blocks",
  },
  "nothing-like-it": { act: (page) => lookUp(page, "cosmos1nonsense"), says: "Producing blocks" },
  "look-up-offline": {
    act: async (page) => {
      await signSays(page, "Producing blocks");
      await page.context().setOffline(true);
      await page.locator("#find").fill("1");
      await page.keyboard.press("Enter");
      await foundSays(page, "No connection");
    },
    says: "Offline",
  },
};

describe.skipIf(browserless)("the status page", () => {
  const ground = setUpGround(networks);

  describe.each(Object.entries(sizes))("on a %s", (device, size) => {
    it.each(Object.entries(states))("%s: reads well, axe finds nothing, nothing sticks out", async (name, state) => {
      const { page, wrong } = await ground().open(size, "/404");
      await state.before?.(page);
      await page.goto(ground().url + (state.path ?? "/status/"));
      await state.act?.(page, ground());
      await signSays(page, state.says);
      await look(page, `status-${device}-${name}`);
      expect(wrong).toEqual([]);
      await page.context().close();
    });
  });

  it("tells height, block time, peers and who signs as the API does, and says unknown where nobody tells", async () => {
    const { page } = await ground().open(desktop, "/status/");
    await signSays(page, "Producing blocks");
    const told = (await (await fetch(`${ground().url}/api/v1/networks/sandbox-1/status`)).json()) as Told;
    const shown = (id: string) => page.locator(id).innerText();
    expect(await shown("#peers")).toBe(String(told.peers));
    expect(await shown("#signing")).toBe(`${told.validators.signing} of ${told.validators.total}`);
    expect(await shown("#block-time")).toMatch(/^0\.\d s$/);
    expect(await page.locator("#blocks-rows tr").count()).toBe(told.blocks.length);
    await page.getByLabel("Network").selectOption("silent-1");
    await signSays(page, "Unknown");
    for (const id of ["#height", "#last", "#block-time", "#peers", "#signing"]) expect(await shown(id)).toBe("unknown");
    expect(await page.locator("#notice").innerText()).toContain("That says nothing of the chain itself.");
    expect(await page.locator("#endpoints").innerText()).toContain("does not answer");
    expect(await page.locator("svg").count()).toBe(0);
    await page.context().close();
  });

  it("goes on by itself, moves nothing about, and leaves the focus where it is", async () => {
    const { page } = await ground().open(phone, "/status/");
    await page.evaluate(`window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true })`);
    await signSays(page, "Producing blocks");
    const height = async () => Number(await page.locator("#height").innerText());
    const first = await height();
    await page.locator("#find").focus();
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(first);
    expect(await focused(page)).toBe("find");
    expect(await page.evaluate<number>("window.shift")).toBeLessThan(0.1);
    await page.context().close();
  });

  it("draws charts that say in words what they show", async () => {
    const { page } = await ground().open(desktop, "/status/");
    await signSays(page, "Producing blocks");
    const charts = page.getByRole("img");
    await expect.poll(() => charts.count()).toBe(2);
    expect(await charts.nth(0).getAttribute("aria-label")).toMatch(/^The newest \d+ blocks: 0\.\d s as a median/);
    expect(await charts.nth(1).getAttribute("aria-label")).toMatch(/^100 % of the voting power signed/);
    await page.context().close();
  });

  it("looks up what was paid, and leads from address to transaction to block, there and back", async () => {
    const { address, txHash } = await pay(ground());
    const { page } = await ground().open(desktop, "/status/");
    await lookUp(page, address.toUpperCase());
    await foundSays(page, "Address");
    expect(await page.locator("#found-facts").innerText()).toContain("1 SAND");
    await page.locator("#find").fill(`0x${txHash.toLowerCase()}`);
    await page.getByRole("button", { name: "Look up" }).click();
    await foundSays(page, "Transaction");
    expect(await page.locator("#found-facts").innerText()).toContain("it did what it says");
    await page.locator("#found-facts a").first().click();
    await foundSays(page, /^Block \d+$/);
    expect(await page.locator("#found-facts").innerText()).toContain(txHash);
    await page.reload();
    await foundSays(page, /^Block \d+$/);
    await page.goBack();
    await foundSays(page, "Transaction");
    await page.context().close();
  });

  it("says what is wrong with what was typed, and gives the cursor back", async () => {
    const { page } = await ground().open(phone, "/status/");
    for (const [text, words] of [
      ["", "Type a height, a hash or an address first."],
      ["0", "Heights begin at 1"],
      ["AB".repeat(31), "This has 62."],
      ["cosmos1nonsense", "Its addresses begin with sand1."],
    ] as const) {
      await lookUp(page, text);
      await page.locator("#find-hint.fault", { hasText: words }).waitFor();
      expect(await focused(page)).toBe("find");
      expect(await page.locator("#find").getAttribute("aria-invalid")).toBe("true");
    }
    await lookUp(page, "sand1nonsense");
    await page.locator("#find-hint.fault:not(:empty)").waitFor();
    await page.context().close();
  });
});

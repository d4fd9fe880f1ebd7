import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import {
  browserless,
  claim,
  type Ground,
  look,
  newAddress,
  panelSays,
  ready,
  setUpGround,
  sizes,
} from "../support/page-ground.ts";

const explorer = { tx: "https://scan.example/tx/{txHash}" };
const networks = [
  { chainId: "sandbox-1", name: "Sandbox", more: { explorer } },
  { chainId: "held-1", name: "Held", blockTimeMs: "manual", faucet: { inFlightMax: 1 } },
  { chainId: "empty-1", name: "Empty", holds: 1_000n },
  { chainId: "off-1", name: "Switched off", faucet: { enabled: false } },
  { chainId: "reset-1", name: "Reset" },
] as const;

/** A chain that begins anew under a dispenser: it notices with its next claim, and stops. */
async function stopForGood(ground: Ground): Promise<void> {
  const faucetUrl = `${ground.url}/api/v1/networks/reset-1/faucet`;
  const ask = (query: string) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ address: newAddress() });
    return fetch(`${faucetUrl}/claims${query}`, { method: "POST", headers, body });
  };
  const halted = async () => {
    const { halt } = (await (await fetch(faucetUrl)).json()) as { halt: object | null };
    return halt !== null;
  };
  if (await halted()) return;
  await ask("?wait=confirmed");
  ground.chain("reset-1").reset();
  await ask("");
  for (let tries = 0; !(await halted()); tries += 1) {
    if (tries > 60) throw new Error("the faucet did not notice the reset");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** One state of the page: how it comes about, and the words by which it is known. */
type State = {
  readonly path?: string;
  /** Before the page is loaded. */
  readonly before?: (page: Page) => Promise<void>;
  readonly act?: (page: Page, ground: Ground) => Promise<void>;
  readonly says: string | RegExp;
};

const faucet = "**/faucet";
const later = new Date(Date.now() + 3_600_000).toISOString();
const answering = (path: string, status: number, json: unknown) => async (page: Page) => {
  await page.route(path, (route) => route.fulfill({ status, json }));
};
const changed = (path: string, change: object) => async (page: Page) => {
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...change } });
  });
};
const loadedAgain = async (page: Page) => {
  await page.reload();
  await ready(page);
};

const states: Readonly<Record<string, State>> = {
  empty: { says: "How it goes" },
  eligible: {
    act: async (page) => {
      await page.getByLabel("Your address").fill(newAddress());
      await page.getByText("May claim 1 SAND now").waitFor();
    },
    says: "How it goes",
  },
  "with-code": {
    act: async (page) => {
      await page.getByText("I have a code").click();
      await page.getByLabel("Code").fill("HACK-2026");
    },
    says: "How it goes",
  },
  "in-line": {
    path: "/faucet/?network=held-1",
    act: async (page) => {
      // One batch is with the chain, so the next claim waits for its place.
      await claim(page, newAddress());
      await panelSays(page, /Sent|In line/);
      await claim(page, newAddress());
    },
    says: /In line, place \d+/,
  },
  sent: { path: "/faucet/?network=held-1", act: (page) => claim(page, newAddress()), says: /Sent|In line/ },
  paid: { act: (page) => claim(page, newAddress()), says: "Paid" },
  refused: {
    act: async (page, ground) => {
      const address = newAddress();
      await claim(page, address);
      await panelSays(page, "Paid");
      await page.goto(`${ground.url}/faucet/?network=sandbox-1`);
      await loadedAgain(page);
      await page.getByLabel("Your address").fill(address.toUpperCase());
      await page.locator("#address").blur();
      const button = page.locator("#submit");
      if ((await button.getAttribute("aria-disabled")) !== "true") await button.click({ force: true });
    },
    says: "Too soon",
  },
  "wrong-address": { act: (page) => claim(page, "cosmos1nonsense"), says: "How it goes" },
  "no-wallet": { act: (page) => page.getByRole("button", { name: "Fill from Keplr" }).click(), says: "How it goes" },
  "faucet-empty": { path: "/faucet/?network=empty-1", says: "The faucet is empty" },
  "switched-off": { path: "/faucet/?network=off-1", says: "The faucet is switched off" },
  halted: {
    path: "/faucet/?network=reset-1",
    act: async (page, ground) => {
      await stopForGood(ground);
      await loadedAgain(page);
    },
    says: "The faucet has stopped",
  },
  paused: {
    before: changed(faucet, {
      paused: { reason: "We are moving to a new key.", since: "2026-11-24T10:00:00Z", retryAt: later },
    }),
    says: "The faucet is paused",
  },
  offline: {
    act: async (page) => {
      await ready(page);
      await page.context().setOffline(true);
    },
    says: "No connection",
  },
  "server-fault": {
    act: async (page) => {
      await answering("**/claims", 503, {
        code: "dispenser_unreachable",
        title: "No answer",
        detail: "The dispenser did not answer. A claim may have been stored.",
      })(page);
      await claim(page, newAddress());
    },
    says: "No answer",
  },
  "not-configured": {
    before: answering("**/api/v1/networks", 503, {
      title: "Invalid configuration",
      detail: "This deployment's configuration has faults; nothing is served until they are mended.",
    }),
    says: "Invalid configuration",
  },
  "failed-claim": {
    act: async (page) => {
      await changed("**/claims/*", {
        state: "failed",
        code: "rejected_by_chain",
        reason: "it is not allowed to receive funds",
      })(page);
      await page.route("**/events", (route) => route.abort());
      await claim(page, newAddress());
    },
    says: "Not paid",
  },
  "unknown-claim": { path: "/faucet/#claim=nothing-like-this", says: "Unknown claim" },
};

describe.skipIf(browserless)("every state of the page", () => {
  const ground = setUpGround(networks);

  describe.each(Object.entries(sizes))("on a %s", (device, size) => {
    it.each(Object.entries(states))(
      "%s: reads well, axe finds nothing, and nothing sticks out",
      async (name, state) => {
        const { page, wrong } = await ground().open(size, "/404");
        await state.before?.(page);
        await page.goto(ground().url + (state.path ?? "/faucet/"));
        if (state.before === undefined) await ready(page);
        await state.act?.(page, ground());
        await panelSays(page, state.says);
        await look(page, `${device}-${name}`);
        expect(wrong).toEqual([]);
        await page.context().close();
      },
    );
  });
});

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { toBech32 } from "@cosmjs/encoding";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type SandboxChain, startSandboxChain } from "../../sandbox/chain/start.ts";
import { type DevServer, startDevServer } from "../../sandbox/dev-server.ts";
import { addressOf, faucetMnemonic } from "../../sandbox/state-dir.ts";
import { root } from "../architecture/tree.ts";
import { freePorts } from "../devnet/ports.ts";
import { findChromium, openBrowser } from "./browser.ts";
import { networkOf } from "./test-networks.ts";

/** The two sizes at which everything is looked at. */
export const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
export const { desktop, phone } = sizes;

/** One network of the ground: its chain, and how the network file differs from a plain one. */
export type GroundNetwork = {
  readonly chainId: string;
  readonly name: string;
  readonly blockTimeMs?: number | "manual";
  /** What the faucet holds in base units. */
  readonly holds?: bigint;
  readonly faucet?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
};

/** What makes a network of the ground one that nobody answers for. */
export const silent = {
  cosmos: { rpc: ["http://127.0.0.1:9"], gasPrice: { denom: "usand", milliAmount: 1 } },
} as const;

/** A faucet with its chains and a browser before it. */
export type Ground = {
  readonly url: string;
  chain(chainId: string): SandboxChain;
  /** Opens a page, the faucet's unless it is said, in a browser of its own. */
  open(size: { width: number; height: number }, path?: string, options?: BrowserContextOptions): Promise<Watched>;
};

/**
 * A page, and what must stay empty: requests to elsewhere, errors of scripts, breaches of the policy. `errors`: all that
 * the browser's console calls an error, so also each answer that is a refusal.
 */
export type Watched = { readonly page: Page; readonly wrong: string[]; readonly errors: string[] };

const chromium = findChromium();
const shots = join(root, "test/e2e/shots");

/** True where there is no browser: then the tests are skipped aloud; in CI they fail instead. */
export const browserless = chromium === null && process.env.CI !== "true";
if (browserless) console.log("SKIPPED: the page in a browser, because Chromium was not found (CHROMIUM=… names one).");

/** An address that nobody has claimed for yet. */
export const newAddress = (): string => toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));

type Settings = Readonly<Record<string, string>>;

/** Sets a faucet up before the tests of a file, and takes it down after them. `settings`: the Worker's, further ones. */
export function setUpGround(networks: readonly GroundNetwork[], settings: () => Settings = () => ({})): () => Ground {
  let ground: Ground & { close(): Promise<void> };
  beforeAll(async () => {
    ground = await startGround(networks, settings());
  });
  afterAll(() => ground?.close());
  return () => ground;
}

async function startGround(
  networks: readonly GroundNetwork[],
  settings: Settings,
): Promise<Ground & { close(): Promise<void> }> {
  if (chromium === null) throw new Error("Chromium was not found; CI must have it");
  const dir = mkdtempSync(join(tmpdir(), "wellspring-page-"));
  const mnemonic = await faucetMnemonic(dir);
  const payer = await addressOf(mnemonic, "sand");
  const chains = new Map<string, SandboxChain>();
  const files: ReturnType<typeof networkOf>[] = [];
  for (const { chainId, name, blockTimeMs = 200, holds = 10n ** 18n, faucet, more } of networks) {
    const genesis = [{ address: payer, coins: [{ denom: "usand", amount: holds }] }];
    const options = { chainId, prefix: "sand", denom: "usand", genesis, blockTimeMs, minGasPriceMilli: 1 };
    const chain = await startSandboxChain(options);
    chains.set(chainId, chain);
    files.push({ ...networkOf(chainId, chain.rpcUrl, faucet), ...more, name });
  }
  const [port] = (await freePorts(1)) as [number];
  const server: DevServer = await startDevServer({
    port,
    networks: files,
    faucetMnemonic: mnemonic,
    stateDir: join(dir, "worker"),
    settings,
  });
  const browser = await openBrowser(chromium);
  return {
    url: server.url,
    chain: (chainId) => {
      const chain = chains.get(chainId);
      if (!chain) throw new Error(`no chain ${chainId} on this ground`);
      return chain;
    },
    open: (size, path = "/faucet/", options = {}) =>
      openPage(browser, server.url, path, { viewport: size, ...options }),
    close: async () => {
      await browser.close();
      await server.stop();
      for (const chain of chains.values()) await chain.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A browser before a site that is served already. */
export type Pages = Pick<Ground, "url" | "open"> & { close(): Promise<void> };

/** Opens a browser before a site. */
export async function openPages(url: string): Promise<Pages> {
  if (chromium === null) throw new Error("Chromium was not found; CI must have it");
  const browser = await openBrowser(chromium);
  return {
    url,
    open: (size, path = "/faucet/", options = {}) => openPage(browser, url, path, { viewport: size, ...options }),
    close: () => browser.close(),
  };
}

async function openPage(browser: Browser, url: string, path: string, options: BrowserContextOptions): Promise<Watched> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const [wrong, errors]: [string[], string[]] = [[], []];
  page.on("request", (request) => request.url().startsWith(url) || wrong.push(`asked ${request.url()}`));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && wrong.push(message.text()));
  page.on(
    "console",
    (message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`),
  );
  await page.goto(url + path);
  return { page, wrong, errors };
}

/** Waits until the page knows its network. */
export async function ready(page: Page): Promise<void> {
  await page.locator('#faucet-pill:not([data-kind="waiting"])').waitFor();
}

/** Fills the address in and presses the button, whatever it says. */
export async function claim(page: Page, address: string): Promise<void> {
  await page.getByLabel("Your address").fill(address);
  await page.locator("#submit").click();
}

/** Waits for a title in the panel. */
export async function panelSays(page: Page, title: string | RegExp): Promise<void> {
  await page.locator("#panel-title", { hasText: title }).waitFor({ timeout: 40_000 });
}

/** The id of what has the focus. */
export const focused = (page: Page): Promise<string> => page.evaluate<string>("document.activeElement.id");

/**
 * Looks at a state as it is, in light and in dark: a picture of each, no fault that axe finds, nothing wider than the
 * screen.
 */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, `axe on ${name}, ${colorScheme}`).toEqual([]);
  }
  const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow, `sideways scrolling on ${name}`).toBeLessThanOrEqual(0);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { startDevServer } from "../../sandbox/dev-server.ts";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { faucetMnemonic } from "../../sandbox/state-dir.ts";
import { freePorts } from "../devnet/ports.ts";
import { adminKeys, adminRoles } from "./admin-keys.ts";
import { CeremonyDesk } from "./ceremony-desk.ts";
import { ceremonyNetwork, logKey } from "./ceremony-network.ts";
import { openPages, type Watched } from "./page-ground.ts";

const hourMs = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** The network file of a ceremony of these pages, as of now; one that begins with `none` has no ceremony. */
function networkFile(chainId: string) {
  const { ceremony, ...plain } = ceremonyNetwork(chainId, {
    bounds: { commissionRateMax: "0.2", selfDelegationMin: "1000000" },
    closesAt: iso(Date.now() + 30 * hourMs),
    genesisTime: iso(Date.now() + 240 * hourMs),
  });
  return chainId.startsWith("none") ? plain : { ...plain, ceremony };
}

type Size = { width: number; height: number };

/** Ceremonies, each of a network of its own, and a browser before them. */
export type CeremonyGround = {
  readonly url: string;
  ceremony(chainId: string): CeremonyDesk;
  /** Opens a ceremony's page, the public one unless it is said. */
  open(size: Size, chainId: string, options?: BrowserContextOptions & { admin?: boolean }): Promise<Watched>;
};

/**
 * Sets ceremonies up before the tests of a file, and takes them down after. `prepare` brings them where the tests
 * begin.
 */
export function setUpCeremonies(
  chainIds: readonly string[],
  prepare: (ground: CeremonyGround) => Promise<void> = async () => undefined,
): () => CeremonyGround {
  let ground: CeremonyGround & { close(): Promise<void> };
  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "wellspring-ceremony-"));
    const [port] = (await freePorts(1)) as [number];
    const keys = (["coordinator", "both"] as const).map((who) => adminKeyEntry(adminKeys[who], adminRoles[who]));
    const server = await startDevServer({
      port,
      networks: chainIds.map(networkFile),
      faucetMnemonic: await faucetMnemonic(dir),
      stateDir: join(dir, "worker"),
      settings: { ADMIN_KEYS: keys.join(","), LOG_KEY: logKey },
    });
    const pages = await openPages(server.url);
    ground = {
      url: server.url,
      ceremony: (chainId) => new CeremonyDesk(server.url, chainId),
      open: (size, chainId, { admin = false, ...options } = {}) =>
        pages.open(size, `/ceremony/${admin ? "admin/" : ""}?network=${chainId}`, options),
      close: async () => {
        await pages.close();
        await server.stop();
        rmSync(dir, { recursive: true, force: true });
      },
    };
    await prepare(ground);
  });
  afterAll(() => ground?.close());
  return () => ground;
}

/** Waits until the page knows how the ceremony stands. */
export async function known(page: Page): Promise<void> {
  await page.locator("#pill-word:not(:text('Looking'))").waitFor();
}

/** What a test has the page told. */
type ToldCeremony = {
  gentxs: { moniker: string; power: string; operator: string }[];
  parameters: { closesAt: string };
  verifierKey: string;
  phase: string;
};

/** Changes what the deployment answers on a path. The page asks again and again, also while a test ends. */
export async function alter<T>(page: Page, path: RegExp, change: (json: T) => void): Promise<void> {
  await page.route(path, async (route) => {
    try {
      const answer = await route.fetch();
      const json = (await answer.json()) as T;
      change(json);
      await route.fulfill({ response: answer, json });
    } catch (error) {
      // What was on its way when the page was closed is nobody's.
      if (!/disposed|closed/i.test(String(error))) throw error;
    }
  });
}

/** Has the page told something else of the ceremony than what is true. */
export async function tell(page: Page, change: (view: ToldCeremony) => void): Promise<void> {
  await alter(page, /\/ceremony\?unbegun=empty$/, change);
  await page.reload();
  await known(page);
}

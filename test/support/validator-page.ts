import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { startDevServer } from "../../sandbox/dev-server.ts";
import { adminKeyEntry } from "../../sandbox/operator/admin-key.ts";
import { faucetMnemonic } from "../../sandbox/state-dir.ts";
import { freePorts } from "../devnet/ports.ts";
import { byWallet } from "../genesis/attest/words.ts";
import { account } from "../genesis/gentxs.ts";
import { adminKeys, adminRoles } from "./admin-keys.ts";
import { CeremonyDesk } from "./ceremony-desk.ts";
import { ceremonyNetwork, logKey, signUp } from "./ceremony-network.ts";
import { openPages, type Watched } from "./page-ground.ts";
import { profileOf, proofOf } from "./registrations.ts";

/** The network of these pages' tests; `none-1` has no sign-up. */
export const chainId = "paw-signup-1";

const plain = ceremonyNetwork(chainId);
const network = {
  ...plain,
  ...signUp({ faucetGrant: true, writesPerDay: 1000 }),
  faucet: { ...plain.faucet, enabled: true },
  wallet: {
    rpc: "https://rpc.paw.example",
    rest: "https://rest.paw.example",
  },
};
const { ceremony: _, ...none } = ceremonyNetwork("none-1");

type Size = { width: number; height: number };
type Changes = Parameters<typeof profileOf>[1];

/** A network whose validators sign up, and a browser before it. */
export type SignUpGround = {
  readonly url: string;
  readonly ceremony: CeremonyDesk;
  /** Opens a page of the network. `query` begins with an ampersand. */
  open(size: Size, path: string, query?: string, options?: BrowserContextOptions): Promise<Watched>;
  /** Registers an operator over HTTP. */
  register(number: number, changes?: Changes, contact?: string): Promise<void>;
  /** An operator's private contact, as a coordinator reads it. */
  contact(number: number): Promise<string | null>;
  /** Approves or rejects an operator at the revision that stands. */
  review(number: number, verdict: object & { reason?: string }): Promise<void>;
};

/** Sets it up before the tests of a file, brings it where they begin, and takes it down after. */
export function setUpSignUp(prepare: (ground: SignUpGround) => Promise<void>): () => SignUpGround {
  let ground: SignUpGround & { close(): Promise<void> };
  beforeAll(async () => {
    ground = await start();
    await prepare(ground);
  });
  afterAll(() => ground?.close());
  return () => ground;
}

async function start(): Promise<SignUpGround & { close(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), "wellspring-signup-"));
  const [port] = (await freePorts(1)) as [number];
  const keys = (["coordinator", "both", "viewer"] as const).map((who) =>
    adminKeyEntry(adminKeys[who], adminRoles[who]),
  );
  const server = await startDevServer({
    port,
    networks: [network, none],
    faucetMnemonic: await faucetMnemonic(dir),
    stateDir: join(dir, "worker"),
    settings: { ADMIN_KEYS: keys.join(","), LOG_KEY: logKey },
  });
  const pages = await openPages(server.url);
  return {
    url: server.url,
    ceremony: new CeremonyDesk(server.url, chainId),
    open: (size, path, query = "", options = {}) => pages.open(size, `${path}?network=${chainId}${query}`, options),
    register: (number, changes, contact) => register(server.url, number, changes, contact),
    contact: async (number) =>
      (await must<{ contact: string | null }>(`${adminOf(server.url, number)}/contact`, undefined, asCoordinator))
        .contact,
    review: (number, verdict) => review(server.url, number, verdict),
    close: async () => {
      await pages.close();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const asCoordinator = { authorization: `Bearer ${adminKeys.coordinator}` };
const adminOf = (url: string, number: number) =>
  `${url}/api/v1/admin/networks/${chainId}/validators/${account(number)}`;
const directory = (url: string) => `${url}/api/v1/networks/${chainId}/validators`;

async function register(url: string, number: number, changes: Changes = {}, contact?: string): Promise<void> {
  const content = { profile: profileOf(number, changes), ...(contact === undefined ? {} : { contact }) };
  const operator = account(number);
  const asked = { action: "register", operator, content };
  const { word } = await must<{ word: string }>(`${directory(url)}/challenges`, asked);
  await must(directory(url), { operator, content, proof: proofOf(word, number) });
}

async function review(url: string, number: number, verdict: object & { reason?: string }): Promise<void> {
  const { registered } = await must<{ registered: { rev: number } }>(`${directory(url)}/${account(number)}`);
  const act = verdict.reason === undefined ? "approval" : "rejection";
  await must(`${adminOf(url, number)}/${act}`, { rev: registered.rev, ...verdict }, asCoordinator);
}

async function must<T>(url: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(url, { ...sent, headers });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/**
 * Puts a window.keplr into the page that holds an operator's key and really signs, outside of the page. `key`: another
 * account's key, for a wallet that signs wrongly; null: it says no.
 */
export async function installWallet(page: Page, number: number, key: number | null = number): Promise<void> {
  await page.exposeFunction("walletSign", (text: string) => {
    if (key === null) throw new Error("Request rejected");
    return byWallet(text, number, key);
  });
  await page.addInitScript((address) => {
    const outside = globalThis as unknown as {
      walletSign(text: string): Promise<{ pubKey: string; signature: string }>;
      suggested?: unknown;
    };
    Object.assign(globalThis, {
      keplr: {
        enable: async () => undefined,
        experimentalSuggestChain: async (chain: unknown) => {
          outside.suggested = chain;
        },
        getKey: async () => ({ bech32Address: address }),
        signArbitrary: async (_chain: string, _signer: string, text: string) => {
          const { pubKey, signature } = await outside.walletSign(text);
          return { pub_key: { type: "tendermint/PubKeySecp256k1", value: pubKey }, signature };
        },
      },
    });
  }, account(number));
  await page.reload();
}

/** Waits until a page knows its network. */
export async function known(page: Page): Promise<void> {
  await page.locator('#pill:not([data-kind="waiting"])').waitFor();
}

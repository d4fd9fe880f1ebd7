import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { alter, type CeremonyGround, known, setUpCeremonies, tell } from "../support/ceremony-page.ts";
import { browserless, look, sizes } from "../support/page-ground.ts";

const chainIds = ["none-1", "draft-1", "empty-1", "new-1", "full-1", "sealed-1", "attesting-1", "aborted-1"] as const;

/** Brings each ceremony to where its states are looked at. */
async function prepare({ ceremony }: CeremonyGround): Promise<void> {
  await ceremony("draft-1").begin();
  for (const chainId of ["empty-1", "new-1"]) await ceremony(chainId).collect();
  for (const chainId of ["full-1", "sealed-1", "attesting-1"]) {
    const made = ceremony(chainId);
    await made.collect();
    await made.handIn(...[1, 2, 3, 4, 5, 6].map((number) => made.gentx(number)));
  }
  await ceremony("sealed-1").seal();
  const attesting = ceremony("attesting-1");
  await attesting.seal();
  await attesting.act("carl", { kind: "move", to: "attesting" });
  for (const number of [1, 3]) await attesting.attest(number);
  const aborted = ceremony("aborted-1");
  await aborted.begin();
  for (const who of ["carl", "bea"] as const) await aborted.act(who, { kind: "abort", reason: "a rehearsal" });
}

/** One state of the page: whose, how it comes about, and the words by which it is known. */
type State = {
  readonly chainId: (typeof chainIds)[number];
  readonly act?: (page: Page, ground: CeremonyGround) => Promise<void>;
  readonly says: string | RegExp;
};

const paste = (page: Page, text: string) => page.getByLabel("Or paste its text").fill(text);
const answering = (page: Page, path: RegExp, status: number, json: object) =>
  page.route(path, (route) => route.fulfill({ status, json }));
const rebuild = (page: Page) => page.getByRole("button", { name: "Rebuild it here" }).click();

const missing = [{ operator: "paw1x", moniker: "elm", power: "660" }];
const seen = ["a", "b"].map((endpoint) => ({ endpoint, hash: "AB", chainId: "attesting-1", validatorsHash: "CD" }));
const forming = {
  state: "forming",
  height: 0,
  block1: { expectedValidatorsHash: "CD".repeat(32), proved: false, seen: [] as typeof seen },
  blocks: [] as object[],
  round: {
    height: 1,
    round: 4,
    prevoted: { power: "2", percent: 61.5 },
    precommitted: { power: "0", percent: 0 },
    missing,
  },
  endpoints: [
    { name: "rpc one", height: 0, why: null },
    { name: "rpc two", height: null, why: "timeout" },
  ],
};
const running = {
  ...forming,
  ...{ state: "running", height: 12, round: null, blocks: [{ height: 12, power: "3480", percent: 84.05, missing }] },
  block1: { ...forming.block1, proved: true, seen },
};

/** What is changed of a readiness. */
type Told = { silent: { operator: string }[]; hashes: object[] };

/** A launch that has come: this ground has no chain, test/chain has. */
async function launch(page: Page, json: object): Promise<void> {
  await answering(page, /\/launch$/, 200, json);
  await tell(page, (view) => {
    view.phase = "live";
  });
}

const states: Readonly<Record<string, State>> = {
  none: { chainId: "none-1", says: "No ceremony here" },
  draft: { chainId: "draft-1", says: "The coordinators prepare the base genesis" },
  empty: { chainId: "empty-1", says: "None has been handed in yet." },
  full: { chainId: "full-1", says: /6 stand, with .* of power in all/ },
  good: {
    chainId: "full-1",
    act: (page, { ceremony }) => paste(page, ceremony("full-1").gentx(7)),
    says: "It keeps every rule",
  },
  refused: {
    chainId: "full-1",
    act: (page, { ceremony }) =>
      paste(page, ceremony("full-1").gentx(7).replace('"moniker":"hazel"', '"moniker":"birch"')),
    says: "2 rules are broken",
  },
  "not-json": { chainId: "full-1", act: (page) => paste(page, "gentx, I hope"), says: "One rule is broken" },
  "handed-in": {
    chainId: "new-1",
    act: async (page, { ceremony }) => {
      // Once for each size: a gentx is taken only once, and one of an operator.
      const { gentxs } = await ceremony("new-1").view();
      await paste(page, ceremony("new-1").gentx(gentxs.length));
      await page.getByRole("button", { name: "Hand it in" }).click();
    },
    says: "Handed in",
  },
  "no-judge": {
    chainId: "full-1",
    act: async (page, { ceremony }) => {
      await page.context().route(/built\/judge\.js/, (route) => route.abort());
      await paste(page, ceremony("full-1").gentx(7));
    },
    says: "Not judged here",
  },
  busy: {
    chainId: "full-1",
    act: async (page, { ceremony }) => {
      await answering(page, /\/gentxs$/, 503, { title: "Ceremony busy", detail: "Too much came at once." });
      await paste(page, ceremony("full-1").gentx(7));
      await page.getByRole("button", { name: "Hand it in" }).click();
    },
    says: "Nothing is lost: press again.",
  },
  many: {
    chainId: "full-1",
    act: (page) =>
      tell(page, (view) => {
        const [one] = view.gentxs;
        const long = "A validator whose name takes up all the room that it is given, and more";
        view.gentxs = Array.from({ length: 120 }, (_, index) => ({
          ...one!,
          moniker: index % 7 === 0 ? long : `validator ${index}`,
          power: String(4_000_000_000_000_000_000n / BigInt(index + 1)),
        }));
      }),
    says: "Show all 120",
  },
  sealed: { chainId: "sealed-1", says: "Compare both hashes" },
  attesting: { chainId: "attesting-1", says: /^\d+\.\d+\s% of the power attested this genesis/ },
  split: {
    chainId: "attesting-1",
    act: async (page) => {
      await alter<Told>(page, /\/readiness$/, (json) => {
        const operators = json.silent.map(({ operator }) => operator);
        json.hashes.push({ sha256: "ab".repeat(32), power: "9", percent: 40.2, operators });
        Object.assign(json, { silent: [], deadlock: true });
      });
      await page.reload();
    },
    says: "A third or more of the power holds another file.",
  },
  forming: { chainId: "attesting-1", act: (page) => launch(page, forming), says: "validators find one another" },
  running: { chainId: "attesting-1", act: (page) => launch(page, running), says: /^of this genesis, by 2 endpoints$/ },
  "other-block": {
    chainId: "attesting-1",
    act: (page) => launch(page, { ...running, block1: { ...running.block1, proved: false } }),
    says: "The first block is not of the sealed genesis",
  },
  rebuilt: { chainId: "sealed-1", act: rebuild, says: "The same to the byte" },
  differs: {
    chainId: "sealed-1",
    act: async (page, { ceremony }) => {
      const body = Buffer.from(await ceremony("sealed-1").file("genesis.json"));
      body[200] = 0x2a;
      await page.context().route(/genesis\.json/, (route) => route.fulfill({ body }));
      await rebuild(page);
    },
    says: "The genesis differs",
  },
  aborted: { chainId: "aborted-1", says: "This ceremony ended without a launch" },
  offline: {
    chainId: "full-1",
    act: async (page) => {
      await known(page);
      await page.context().setOffline(true);
    },
    says: "This device is offline.",
  },
  fault: {
    chainId: "full-1",
    act: async (page) => {
      await answering(page, /\/ceremony\?unbegun=empty$/, 503, {
        title: "No answer",
        detail: "The ceremony did not answer.",
      });
      await page.reload();
    },
    says: "The page tries again by itself.",
  },
};

describe.skipIf(browserless)("every state of the ceremony's page", () => {
  const ground = setUpCeremonies(chainIds, prepare);

  describe.each(Object.entries(sizes))("on a %s", (device, size) => {
    it.each(Object.entries(states))(
      "%s: reads well, axe finds nothing, and nothing sticks out",
      async (name, { chainId, act, says }) => {
        const { page, wrong } = await ground().open(size, chainId);
        await known(page);
        await act?.(page, ground());
        await page.getByText(says).first().waitFor();
        await look(page, `ceremony-${device}-${name}`);
        expect(wrong).toEqual([]);
        await page.context().close();
      },
    );
  });
});

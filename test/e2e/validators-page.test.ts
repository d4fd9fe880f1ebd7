import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { account } from "../genesis/gentxs.ts";
import { adminKeys } from "../support/admin-keys.ts";
import { alter } from "../support/ceremony-page.ts";
import { browserless, desktop, look, phone, sizes } from "../support/page-ground.ts";
import { chainId, installWallet, known, setUpSignUp } from "../support/validator-page.ts";

const evil = `<img src=x onerror="window.planted = true">`;
const arabic = "مدقق $(id) `x`";
const one = (number: number) => `&operator=${account(number)}`;
const rows = (page: Page) => page.locator("#list-rows tr");

/** What a test has the page told of the directory. */
type Told = { validators: { moniker: string; operator: string }[]; nextCursor?: string };

/** For machines that do much at once. */
const slowly = { timeout: 20_000 };

describe.skipIf(browserless)("the directory of validators", () => {
  const ground = setUpSignUp(async (made) => {
    await made.ceremony.collect();
    await made.ceremony.handIn(made.ceremony.gentx(0), made.ceremony.gentx(5));
    await made.register(0, { moniker: "Alba", details: "Two nodes, one of them asleep." });
    await made.register(1, { moniker: evil, details: evil });
    await made.register(2, { moniker: arabic });
    await made.register(3, { moniker: "Rejected one" });
    await made.register(4, { moniker: "Waiting" }, "waiting on call");
    for (const number of [0, 1, 2]) await made.review(number, {});
    await made.review(3, { reason: "The website is not yours." });
  });

  describe.each(Object.entries(sizes))("on a %s", (device, size) => {
    it("lists everybody with where they stand, finds by name, and links the files for nodes", async () => {
      const { page, wrong } = await ground().open(size, "/validators/");
      await known(page);
      expect(await rows(page).count()).toBe(6);
      await look(page, `validators-${device}-list`);
      expect(await page.locator("#list-rows .state").allInnerTexts()).toEqual(
        expect.arrayContaining(["approved", "waits for review", "rejected", "only a gentx"]),
      );
      await page.getByLabel("Search by name or address").fill("ALB");
      await expect.poll(() => rows(page).count(), slowly).toBe(1);
      expect(await page.locator("#list-text").innerText()).toContain("1 of 6 match.");
      const guides = await page.getByRole("link", { name: "The guides of this network" }).getAttribute("href");
      expect((await fetch(ground().url + guides)).status).toBe(200);
      const href = await page.locator("#files a", { hasText: "peers.txt" }).getAttribute("href");
      expect(await (await fetch(ground().url + href)).text()).toContain("@9.9.0.9:26656");
      // By keyboard: the one that was found is the next stop.
      await page.getByLabel("Search by name or address").focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("#one-title", { hasText: "Alba" }).waitFor();
      expect(wrong).toEqual([]);
      await page.context().close();
    });

    it.each([
      ["en", "It is on another chain"],
      ["de", "Er ist auf einer anderen Kette"],
    ])("tells what was seen of one's node, in %s, and the far side's word as text alone", async (locale, words) => {
      const { page, wrong } = await ground().open(size, "/validators/", one(0), { locale });
      type Looked = { operator: string; peerLook: object };
      await alter<Looked>(page, new RegExp(`/validators/${account(0)}$`), (entry) => {
        entry.peerLook = { outcome: "other_chain", seen: evil, lookedAt: "2026-01-02T03:04:05.000Z" };
      });
      await page.reload();
      const facts = page.locator("#one-facts");
      await facts.locator("dd", { hasText: words }).waitFor();
      expect(await facts.innerText()).toContain(evil);
      expect(await facts.locator("img").count()).toBe(0);
      expect(await page.evaluate("window.planted")).toBeUndefined();
      await page.locator("#steps li").first().waitFor();
      expect(await page.locator("#steps li").nth(4).innerText()).toContain(
        locale === "de" ? "erreichbar" : "reachable",
      );
      await look(page, `validators-${device}-looked-${locale}`);
      expect(wrong).toEqual([]);
      await page.context().close();
    });

    it("tells what one has done and what is next, with the command, and copies that whole", async () => {
      const { page, wrong } = await ground().open(size, "/validators/", one(2), {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.locator("#steps li").first().waitFor();
      await look(page, `validators-${device}-one`);
      const states = await page
        .locator("#steps li")
        .evaluateAll((items) =>
          (items as unknown as { dataset: { state: string } }[]).map(({ dataset }) => dataset.state),
        );
      expect(states.slice(0, 4)).toEqual(["done", "done", "done", "open"]);
      const box = page.locator("#steps li", { hasText: "Gentx" }).first();
      await box.getByRole("button", { name: "Copy the command for: Gentx" }).click();
      await box.getByText("Copied").waitFor();
      const copied = await page.evaluate<string>("navigator.clipboard.readText()");
      expect(copied).toContain(`simd genesis gentx "$KEY"`);
      expect(copied).toContain(`'${arabic}'`);
      expect(wrong).toEqual([]);
      await page.context().close();
    });
  });

  it("what operators wrote is text and nothing else: no markup, no turned line, nothing unseen", async () => {
    const { page, wrong } = await ground().open(desktop, "/404");
    await alter<Told>(page, /\/validators$/, ({ validators }) => {
      for (const entry of validators) if (entry.moniker === "Alba") entry.moniker = "A\u202eb\u200bla";
    });
    await page.goto(`${ground().url}/validators/?network=${chainId}`);
    await known(page);
    expect(await page.locator("#list-rows bdi").allInnerTexts()).toEqual(
      expect.arrayContaining([evil, "A⟨U+202E⟩b⟨U+200B⟩la"]),
    );
    await page.goto(`${ground().url}/validators/?network=${chainId}${one(1)}`);
    await page.locator("#one-title", { hasText: evil }).waitFor();
    await page.locator("#steps pre").first().waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.evaluate<string>("String(window.planted)")).toBe("undefined");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("says why somebody was rejected, shows nothing of what they wrote, and offers a gentx its sign-up", async () => {
    const { page } = await ground().open(phone, "/validators/", one(3));
    await page.locator("#one-text", { hasText: "The website is not yours." }).waitFor();
    await page.locator("#steps pre").first().waitFor();
    expect(await page.locator("#one").innerText()).not.toContain("Rejected one");
    await page.goto(`${ground().url}/validators/?network=${chainId}${one(5)}`);
    await page.locator("#steps pre", { hasText: '"kind":"gentx"' }).waitFor();
    await look(page, "validators-phone-unregistered");
    await page.goto(`${ground().url}/validators/?network=${chainId}${one(9)}`);
    await page.getByText("Not in the directory").waitFor();
    await look(page, "validators-phone-unknown");
    await page.context().close();
  });

  it("gives the network to a wallet", async () => {
    const { page } = await ground().open(desktop, "/validators/");
    await installWallet(page, 0);
    await page.getByRole("button", { name: "Add to Keplr" }).click();
    await page.getByText("The wallet knows Test paw-signup-1 now.").waitFor();
    const told = await page.evaluate<{ chainId: string; rpc: string }>("window.suggested");
    expect(told).toMatchObject({ chainId, rpc: "https://rpc.paw.example" });
    await page.context().close();
  });

  it("reads a long directory to its end, and shows the rest when asked", async () => {
    const { page } = await ground().open(phone, "/404");
    let pages = 0;
    await page.route(/\/validators(\?cursor=\w+)?$/, async (route) => {
      pages += 1;
      const validators = Array.from({ length: 40 }, (_, at) => ({
        operator: `paw1${pages}x${at}`,
        valoper: `pawvaloper1${pages}x${at}`,
        moniker: `node ${pages}/${at}`,
        state: "approved",
        gentx: null,
      }));
      await route.fulfill({ json: { validators, gentxsKnown: false, ...(pages < 3 ? { nextCursor: "more" } : {}) } });
    });
    await page.goto(`${ground().url}/validators/?network=${chainId}`);
    await page.locator("#pill-word", { hasText: "120 validators" }).waitFor();
    expect(await rows(page).count()).toBe(50);
    expect(await page.locator("#list-text").innerText()).toContain("gentxs are missing");
    await page.getByRole("button", { name: "Show all 120" }).click();
    expect(await rows(page).count()).toBe(120);
    await page.context().close();
  });

  it("says that it loads, that nobody is there, that nobody answers, and that there is no sign-up", async () => {
    const { page } = await ground().open(phone, "/404");
    const open = (query: string) => page.goto(`${ground().url}/validators/?${query}`);
    await page.route(/\/validators$/, () => undefined as never);
    await open(`network=${chainId}`);
    await page.getByText("Loading the directory…").waitFor();
    await look(page, "validators-phone-loading");
    await page.unroute(/\/validators$/);
    await alter<Told>(page, /\/validators$/, (told) => {
      told.validators = [];
    });
    await open(`network=${chainId}`);
    await page.getByText("Nobody has signed up yet.").waitFor();
    await look(page, "validators-phone-empty");
    await open("network=none-1");
    await page.getByText("No sign-up here").waitFor();
    expect(await page.locator("#guides").isVisible()).toBe(false);
    await look(page, "validators-phone-none");
    await page.unroute(/\/validators$/);
    await open(`network=${chainId}`);
    await known(page);
    await page.context().setOffline(true);
    await page.locator("#pill-word", { hasText: "Offline" }).waitFor();
    expect(await rows(page).count()).toBe(6);
    await look(page, "validators-phone-offline");
    await page.context().close();
  });

  it("a coordinator approves with an allocation, hands one faucet code out, and rejects with a reason", async () => {
    const { page, wrong } = await ground().open(desktop, "/validators/admin/");
    await page.getByLabel("Your key").fill("wsa_eve_ZXZlLWV2ZS1ldmUtZXZlLWV2ZS1ldmUtZXZlLWV2ZS1ldmU");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.locator("#said-title", { hasText: "Not let in" }).waitFor();
    await page.getByLabel("Your key").fill(adminKeys.coordinator);
    await page.getByRole("button", { name: "Go on" }).click();
    const card = page.locator(`[data-operator="${account(4)}"]`);
    await card.waitFor();
    await card.getByRole("button", { name: "Private contact" }).click();
    await card.getByText("waiting on call").waitFor();
    await look(page, "review-desktop-pending");
    await card.getByLabel("Allocation in the genesis").fill("5 PAW");
    await card.getByRole("button", { name: "Approve: Waiting" }).click();
    await card.getByText("in digits alone").waitFor();
    await card.getByLabel("Allocation in the genesis").fill("5000000");
    await card.getByRole("button", { name: "Approve: Waiting" }).click();
    await page.locator("#said-title", { hasText: "Done" }).waitFor();
    await page.getByText("Nobody waits for review.").waitFor();
    await page.getByLabel("Which").selectOption("approved");
    await card.getByText("5 PAW").waitFor();
    // What operators call themselves is text on the desk too, in every button's name.
    const planted = page.locator(`[data-operator="${account(1)}"]`);
    expect(await planted.locator("h2").innerText()).toBe(evil);
    await planted.getByRole("button", { name: `Private contact: ${evil}` }).waitFor();
    expect([await page.locator("main img").count(), await page.evaluate<string>("String(window.planted)")]).toEqual([
      0,
      "undefined",
    ]);
    await card.getByRole("button", { name: "Faucet code" }).click();
    const code = await card.locator(".code code").innerText();
    expect(code).toMatch(/^[a-z0-9]{5}-[a-z0-9]{5}$/);
    await look(page, "review-desktop-code");
    await card.getByRole("button", { name: "Faucet code" }).click();
    await card.getByText(code).waitFor({ state: "detached" });
    expect(await card.locator(".answer").innerText()).not.toContain(code);
    await page.setViewportSize(phone);
    await page.getByRole("button", { name: "Reject: Waiting" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("Another has this node.");
    await look(page, "review-phone-reject");
    await page.locator("#confirm-do").click();
    await page.locator("#said-title", { hasText: "Done" }).waitFor();
    await page.getByLabel("Which").selectOption("rejected");
    await card.getByText("Another has this node.").waitFor();
    await look(page, "review-phone-rejected");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["desktop", desktop],
    ["phone", phone],
  ] as const)("the review is in German for who reads German, on a %s", async (device, size) => {
    const { page, wrong } = await ground().open(size, "/validators/admin/", "", { locale: "de-DE" });
    await page.getByLabel("Dein Schlüssel").fill(adminKeys.coordinator);
    await page.getByRole("button", { name: "Weiter" }).click();
    await page.getByLabel("Welche").selectOption("approved");
    await page.locator(".registration").first().getByText("Bewiesen durch").waitFor();
    await look(page, `review-${device}-german`);
    await page.goto(`${ground().url}/validators/?network=${chainId}&operator=${account(0)}`);
    await page.getByText("Die Koordination hat die Anmeldung angenommen.").waitFor();
    expect(await page.locator("#steps .evidence[lang=en]").count()).toBe(0);
    await look(page, `profile-${device}-german`);
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

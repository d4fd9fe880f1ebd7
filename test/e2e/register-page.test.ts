import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { proofChainId } from "../../genesis/proof/signed-tx.ts";
import { byBinary } from "../genesis/attest/words.ts";
import { account, consensusKey } from "../genesis/gentxs.ts";
import { browserless, desktop, focused, look, phone } from "../support/page-ground.ts";
import { chainId, installWallet, known, setUpSignUp } from "../support/validator-page.ts";

const says = (page: Page, title: string | RegExp) => page.locator("#panel-title", { hasText: title }).waitFor();
const choose = (page: Page, way: string) => page.locator(`#way input[value=${way}]`).check();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const handIn = "Sign with Keplr and hand it in";

/** Fills in what operator `number` says of themselves. */
async function fill(page: Page, number: number, moniker = `by page ${number}`): Promise<void> {
  await page.getByLabel("Operator's address").fill(account(number));
  await page.getByLabel("Name (moniker)").fill(moniker);
  await page.getByLabel("Website").fill(`https://page-${number}.example`);
  await page.getByLabel("Consensus key", { exact: true }).fill(String(consensusKey(number).key));
  await page.getByLabel("Node", { exact: true }).fill(`${String(number).padStart(40, "c")}@9.9.${number}.9:26656`);
  await page.getByLabel("Private contact", { exact: true }).fill(`page-${number} on call`);
  await page.getByLabel(/^My machine is as large/).check();
  await page.getByLabel(/^My consensus key is on one machine/).check();
}

/** Every request that the page sends, in order: `POST /validators`. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return sent;
}

/** For machines that do much at once. */
const slowly = { timeout: 20_000 };

describe.skipIf(browserless)("signing up as a validator", () => {
  const ground = setUpSignUp(async (made) => {
    await made.ceremony.collect();
    await made.ceremony.handIn(made.ceremony.gentx(3));
    await made.register(5, { moniker: "to amend" }, "the old contact");
    await made.register(6, { moniker: "to withdraw" });
    await made.register(7, { moniker: "again", region: "" });
  });
  const entry = async (number: number) =>
    (await (await fetch(`${ground().url}/api/v1/networks/${chainId}/validators/${account(number)}`)).json()) as {
      state: string;
      moniker: string;
      profile: Record<string, unknown> | null;
      registered: { proof: string; rev: number };
    };

  it.each([
    ["desktop", desktop, 0],
    ["phone", phone, 1],
  ] as const)("by a wallet, on a %s", async (device, size, number) => {
    const { page, wrong } = await ground().open(size, "/register/");
    await installWallet(page, number);
    await known(page);
    await press(page, "Fill from Keplr");
    expect(await page.getByLabel("Operator's address").inputValue()).toBe(account(number));
    await fill(page, number);
    await look(page, `register-${device}-filled`);
    await press(page, handIn);
    await says(page, "Registered");
    expect(await focused(page)).toBe("panel-title");
    await look(page, `register-${device}-done`);
    const { state, moniker, registered, profile } = await entry(number);
    expect({ state, moniker, proof: registered.proof }).toEqual({
      state: "pending",
      moniker: `by page ${number}`,
      proof: "adr036",
    });
    expect(profile).toMatchObject({ hardware: true, keySafety: true, seed: false, commission: null });
    expect(JSON.stringify(profile)).not.toContain("on call");
    await page.getByRole("link", { name: "To the profile" }).click();
    await page.locator("#one-title", { hasText: `by page ${number}` }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("by the chain's own binary: its commands hold the word, and what it signed is handed in", async () => {
    const { page, wrong } = await ground().open(phone, "/register/");
    await known(page);
    await choose(page, "binary");
    await fill(page, 2);
    await press(page, "Show what to sign");
    const commands = await page.locator("#commands pre").innerText();
    expect(await focused(page)).toBe("signing-title");
    expect(commands).toContain(`simd tx bank send ${account(2)} ${account(2)} 1upaw --note 'wellspring register `);
    expect(commands).toContain(
      `simd tx sign proof.json --from "$KEY" \${KEYRING:+--keyring-backend="$KEYRING"} --offline --account-number 0 --sequence 0 --chain-id ${proofChainId}`,
    );
    await look(page, "register-phone-binary");
    const [, word = ""] = /--note '([^']+)'/.exec(commands) ?? [];
    const { tx } = byBinary(word, 2) as { tx: string };
    await page.getByLabel("What signed.json holds").fill(tx.replace(word, word.replace("register", "withdraw")));
    await press(page, "Hand it in");
    await says(page, "This word is not taken");
    await look(page, "register-phone-refused");
    await page.getByLabel("What signed.json holds").fill(tx);
    await press(page, "Hand it in");
    await says(page, "Registered");
    expect((await entry(2)).registered.proof).toBe("tx");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("by the gentx that stands in the ceremony, or by a pasted one", async () => {
    const { page, wrong } = await ground().open(desktop, "/register/");
    await known(page);
    await choose(page, "gentx");
    await look(page, "register-desktop-gentx");
    await page.getByLabel("Operator's address").fill(account(3));
    await press(page, "Hand it in");
    await says(page, "Registered");
    expect((await entry(3)).registered.proof).toBe("gentx");
    await page.getByLabel("Operator's address").fill(account(4));
    await press(page, "Hand it in");
    await says(page, "No such gentx");
    await page.getByLabel("Or paste its text").fill(ground().ceremony.gentx(4));
    await press(page, "Hand it in");
    await says(page, "Registered");
    expect((await entry(4)).registered.proof).toBe("gentx");
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("sends nothing that breaks a rule, and says at the field what is wrong; what holds a secret goes nowhere", async () => {
    const { page, wrong } = await ground().open(phone, "/register/");
    await installWallet(page, 8);
    await known(page);
    const sent = sentBy(page);
    await press(page, handIn);
    await page.locator("#faults", { hasText: "Whose is it?" }).waitFor();
    expect(await focused(page)).toBe("operator");
    await page.getByLabel("Operator's address").fill(account(8));
    await page.getByLabel("Website").fill("ftp://nowhere");
    await page.getByLabel("Details").fill("é".repeat(141));
    await page.getByLabel("Node", { exact: true }).fill("10.0.0.1:26656");
    await page.getByLabel("Commission", { exact: true }).fill("5 %");
    await press(page, handIn);
    await page.locator("#moniker-hint.fault").waitFor();
    expect(await focused(page)).toBe("moniker");
    for (const [id, words] of [
      ["moniker", "is empty"],
      ["website", "no http or https URL"],
      ["details", "more than 280 bytes"],
      ["peer", "nodeid@host:port"],
      ["rate", "no share from 0 to 1"],
    ] as const)
      expect(await page.locator(`#${id}-hint`).innerText()).toContain(words);
    await look(page, "register-phone-faults");
    await fill(page, 8);
    await page.getByLabel("Commission", { exact: true }).fill("");
    await page.getByLabel("Details").fill(`${"abandon ".repeat(11)}about`);
    await press(page, handIn);
    await page.locator("#faults", { hasText: "a mnemonic" }).waitFor();
    await choose(page, "gentx");
    await page.getByLabel("Or paste its text").fill('{"priv_key": {"value": "c2VjcmV0"}}');
    await press(page, "Hand it in");
    await says(page, "That is a secret");
    expect(sent).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("says why when the wallet says no, signs with another key, or the operator is there already", async () => {
    const { page } = await ground().open(desktop, "/register/");
    await installWallet(page, 9, 8);
    await known(page);
    await fill(page, 9);
    await press(page, handIn);
    await says(page, "This word is not taken");
    await page.locator("#panel-failures li").first().waitFor();
    await page.context().close();
    const no = await ground().open(desktop, "/register/");
    await installWallet(no.page, 7, null);
    await known(no.page);
    await fill(no.page, 7);
    await press(no.page, handIn);
    await says(no.page, "No signature");
    await no.page.context().close();
    const twice = await ground().open(phone, "/register/");
    await installWallet(twice.page, 7);
    await known(twice.page);
    await fill(twice.page, 7);
    await press(twice.page, handIn);
    await says(twice.page, "Registered already");
    await twice.page.getByRole("link", { name: "To the profile" }).waitFor();
    await twice.page.context().close();
  });

  it("what stands is amended by proof, from the profile; a private contact stays unless it is erased", async () => {
    const { page, wrong } = await ground().open(phone, "/validators/", `&operator=${account(5)}`);
    await installWallet(page, 5);
    await page.getByRole("link", { name: "Amend" }).click();
    await page.locator("#moniker").and(page.locator(":not([value=''])")).waitFor();
    await expect.poll(() => page.getByLabel("Name (moniker)").inputValue(), slowly).toBe("to amend");
    expect(await page.getByLabel("Private contact", { exact: true }).inputValue()).toBe("");
    await look(page, "register-phone-amend");
    await page.getByLabel("Region").fill("somewhere else");
    await press(page, handIn);
    await says(page, "Amended");
    const { profile, registered } = await entry(5);
    expect(profile).toMatchObject({ moniker: "to amend", region: "somewhere else" });
    expect(registered.rev).toBe(2);
    expect(await ground().contact(5)).toBe("the old contact");
    await page.getByLabel("Erase the private contact").check();
    await press(page, handIn);
    await expect.poll(() => ground().contact(5), slowly).toBe(null);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("and withdrawn by proof: then the profile is gone", async () => {
    const { page, wrong } = await ground().open(desktop, "/validators/", `&operator=${account(6)}`);
    await installWallet(page, 6);
    await page.getByRole("link", { name: "Withdraw" }).click();
    await known(page);
    await page.getByLabel("Name (moniker)").waitFor({ state: "hidden" });
    await press(page, handIn);
    await says(page, "Withdrawn");
    expect(await entry(6)).toMatchObject({ state: "withdrawn", profile: null });
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("a line that was shown is worth nothing once the form says something else", async () => {
    const { page } = await ground().open(desktop, "/register/");
    await known(page);
    await choose(page, "binary");
    await fill(page, 10);
    await press(page, "Show what to sign");
    await page.locator("#commands pre").waitFor();
    await page.getByLabel("Region").fill("elsewhere");
    await page.locator("#signing").waitFor({ state: "hidden" });
    const sent = sentBy(page);
    await page.route("**/challenges", async (route) => {
      await page.getByLabel("Region").fill("elsewhere again");
      await route.continue();
    });
    await choose(page, "wallet");
    await press(page, handIn);
    await says(page, "What comes of it");
    expect(sent).toEqual([`POST /api/v1/networks/${chainId}/validators/challenges`]);
    await page.context().close();
  });

  it("is called off where the network has no sign-up, and waits where nobody answers; German is spoken", async () => {
    const { page } = await ground().open(phone, "/register/", "", { locale: "de-DE" });
    await known(page);
    await page.getByRole("heading", { name: "Einen Validator anmelden" }).waitFor();
    await look(page, "register-phone-german");
    await page.getByLabel("Adresse des Betreibers").fill(account(11));
    await page.getByLabel("Webseite").fill("gopher://x.example");
    await page.getByLabel("Knoten", { exact: true }).fill(`${"c".repeat(40)}@10.0.0.1:26656`);
    await page.getByRole("button", { name: "Mit Keplr signieren und einreichen" }).click();
    await page.getByText("Das geht nicht: es ist keine URL mit http oder https.").waitFor();
    await page.getByText("Das geht nicht: das ist eine private oder reservierte Adresse.").waitFor();
    await page.getByText("Das geht nicht: es ist leer.").waitFor();
    await look(page, "register-phone-german-faults");
    await page.getByLabel("Netz", { exact: true }).selectOption("none-1");
    await page.getByText("Hier keine Anmeldung").waitFor();
    expect(await page.locator("#submit").getAttribute("aria-disabled")).toBe("true");
    await page.getByLabel("Netz", { exact: true }).selectOption(chainId);
    await known(page);
    await page.context().setOffline(true);
    await page.locator("#way input[value=gentx]").check();
    await page.locator("#operator").fill(account(11));
    await page.getByRole("button", { name: "Einreichen" }).click();
    await says(page, "Keine Verbindung");
    await page.context().close();
  });
});

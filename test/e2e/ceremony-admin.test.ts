import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { writeBech32 } from "../../genesis/gentx/bech32.ts";
import { coordinatorKeys } from "../support/ceremony-desk.ts";
import { baseGenesis } from "../support/ceremony-network.ts";
import { setUpCeremonies } from "../support/ceremony-page.ts";
import { browserless, desktop, look, phone } from "../support/page-ground.ts";

const chainId = "paw-page-1";
const admin = { admin: true };

async function enter(page: Page, key: string): Promise<void> {
  await page.getByLabel("Your key").fill(key);
  await page.getByRole("button", { name: "Go on" }).click();
}

/** Waits for what the page says of the last act. */
const says = (page: Page, title: string) => page.locator("#said-title", { hasText: title }).waitFor();

/** Presses a button, gives a reason where one is asked for, and agrees. */
async function agree(page: Page, button: string, reason?: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  if (reason !== undefined) await dialog.getByLabel(/^Reason/).fill(reason);
  await dialog.locator("#confirm-do").click();
}

describe.skipIf(browserless)("the coordinators' page", () => {
  const ground = setUpCeremonies([chainId, "paw-other-1"]);
  const ceremony = () => ground().ceremony(chainId);

  it("lets nobody in without a coordinator's key, and keeps the key in the tab alone", async () => {
    const { page, wrong } = await ground().open(phone, chainId, admin);
    await enter(page, "wsa_eve_ZXZlLWV2ZS1ldmUtZXZlLWV2ZS1ldmUtZXZlLWV2ZS1ldmU");
    await says(page, "Not let in");
    expect(await page.getByLabel("Your key").inputValue()).toBe("");
    await enter(page, coordinatorKeys.carl);
    await page.getByText("Acting as carl").waitFor();
    await page.reload();
    await page.getByText("Acting as carl").waitFor();
    const stored = await page.evaluate<string>("JSON.stringify([localStorage, document.cookie, location.href])");
    expect(stored).not.toContain("wsa_");
    await page.getByRole("button", { name: "Forget the key" }).click();
    await page.getByLabel("Your key").waitFor();
    expect(await page.evaluate<number>("sessionStorage.length")).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("leads from the beginning to a seal that two coordinators have looked at", async () => {
    const { page, wrong } = await ground().open(desktop, chainId, admin);
    await enter(page, coordinatorKeys.carl);
    await page.getByRole("button", { name: "Begin the ceremony" }).click();
    await says(page, "Done");
    await page.getByLabel("Base genesis (JSON)").setInputFiles({
      name: "genesis.json",
      mimeType: "application/json",
      buffer: Buffer.from(baseGenesis(chainId)),
    });
    await page.getByRole("button", { name: "Send the base genesis" }).click();
    await page.locator("#said-text", { hasText: "Base genesis: act 1" }).waitFor();
    await look(page, "admin-desktop-draft");
    await page.getByLabel("Gate, in % of power").fill("90");
    await page.getByRole("button", { name: "Change what differs" }).click();
    await page.locator("#said-text", { hasText: "Change gatePercent" }).waitFor();
    expect((await ceremony().view()).parameters.gatePercent).toBe(90);
    await agree(page, "On to Accounts");
    await page.locator("#pill-word", { hasText: "Accounts" }).waitFor();
    await agree(page, "On to Gentxs");
    await page.locator("#pill-word", { hasText: "Gentxs" }).waitFor();
    await ceremony().handIn(...[0, 1, 2].map((number) => ceremony().gentx(number)));
    await page.reload();
    await agree(page, "Take out cedar", "asked for it");
    await page.locator("#said-text", { hasText: "Take out cedar: act" }).waitFor();
    expect((await ceremony().view()).gentxs).toHaveLength(2);
    await ceremony().close();
    await page.reload();
    await page.getByRole("button", { name: "Look at it" }).click();
    await page.locator("#seal-hash code").waitFor();
    const hash = await page.locator("#seal-hash code").innerText();
    await look(page, "admin-desktop-seal");
    await agree(page, "Seal this hash");
    await says(page, "Waiting for the second coordinator");
    expect(await page.locator("#said-text").innerText()).toContain("asked for by carl");
    await look(page, "admin-desktop-waiting");
    expect((await ceremony().view()).phase).toBe("collecting");

    const second = await ground().open(phone, chainId, admin);
    await enter(second.page, coordinatorKeys.bea);
    await second.page.locator("#state", { hasText: "Waits for another" }).waitFor();
    await second.page.getByRole("button", { name: "Look at it" }).click();
    await second.page.locator("#seal-hash", { hasText: hash }).waitFor();
    await look(second.page, "admin-phone-seal");
    await agree(second.page, "Seal this hash");
    await says(second.page, "Done");
    expect(await ceremony().view()).toMatchObject({ phase: "sealed", seals: [{ sha256: hash }] });
    await second.page.locator("#audit-rows", { hasText: "seal" }).waitFor();
    await look(second.page, "admin-phone-sealed");
    expect([...wrong, ...second.wrong]).toEqual([]);
    await page.context().close();
    await second.page.context().close();
  });

  it("asks for a reason before it goes back, and says what the ceremony refuses", async () => {
    const { page } = await ground().open(desktop, chainId, admin);
    await enter(page, coordinatorKeys.carl);
    await page.getByRole("button", { name: "Back to Gentxs" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("#confirm-do").click();
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await agree(page, "Back to Gentxs", "a key was lost");
    await says(page, "Waiting for the second coordinator");
    expect((await ceremony().view()).phase).toBe("sealed");
    await page.context().close();
  });

  it("takes allocations as CSV, names the line that is wrong, and reads a time as UTC or not at all", async () => {
    const other = ground().ceremony("paw-other-1");
    await other.begin();
    const { page } = await ground().open(phone, "paw-other-1", admin);
    await look(page, "admin-phone-key");
    await enter(page, coordinatorKeys.carl);
    const send = async (text: string) => {
      const file = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
      await page.getByLabel("Allocations (CSV or JSON)").setInputFiles(file);
      await page.getByRole("button", { name: "Send the allocations" }).click();
    };
    await send("address,amount\nnobody,5\n");
    await says(page, "The parts make no genesis");
    expect(await page.locator("#said-text").innerText()).toContain("line 2");
    await send(`address,amount\n${writeBech32("paw", new Uint8Array(20).fill(7))},5000000\n`);
    await page.locator("#state", { hasText: "Accounts: 1" }).waitFor();
    const time = page.getByLabel("Genesis time (UTC)");
    await time.fill("31/01/2099 3 pm");
    await page.getByRole("button", { name: "Change what differs" }).click();
    await page.locator("#said-text", { hasText: "Genesis time (UTC): write it as" }).waitFor();
    await time.fill("2099-01-31 15:00");
    await page.getByRole("button", { name: "Change what differs" }).click();
    await page.locator("#said-text", { hasText: "Change genesisTime: act" }).waitFor();
    expect((await other.view()).parameters).toMatchObject({ genesisTime: "2099-01-31T15:00:00.000Z" });
    await page.getByRole("button", { name: "Abort the ceremony" }).click();
    await look(page, "admin-phone-dialog");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await look(page, "admin-phone-draft");
    await page.context().close();
  });

  it("speaks German, with what the ceremony's rules forbid", async () => {
    const german = { admin: true, locale: "de-DE" };
    const { page, wrong } = await ground().open(desktop, "paw-other-1", german);
    await page.getByLabel("Dein Schlüssel").fill(coordinatorKeys.carl);
    await page.getByRole("button", { name: "Weiter" }).click();
    await page.getByText("Du handelst als carl").waitFor();
    await page.getByText("Ansehen und ändern").waitFor();
    await look(page, "admin-desktop-german");
    await page.setViewportSize(phone);
    await look(page, "admin-phone-german");
    await page.getByRole("button", { name: "Weiter zu: Konten" }).click();
    await page.getByRole("dialog").getByText("Gentxs werden noch nicht angenommen").waitFor();
    await look(page, "admin-phone-german-dialog");
    // Somebody was faster.
    await ground().ceremony("paw-other-1").act("bea", { kind: "move", to: "accounts" });
    await page.locator("#confirm-do").click();
    await says(page, "Die Zeremonie lässt es nicht zu");
    expect(await page.locator("#said-text").innerText()).toContain("Von „Konten“ führt kein Weg zu „Konten“.");
    await page.getByLabel("Zuteilungen (CSV oder JSON)").setInputFiles({
      name: "list.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("address,amount\nnobody,5\n"),
    });
    await page.getByRole("button", { name: "Die Zuteilungen senden" }).click();
    await says(page, "Daraus wird keine Genesis");
    expect(await page.locator("#said-text").innerText()).toContain("line 2");
    await look(page, "admin-phone-german-refused");
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

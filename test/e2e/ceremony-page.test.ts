import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../genesis/log/checkpoint.ts";
import { parseVerifierKey } from "../../genesis/log/key.ts";
import { verifyInclusion } from "../../genesis/log/proof.ts";
import { draft, edited } from "../genesis/gentxs.ts";
import type { CeremonyDesk } from "../support/ceremony-desk.ts";
import { known, setUpCeremonies, tell } from "../support/ceremony-page.ts";
import { browserless, desktop, focused, phone } from "../support/page-ground.ts";

const chainId = "paw-page-1";
const judged = (page: Page, kind: "paid" | "failed" | "notice") => page.locator(`#panel[data-kind=${kind}]`).waitFor();
const paste = (page: Page, text: string) => page.getByLabel("Or paste its text").fill(text);
const button = (page: Page) => page.locator("#submit");

/** Requests that carry something away from the browser. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(`${request.method()} ${request.url()}`));
  return sent;
}

describe.skipIf(browserless)("the ceremony's page, while gentxs are taken", () => {
  const ground = setUpCeremonies([chainId], async ({ ceremony }) => {
    const made = ceremony(chainId);
    await made.collect();
    await made.handIn(made.gentx(1), made.gentx(2));
  });
  const pageGentx: CeremonyDesk["gentx"] = (number, bend) => ground().ceremony(chainId).gentx(number, bend);

  it("judges a gentx in the browser: every broken rule is named with its remedy, and nothing is sent", async () => {
    const { page, wrong } = await ground().open(phone, chainId);
    const sent = sentBy(page);
    await known(page);
    await paste(
      page,
      edited(pageGentx(0), ({ body }) => {
        body.messages[0]!.description.moniker = "birch";
        body.messages[0]!.commission.rate = "0.9";
      }),
    );
    await judged(page, "failed");
    const rules = await page.locator("#panel-failures .rule").allInnerTexts();
    expect(rules).toEqual(expect.arrayContaining(["signature", "commission", "moniker"]));
    expect(await page.locator("#panel-failures .remedy").count()).toBe(rules.length);
    expect(await button(page).getAttribute("aria-disabled")).toBe("true");
    await button(page).click({ force: true });
    await page.waitForTimeout(300);
    expect(sent).toEqual([]);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("shuts the button at the first keystroke: what is handed in is what was judged, and what lies there", async () => {
    const { page } = await ground().open(desktop, chainId);
    await known(page);
    await paste(page, pageGentx(8));
    await judged(page, "paid");
    expect(await button(page).getAttribute("aria-disabled")).toBe("false");
    await page.getByLabel("Or paste its text").press("End");
    await page.keyboard.type(" ");
    expect(await button(page).getAttribute("aria-disabled")).toBe("true");
    await judged(page, "paid");
    expect(await button(page).getAttribute("aria-disabled")).toBe("false");
    await page.context().close();
  });

  it("judges by what the base genesis and the others say: a balance too small, a consensus key that is taken", async () => {
    const { page } = await ground().open(desktop, chainId);
    await known(page);
    await paste(
      page,
      pageGentx(0, (message) => {
        message.value.amount = "2000000000";
        message.pubkey = draft(1).body.messages[0]!.pubkey;
      }),
    );
    await judged(page, "failed");
    const rules = await page.locator("#panel-failures .rule").allInnerTexts();
    expect(rules).toEqual(expect.arrayContaining(["balance", "duplicate-consensus-key"]));
    await page.context().close();
  });

  it("finds a mnemonic in a file before anything leaves the browser, and shows none of it", async () => {
    const { page } = await ground().open(desktop, chainId);
    const sent = sentBy(page);
    await known(page);
    const words = `${"abandon ".repeat(11)}about`;
    await page.getByLabel(/^Drop the file/).setInputFiles({
      name: "gentx.json",
      mimeType: "application/json",
      buffer: Buffer.from(pageGentx(0).replace('"details":""', `"details":"${words}"`)),
    });
    await judged(page, "failed");
    expect(await page.locator("#panel-failures .rule").allInnerTexts()).toEqual(["secret"]);
    expect(await page.locator("body").innerText()).not.toContain("abandon");
    expect(sent).toEqual([]);
    await page.context().close();
  });

  it("takes a file that is dropped, hands it in, and gives a receipt that proves it", async () => {
    const { page, wrong } = await ground().open(desktop, chainId);
    await known(page);
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(pageGentx(0))}], "gentx-alder.json", { type: "application/json" }));
      document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`);
    await judged(page, "paid");
    expect(await page.locator("#gentx-name").innerText()).toContain("gentx-alder.json");
    await page.getByRole("button", { name: "Hand it in" }).click();
    await page.locator("#panel-title", { hasText: "Handed in" }).waitFor();
    expect(await focused(page)).toBe("panel-title");
    await page.locator("#gentxs-rows", { hasText: "alder" }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /^Download the receipt/ }).click();
    const file = join(mkdtempSync(join(tmpdir(), "receipt-")), "receipt.json");
    await (await download).saveAs(file);
    const { verifierKey, receipt, operator } = JSON.parse(readFileSync(file, "utf8"));
    const key = parseVerifierKey(verifierKey)!;
    const checkpoint = openCheckpoint(new TextEncoder().encode(receipt.checkpoint), key);
    if (typeof checkpoint === "string") throw new Error(checkpoint);
    const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
    const leaf = { index: receipt.index, leaf: bytes(receipt.leafHash), ...checkpoint };
    expect(verifyInclusion(receipt.inclusion.map(bytes), leaf)).toBe(true);
    const { gentxs } = await ground().ceremony(chainId).view();
    expect(gentxs.map((gentx) => gentx.operator)).toContain(operator);
    await page.reload();
    await page.getByText("alder, act").waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("asks again when the answer to a hand-in is lost, and gets its receipt", async () => {
    const { page } = await ground().open(phone, chainId);
    await known(page);
    let sent = 0;
    await page.route("**/ceremony/gentxs", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await paste(page, pageGentx(3));
    await judged(page, "paid");
    await button(page).click();
    await page.locator("#panel-title", { hasText: "Handed in" }).waitFor();
    await page.context().close();
  });

  it("says before the click that a gentx stands already, and that another one takes its place", async () => {
    const { page } = await ground().open(phone, chainId);
    await known(page);
    await paste(page, pageGentx(1));
    await page.getByRole("button", { name: "Get its receipt again" }).click();
    await page.getByText(/^birch, act \d+, stands$/).waitFor();
    const other = pageGentx(1, (message) => {
      message.description.details = "with a new host";
    });
    await paste(page, other);
    await page.getByRole("button", { name: "Replace my gentx" }).click();
    await page.locator("#panel-title", { hasText: "Handed in" }).waitFor();
    await page.getByText(/^birch, act \d+, replaced or withdrawn$/).waitFor();
    await page.context().close();
  });

  it("tells an operator who is not on the list so, before anything is sent", async () => {
    const { page } = await ground().open(phone, chainId);
    const sent = sentBy(page);
    await tell(page, (view) => {
      Object.assign(view.parameters, { intake: "allowlist", allowlist: [view.gentxs[0]!.operator] });
    });
    await paste(page, pageGentx(9));
    await page.locator("#panel-title", { hasText: "Not on the list" }).waitFor();
    await button(page).click({ force: true });
    await page.waitForTimeout(300);
    expect(sent).toEqual([]);
    await page.context().close();
  });

  it("shows what the server refuses, also where the browser saw nothing wrong", async () => {
    const { page } = await ground().open(desktop, chainId);
    await known(page);
    await paste(page, pageGentx(4));
    await judged(page, "paid");
    await page.route("**/ceremony/gentxs", (route) =>
      route.fulfill({
        status: 422,
        json: {
          title: "Gentx refused",
          detail: "It breaks rules.",
          code: "gentx_refused",
          failures: [{ rule: "moniker", message: "it was taken a second ago", remedy: "Choose another." }],
          warnings: [],
        },
      }),
    );
    await button(page).click();
    await page.getByText("it was taken a second ago").waitFor();
    await page.context().close();
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await ground().open(desktop, chainId);
    await known(page);
    const tabTo = async (id: string) => {
      for (let tabs = 0; (await focused(page)) !== id && tabs < 14; tabs += 1) await page.keyboard.press("Tab");
      expect(await focused(page)).toBe(id);
    };
    await tabTo("gentx-text");
    await page.keyboard.insertText(pageGentx(5));
    await judged(page, "paid");
    await tabTo("submit");
    await page.keyboard.press("Enter");
    await page.locator("#panel-title", { hasText: "Handed in" }).waitFor();
    await page.context().close();
  });

  it("shows a stored text as text: no markup, nothing that turns or hides what stands around it", async () => {
    const { page, wrong } = await ground().open(desktop, chainId);
    await tell(page, (view) => {
      view.gentxs[0]!.moniker = "<img src=x onerror=alert(1)>\u202egnp.\u2066exe";
    });
    const cell = page.locator("#gentxs-rows bdi", { hasText: "<img src=x" });
    await cell.waitFor();
    expect(await cell.innerText()).toBe("<img src=x onerror=alert(1)>⟨U+202E⟩gnp.⟨U+2066⟩exe");
    expect(await page.locator("#gentxs img").count()).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("counts down in UTC and by the reader's own clock, and shuts the button when the time is over", async () => {
    const { page } = await ground().open(phone, chainId, { timezoneId: "Asia/Kathmandu" });
    const soon = new Date(Date.now() + 6_000).toISOString();
    await tell(page, (view) => {
      view.parameters.closesAt = soon;
    });
    await paste(page, pageGentx(6));
    expect(await page.locator("#moment").innerText()).toMatch(/until .* UTC[\s\S]*in \d s[\s\S]*GMT\+5:45/);
    await page.locator("#submit", { hasText: "Closed since" }).waitFor();
    expect(await page.locator("#moment-what").innerText()).toBe("It must be sealed by");
    await page.context().close();
  });

  it("rebuilds the log before anything is sealed", async () => {
    const { page, wrong } = await ground().open(phone, chainId);
    await known(page);
    await page.getByRole("button", { name: "Rebuild it here" }).click();
    await page.locator("#rebuild-title", { hasText: "The log is sound" }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(browserless)("the ceremony's page, once a genesis is sealed", () => {
  let sha256 = "";
  const ground = setUpCeremonies([chainId], async ({ ceremony }) => {
    const made = ceremony(chainId);
    await made.collect();
    await made.handIn(made.gentx(0), made.gentx(1), made.gentx(2));
    sha256 = await made.seal();
  });
  const ceremony = () => ground().ceremony(chainId);

  const rebuilt = async (page: Page) => {
    await page.getByRole("button", { name: "Rebuild it here" }).click();
    await page.locator("#rebuild-result:is([data-kind=paid], [data-kind=failed])").waitFor();
    return page.locator("#rebuild-result").innerText();
  };

  it("shows both hashes, gives the file, and takes no more gentxs", async () => {
    const { page } = await ground().open(phone, chainId);
    await known(page);
    const [made] = (await ceremony().view()).seals;
    expect(await page.locator("#genesis-facts").innerText()).toContain(sha256);
    expect(await page.locator("#genesis-facts").innerText()).toContain(made?.canonicalSha256);
    expect(await button(page).isVisible()).toBe(false);
    const href = await page.getByRole("link", { name: "Download genesis.json" }).getAttribute("href");
    const bytes = new Uint8Array(await (await fetch(ground().url + href)).arrayBuffer());
    expect(bytes.length).toBe(made?.size);
    await page.locator("#readiness-text", { hasText: /^0\s% of the power attested/ }).waitFor();
    await page.context().close();
  });

  it("shows who attested and whose node is ready, by power, and who was not heard of", async () => {
    await ceremony().act("carl", { kind: "move", to: "attesting" });
    await ceremony().attest(0, 5_000);
    const { page, wrong } = await ground().open(desktop, chainId);
    await known(page);
    await page.locator("#readiness-text", { hasText: /35\.71\s% of the power attested/ }).waitFor();
    expect(await page.locator("#readiness-text").innerText()).toMatch(/35\.71\s% say that their node took it/);
    const facts = await page.locator("#readiness-facts").innerText();
    expect(facts).toMatch(/Not heard of\s+birch, cedar/);
    expect(facts).toMatch(/Clocks that are off\s+alder/);
    expect(facts).toMatch(/Gate\s+shut: power is missing, the seal is too young/);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("rebuilds the genesis from the log alone, and finds it the same to the byte", async () => {
    const { page, wrong } = await ground().open(desktop, chainId);
    await known(page);
    const said = await rebuilt(page);
    expect(said).toContain("The same to the byte");
    expect(said).toContain(sha256);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("tells where a published file differs from what was rebuilt", async () => {
    const genuine = new TextDecoder().decode(await ceremony().file("genesis.json"));
    const body = genuine.replace(/("bond_denom": ?)"upaw"/, '$1"uevil"');
    expect(body).not.toBe(genuine);
    const { page } = await ground().open(phone, chainId);
    await page.context().route(/genesis\.json/, (route) => route.fulfill({ body }));
    await known(page);
    const said = await rebuilt(page);
    expect(said).toContain("The genesis differs");
    expect(said).toMatch(/byte \d+ differs .* at \/app_state\/staking\/params\/bond_denom/);
    await page.context().close();
  });

  it("names the file of the log that was tampered with", async () => {
    const [gentx] = (await ceremony().view()).gentxs;
    const { page } = await ground().open(desktop, chainId);
    const place = `**/log/content/${gentx?.sha256}`;
    await page.context().route(place, (route) => route.fulfill({ body: ceremony().gentx(7) }));
    await known(page);
    const said = await rebuilt(page);
    expect(said).toContain("The log is not sound");
    expect(said).toContain(`content/${gentx?.sha256}`);
    await page.context().close();
  });

  it("misses the act of a receipt that it keeps when the log no longer has it", async () => {
    const { page } = await ground().open(phone, chainId);
    await known(page);
    const { verifierKey } = await ceremony().view();
    const kept = (index: number, leafHash: string) => ({
      ...{ operator: "paw1x", moniker: "gone", power: "1", sha256: leafHash, verifierKey },
      receipt: { index, leafHash, inclusion: [], checkpoint: "" },
    });
    const own = (await (await fetch(`${ceremony().url}/log/receipts/4`)).json()) as { leafHash: string };
    const keep = async (...receipts: object[]) => {
      const text = JSON.stringify(JSON.stringify(receipts));
      await page.evaluate(`localStorage.setItem("wellspring.receipts.${chainId}", ${text})`);
      await page.reload();
      await known(page);
      return rebuilt(page);
    };
    expect(await keep(kept(4, own.leafHash))).toContain("The same to the byte");
    expect(await keep(kept(4, own.leafHash), kept(5, "ab".repeat(32)))).toContain("act 5: a receipt in this browser");
    await page.context().close();
  });

  it("remembers the log that it saw, and says so when a later one has another key", async () => {
    const { page } = await ground().open(desktop, chainId);
    await known(page);
    expect(await rebuilt(page)).toContain("The same to the byte");
    await tell(page, (view) => {
      view.verifierKey = view.verifierKey.replace(/^[^+]+/, "other.example");
    });
    expect(await rebuilt(page)).toContain("Another log");
    await page.context().close();
  });
});

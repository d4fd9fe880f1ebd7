import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { byWallet, nodeId } from "../genesis/attest/words.ts";
import { account } from "../genesis/gentxs.ts";
import { known, setUpCeremonies } from "../support/ceremony-page.ts";
import { browserless, desktop, phone } from "../support/page-ground.ts";

const chainId = "paw-attest-1";

/** Puts a window.keplr into the page that holds an operator's key and really signs, outside of the page. */
async function install(page: Page, number: number): Promise<void> {
  await page.exposeFunction("walletSign", (text: string) => byWallet(text, number));
  await page.addInitScript((address) => {
    const outside = globalThis as unknown as {
      walletSign(text: string): Promise<{ pubKey: string; signature: string }>;
    };
    Object.assign(globalThis, {
      keplr: {
        enable: async () => undefined,
        getKey: async () => ({ bech32Address: address }),
        signArbitrary: async (_chain: string, _signer: string, text: string) => {
          const { pubKey, signature } = await outside.walletSign(text);
          return { pub_key: { type: "tendermint/PubKeySecp256k1", value: pubKey }, signature };
        },
      },
    });
  }, account(number));
  await page.reload();
  await known(page);
}

describe.skipIf(browserless)("attesting in the browser", () => {
  const ground = setUpCeremonies([chainId], async ({ ceremony }) => {
    const made = ceremony(chainId);
    await made.collect();
    await made.handIn(made.gentx(0), made.gentx(1), made.gentx(2));
    await made.seal();
    await made.act("carl", { kind: "move", to: "attesting" });
  });
  const choose = (page: Page, text: string | Uint8Array) =>
    page.getByLabel("Your node's genesis.json").setInputFiles({
      name: "genesis.json",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
  const said = (page: Page, words: string | RegExp) => page.locator("#attest-result", { hasText: words }).waitFor();
  const sign = (page: Page) => page.getByRole("button", { name: "Sign with Keplr" }).click();

  it("signs that the file in hand is the sealed one, names the node, and the power is counted", async () => {
    const { page, wrong } = await ground().open(desktop, chainId);
    await install(page, 0);
    await choose(page, await ground().ceremony(chainId).file("genesis.json"));
    await page.getByLabel("Your node's id, if its beacons are to count").fill(nodeId(0));
    await sign(page);
    await said(page, /Attested.*leaf \d+ of the log/s);
    await page.locator("#readiness-text", { hasText: /^3[56]\.\d+\s% of the power attested/ }).waitFor();
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it("signs nothing for another file, nothing without one, and nothing for who is not in the genesis", async () => {
    const { page } = await ground().open(phone, chainId);
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    await install(page, 7);
    await sign(page);
    await said(page, "Which file?");
    await choose(page, "{}");
    await sign(page);
    await said(page, "Another file");
    await choose(page, await ground().ceremony(chainId).file("genesis.json"));
    await page.getByLabel("Your node's id, if its beacons are to count").fill("nonsense");
    await sign(page);
    await said(page, "Not a node's id");
    await page.getByLabel("Your node's id, if its beacons are to count").fill("");
    await sign(page);
    await said(page, "Not in this genesis");
    expect(sent).toEqual([]);
    await page.context().close();
  });
});

import { Secp256k1HdWallet } from "@cosmjs/amino";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { browserless, desktop, panelSays, phone, ready, setUpGround } from "../support/page-ground.ts";

const wallet = { rpc: "https://rpc.example", rest: "https://rest.example" };
const networks = [{ chainId: "sandbox-1", name: "Sandbox", more: { wallet } }];

/** A text as ADR-036 has it signed. Source: cosmos-sdk docs/architecture/adr-036-arbitrary-signature.md. */
const signDoc = (signer: string, text: string) => ({
  chain_id: "",
  account_number: "0",
  sequence: "0",
  fee: { gas: "0", amount: [] },
  msgs: [{ type: "sign/MsgSignData", value: { signer, data: Buffer.from(text).toString("base64") } }],
  memo: "",
});

describe.skipIf(browserless)("a wallet in the browser", () => {
  const ground = setUpGround(networks);
  let keys: Secp256k1HdWallet;
  let address: string;

  beforeAll(async () => {
    keys = await Secp256k1HdWallet.generate(12, { prefix: "sand" });
    address = (await keys.getAccounts())[0]?.address ?? "";
  });

  /** Puts a window.keplr into the page that really signs, outside of it; `says` answers instead of enable. */
  async function install(page: Page, says: string | null = null): Promise<string[]> {
    const asked: string[] = [];
    await page.exposeFunction("walletAsked", (what: string) => asked.push(what));
    await page.exposeFunction("walletAddress", () => address);
    await page.exposeFunction("walletSign", async (signer: string, text: string) => {
      const { signature } = await keys.signAmino(signer, signDoc(signer, text));
      return signature;
    });
    await page.addInitScript((refusal) => {
      const outside = globalThis as unknown as Record<string, (...words: unknown[]) => Promise<unknown>>;
      Object.assign(globalThis, {
        keplr: {
          experimentalSuggestChain: (info: unknown) => outside.walletAsked?.(JSON.stringify(info)),
          enable: async () => {
            if (refusal !== null) throw new Error(refusal);
          },
          getKey: async () => ({ bech32Address: await outside.walletAddress?.() }),
          signArbitrary: (_chainId: string, signer: string, text: string) => outside.walletSign?.(signer, text),
        },
      });
    }, says);
    await page.reload();
    await ready(page);
    return asked;
  }

  it("fills in the address, told the network's public endpoints, and the claim goes to it", async () => {
    const { page, wrong } = await ground().open(desktop);
    const asked = await install(page);
    await page.getByRole("button", { name: "Fill from Keplr" }).click();
    await expect.poll(() => page.getByLabel("Your address").inputValue()).toBe(address);
    expect(JSON.parse(asked[0] ?? "{}")).toMatchObject({
      chainId: "sandbox-1",
      rpc: wallet.rpc,
      bip44: { coinType: 118 },
      feeCurrencies: [{ coinMinimalDenom: "usand", gasPriceStep: { low: 0.001 } }],
    });
    await page.locator("#submit").click();
    await panelSays(page, "Paid");
    expect(ground().chain("sandbox-1").balanceOf(address, "usand")).toBe(1_000_000n);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["Request rejected", /You said no/],
    ["There is no modular chain info for sandbox-1", /does not know Sandbox/],
  ])("%s: says so in plain words and leaves the field alone", async (error, words) => {
    const { page } = await ground().open(phone);
    await install(page, error);
    await page.getByRole("button", { name: "Fill from Keplr" }).click();
    await page.locator("#address-hint", { hasText: words }).waitFor();
    expect(await page.getByLabel("Your address").inputValue()).toBe("");
    await page.context().close();
  });

  it("signs the faucet's text where a signature is the open way, and sends it with the claim", async () => {
    const { page } = await ground().open(desktop);
    await install(page);
    const text = `Wellspring asks for a signature\naddress: ${address}`;
    await page.route("**/eligibility?**", (route) =>
      route.fulfill({
        json: {
          eligible: true,
          drips: [{ denom: "usand", amount: "1000000" }],
          routes: [{ route: "signature", open: true, cheapest: true }],
          cheapest: "signature",
        },
      }),
    );
    await page.route("**/faucet/challenges", (route) =>
      route.fulfill({ status: 201, json: { kind: "signature", text, expiresAt: "2030-01-01T00:00:00Z" } }),
    );
    let sent: Record<string, unknown> = {};
    await page.route("**/faucet/claims", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      sent = route.request().postDataJSON();
      return route.fulfill({ status: 403, json: { code: "seen", title: "Seen", detail: "That is all." } });
    });
    await page.getByLabel("Your address").fill(address);
    await page.getByRole("button", { name: "Sign with Keplr for 1 SAND" }).click();
    await panelSays(page, "Seen");
    const { signature } = await keys.signAmino(address, signDoc(address, text));
    expect(sent).toMatchObject({
      address,
      signature: { text, pubKey: signature.pub_key.value, signature: signature.signature },
    });
    await page.context().close();
  });
});

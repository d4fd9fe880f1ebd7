import { Secp256k1HdWallet } from "@cosmjs/amino";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { browserless, desktop, panelSays, phone, ready, setUpGround } from "../support/page-ground.ts";

const wallet = { rpc: "https://rpc.example", rest: "https://rest.example" };
/** A signature stands for a puzzle only where clients have caps. */
const limits = { hourlyBudget: 1_000, client: { ipv4: 100, ipv6By64: 100, ipv6By56: 200, ipv6By48: 300 } };
const networks = [
  { chainId: "sandbox-1", name: "Sandbox", more: { wallet } },
  { chainId: "pow-1", name: "Puzzles", faucet: { challenge: "pow", limits } },
];

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

  it("signs the faucet's text in place of the puzzle, and is paid for it", async () => {
    const { page } = await ground().open(desktop, "/faucet/?network=pow-1");
    await install(page);
    const bodies: Record<string, unknown>[] = [];
    page.on("request", (request) => request.method() === "POST" && bodies.push(request.postDataJSON()));
    await page.getByLabel("Your address").fill(address);
    await page.getByRole("button", { name: "Sign with Keplr instead" }).click();
    await panelSays(page, "Paid");
    expect(bodies[0]).toEqual({ address, kind: "signature" });
    expect(bodies[1]).toMatchObject({ address, signature: { text: expect.stringContaining(address) } });
    expect(bodies[1]).not.toHaveProperty("challenge");
    expect(ground().chain("pow-1").balanceOf(address, "usand")).toBe(1_000_000n);
    await page.context().close();
  });
});

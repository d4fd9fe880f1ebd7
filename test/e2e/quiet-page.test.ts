import { describe, expect, it } from "vitest";
import { browserless, desktop, phone } from "../support/page-ground.ts";
import { setUpSignUp } from "../support/validator-page.ts";

/** Pages that a reader of a new deployment comes to, and what says that each has heard all that it asks for. */
const pages = [
  ["/", "#moment:not(:text('…'))"],
  ["/faucet/", "#faucet-pill:not([data-kind=waiting])"],
  ["/ceremony/", "#notice:visible"],
  ["/validators/", "#list-text"],
  ["/register/", "#pill:not([data-kind=waiting])"],
  ["/status/", "#pill:not([data-kind=waiting])"],
] as const;

describe.skipIf(browserless)("a network on which nothing has begun", () => {
  // Nobody signed up, no base genesis is there, and no node answers.
  const ground = setUpSignUp(async () => undefined);

  it.each(pages)("is shown at %s without an error in the browser's console", async (path, heard) => {
    const { page, wrong, errors } = await ground().open(desktop, path);
    await page.locator(heard).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect([wrong, errors]).toEqual([[], []]);
    await page.context().close();
  });

  it.each(["/validators/", "/register/", "/ceremony/", "/"])(
    "so is one at %s that holds no ceremony and whose validators don't sign up",
    async (path) => {
      const { page, wrong, errors } = await ground().open(phone, "/404");
      errors.length = 0;
      await page.goto(`${ground().url}${path}?network=none-1`);
      await page.locator("#name:text('Test none-1'), #notice:visible").first().waitFor();
      await page.waitForLoadState("networkidle");
      expect([wrong, errors]).toEqual([[], []]);
      await page.context().close();
    },
  );

  it("the ceremony's page notices by itself when the ceremony begins", async () => {
    const { page, errors } = await ground().open(desktop, "/ceremony/");
    await page.locator("#notice:visible").waitFor();
    expect(errors).toEqual([]);
    await ground().ceremony.collect();
    // It asks every few seconds.
    await page.locator("#notice").waitFor({ state: "hidden" });
    await page.locator("#pill:not([data-kind=waiting])").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

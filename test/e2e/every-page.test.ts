import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { root } from "../architecture/tree.ts";
import { browserless, desktop, phone, setUpGround } from "../support/page-ground.ts";

const site = join(root, "docs-site/public");

/** Every page that is served: the site's files, the API's own page, and what stands where nothing is. */
function everyPage(): string[] {
  const files = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
  const paths = files.map(
    (file) =>
      `/${file
        .replaceAll("\\", "/")
        .replace(/index\.html$/, "")
        .replace(/\.html$/, "")}`,
  );
  return [...paths, "/reference", "/nothing-is-here", "/docs/no-such-network/"].sort();
}

/** For a page for reading, a glance is enough: its states are looked at in the tests of its own. */
const patience = 240_000;

describe.skipIf(browserless)("every page, whichever there are", () => {
  const ground = setUpGround([{ chainId: "sandbox-1", name: "Sandbox" }]);

  it("comes with the whole policy and no cookie", async () => {
    const pages = everyPage();
    for (const place of ["/", "/register/", "/validators/admin/", "/ceremony/admin/", "/docs/", "/reference"])
      expect(pages).toContain(place);
    for (const path of pages) {
      const { headers, status } = await fetch(ground().url + path, { headers: { accept: "text/html" } });
      expect([path, status < 400 || /no-such|nothing|404/.test(path)]).toEqual([path, true]);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy, path).toMatch(/^default-src 'none';/);
      expect(policy, path).not.toMatch(/unsafe|https?:|\*|data:/);
      for (const rule of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"])
        expect(policy, path).toContain(rule);
      expect([path, headers.get("x-content-type-options"), headers.get("set-cookie")]).toEqual([path, "nosniff", null]);
    }
  });

  // Docs are all of one template: on a phone each is looked at, on a desktop those of docs-page.test.ts.
  it.each([
    ["desktop", desktop, "light", /^\/docs\/./],
    ["phone", phone, "dark", /^$/],
  ] as const)(
    "on a %s: axe finds nothing, nothing comes from elsewhere, nothing sticks out",
    async (_, size, colorScheme, left) => {
      const { page, wrong } = await ground().open(size, "/404", { colorScheme, reducedMotion: "reduce" });
      const faults: string[] = [];
      for (const path of everyPage().filter((one) => !left.test(one))) {
        await page.goto(ground().url + path, { waitUntil: "load" });
        await page.locator("main").first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const nodes = violations.flatMap(({ id, nodes: found }) =>
          found.map(({ html }) => `${id} ${html.slice(0, 200)}`),
        );
        const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
        if (overflow > 0) nodes.push(`sticks out by ${overflow}`);
        faults.push(...[...nodes, ...wrong.splice(0)].map((fault) => `${path}: ${fault}`));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    patience,
  );
});

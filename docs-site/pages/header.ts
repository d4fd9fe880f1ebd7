import { existsSync } from "node:fs";
import { join } from "node:path";

/** A page of the navigation. `folder`: below public/, where the file of a page that is made by hand lies. */
type Place = { readonly id: string; readonly href: string; readonly name: string; readonly folder?: string };

/** The whole navigation, in its order. One whose page isn't there yet isn't linked, so that no link leads nowhere. */
const places: readonly Place[] = [
  { id: "home", href: "/", name: "Home", folder: "" },
  { id: "faucet", href: "/faucet/", name: "Faucet", folder: "faucet" },
  { id: "ceremony", href: "/ceremony/", name: "Ceremony", folder: "ceremony" },
  { id: "validators", href: "/validators/", name: "Validators", folder: "validators" },
  { id: "status", href: "/status/", name: "Status", folder: "status" },
  { id: "docs", href: "/docs/", name: "Docs" },
  { id: "api", href: "/reference", name: "API" },
];

const site = join(import.meta.dirname, "../public");

/**
 * The header that each page of the site has. `here`: the id of the place that the page belongs to, or "" for none;
 * `exact`: it is that place's own page, not one below it.
 */
export function headerHtml(here: string, exact: boolean): string {
  const there = places.filter(({ folder }) => folder === undefined || existsSync(join(site, folder, "index.html")));
  const links = there.map(({ id, href, name }) => {
    const current = id === here ? ` aria-current="${exact ? "page" : "true"}"` : "";
    return `    <a href="${href}" data-place="${id}" data-text="nav.${id}"${current}>${name}</a>`;
  });
  return `<header class="top">
  <a class="brand" href="/"><img src="/favicon.svg" alt="" width="36" height="36">Wellspring</a>
  <nav aria-label="Pages" data-label="nav.pages">
${links.join("\n")}
  </nav>
  <button id="language" type="button" class="link" lang="de">Deutsch</button>
</header>`;
}

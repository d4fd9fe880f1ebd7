import { existsSync } from "node:fs";
import { join } from "node:path";
import { docsRoot, type Language, languageNames, siteText } from "./words.ts";

/** A page of the navigation. `folder`: below public/, where the file of a page that is made by hand lies. */
type Place = { readonly id: string; readonly href: string; readonly folder?: string };

/** The whole navigation, in its order. One whose page isn't there yet isn't linked, so that no link leads nowhere. */
const places: readonly Place[] = [
  { id: "home", href: "/", folder: "" },
  { id: "faucet", href: "/faucet/", folder: "faucet" },
  { id: "ceremony", href: "/ceremony/", folder: "ceremony" },
  { id: "validators", href: "/validators/", folder: "validators" },
  { id: "status", href: "/status/", folder: "status" },
  { id: "docs", href: "/docs/" },
  { id: "api", href: "/reference" },
];

const site = join(import.meta.dirname, "../public");

/**
 * The header that each page of the site has. `here`: the id of the place that the page belongs to, or "" for none;
 * `exact`: it is that place's own page, not one below it. `docs`: for a page of the docs, its language and where it
 * stands in the other one; without it the page is said, and changed, in the reader's language by a script.
 */
export function headerHtml(
  here: string,
  exact: boolean,
  docs?: { readonly language: Language; readonly other: string },
): string {
  const language = docs?.language ?? "en";
  const there = places.filter(({ folder }) => folder === undefined || existsSync(join(site, folder, "index.html")));
  const links = there.map(({ id, href }) => {
    const current = id === here ? ` aria-current="${exact ? "page" : "true"}"` : "";
    const to = id === "docs" ? docsRoot[language] : href;
    return `    <a href="${to}" data-place="${id}" data-text="nav.${id}"${current}>${siteText(language, `nav.${id}`)}</a>`;
  });
  return `<header class="top">
  <a class="brand" href="/"><img src="/favicon.svg" alt="" width="36" height="36">Wellspring</a>
  <nav aria-label="${siteText(language, "nav.pages")}" data-label="nav.pages">
${links.join("\n")}
  </nav>
  ${docs === undefined ? '<button id="language" type="button" class="link" lang="de">Deutsch</button>' : toOther(docs.language, docs.other)}
</header>`;
}

/** The same page in the other language: a link, which needs no script. */
function toOther(language: Language, href: string): string {
  const other = language === "en" ? "de" : "en";
  // Not <link> in the head: that one has to name the site's address, which nobody knows when this is built.
  return `<a id="language" class="ready" rel="alternate" href="${href}" hreflang="${other}" lang="${other}">${languageNames[other]}</a>`;
}

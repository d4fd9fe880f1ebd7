import { headerHtml } from "./header.ts";
import { escapeHtml, type Rendered } from "./render.ts";
import { docsRoot, type Language, words } from "./words.ts";

/** A link as a menu shows it, and the language of the page there. */
export type Link = { readonly href: string; readonly name: string; readonly language: Language };

/** The menu beside each page: groups of links under a name. */
export type Menu = readonly { readonly name: string; readonly links: readonly Link[] }[];

/** What stands around a page's text. */
export type Around = {
  readonly href: string;
  readonly language: Language;
  /** The page in the other language, or that one's front page. */
  readonly other: string;
  /** The network that the page is about; null: all of them. */
  readonly network: string | null;
  readonly menu: Menu;
  /** The files that the page's search looks through. */
  readonly indexes: readonly string[];
  readonly before: Link | null;
  readonly after: Link | null;
};

/** A whole page. Nothing in it is inline script or style: the site's policy allows neither. */
export function layout(page: Rendered, around: Around): string {
  const { href, network, language } = around;
  const say = words[language];
  const about = network === null ? page.title : `${page.title} · ${network}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f5f7f6" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#101715" media="(prefers-color-scheme: dark)">
<meta name="description" content="${escapeHtml(page.summary.slice(0, 200))}">
<title>${escapeHtml(about)} · Wellspring</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site.css">
<link rel="stylesheet" href="/docs.css">
<link rel="stylesheet" href="/drawn.css">
<script type="module" src="/docs.js"></script>
</head>
<body>
<a class="skip" href="#text">${say.toText}</a>
<div class="page docs">
${headerHtml("docs", href === docsRoot[language], around)}
<div class="shelf">
<nav class="menu" aria-label="${say.docs}">
${searchHtml(around)}
<details>
<summary>${say.allPages}</summary>
${menuHtml(around)}
</details>
</nav>
<main id="text">
${network === null ? "" : `<p class="about">${escapeHtml(network)}</p>\n`}${page.html}${turnHtml(around)}
</main>
</div>
<footer>
  <a href="${docsRoot[language]}">${say.allDocs}</a>
  <a href="/reference">API</a>
  <a href="/openapi.json">openapi.json</a>
</footer>
</div>
</body>
</html>
`;
}

/** A link; one that leads into another language than the page's says so. */
export function linkHtml({ href, name, language }: Link, own: Language, more = ""): string {
  if (language === own) return `<a href="${escapeHtml(href)}"${more}>${escapeHtml(name)}</a>`;
  const said = `<span lang="${language}">${escapeHtml(name)}</span> <small>${words[own].inEnglish}</small>`;
  return `<a href="${escapeHtml(href)}" hreflang="${language}"${more}>${said}</a>`;
}

/** The search, which a script shows: without one it could find nothing. Its place is kept, so that nothing moves then. */
function searchHtml({ indexes, language }: Around): string {
  const say = words[language];
  return `<form id="find-form" class="find" role="search" data-indexes="${escapeHtml(indexes.join(" "))}">
<label for="find">${say.search}</label>
<input id="find" type="search" autocomplete="off" spellcheck="false" maxlength="100">
<p id="find-said" class="hint" role="status"></p>
<ol id="found"></ol>
</form>`;
}

function menuHtml({ menu, href, language }: Around): string {
  const groups = menu.map(({ name, links }) => {
    const items = links.map((link) => {
      const current = link.href === href ? ' aria-current="page"' : "";
      return `<li>${linkHtml(link, language, current)}</li>`;
    });
    return `<p class="group">${escapeHtml(name)}</p>\n<ul>\n${items.join("\n")}\n</ul>`;
  });
  return groups.join("\n");
}

function turnHtml({ before, after, language }: Around): string {
  if (before === null && after === null) return "";
  const say = words[language];
  const back = before === null ? "<span></span>" : `<span>${say.before} ${linkHtml(before, language)}</span>`;
  const on = after === null ? "" : `<span>${say.after} ${linkHtml(after, language)}</span>`;
  return `<nav class="turn" aria-label="${say.order}">${back}${on}</nav>`;
}

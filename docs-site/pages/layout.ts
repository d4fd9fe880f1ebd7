import { headerHtml } from "./header.ts";
import { escapeHtml, type Rendered } from "./render.ts";

/** A link as a menu shows it. */
export type Link = { readonly href: string; readonly name: string };

/** The menu beside each page: groups of links under a name. */
export type Menu = readonly { readonly name: string; readonly links: readonly Link[] }[];

/** What stands around a page's text. */
export type Around = {
  readonly href: string;
  /** The network that the page is about; null: all of them. */
  readonly network: string | null;
  readonly menu: Menu;
  readonly before: Link | null;
  readonly after: Link | null;
};

/** A whole page. Nothing in it is inline script or style: the site's policy allows neither. */
export function layout(page: Rendered, around: Around): string {
  const { href, network } = around;
  const about = network === null ? page.title : `${page.title} · ${network}`;
  return `<!doctype html>
<html lang="en">
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
<body data-language="en">
<a class="skip" href="#text">To the text</a>
<div class="page docs">
${headerHtml("docs", href === "/docs/")}
<div class="shelf">
<nav class="menu" aria-label="Docs">
<details>
<summary>All pages</summary>
${menuHtml(around.menu, href)}
</details>
</nav>
<main id="text">
${network === null ? "" : `<p class="about">${escapeHtml(network)}</p>\n`}${page.html}${turnHtml(around)}
</main>
</div>
<footer>
  <a href="/docs/">All docs</a>
  <a href="/reference">API</a>
  <a href="/openapi.json">openapi.json</a>
</footer>
</div>
</body>
</html>
`;
}

function linkHtml({ href, name }: Link, more = ""): string {
  return `<a href="${escapeHtml(href)}"${more}>${escapeHtml(name)}</a>`;
}

function menuHtml(menu: Menu, here: string): string {
  const groups = menu.map(({ name, links }) => {
    const items = links.map((link) => `<li>${linkHtml(link, link.href === here ? ' aria-current="page"' : "")}</li>`);
    return `<p class="group">${escapeHtml(name)}</p>\n<ul>\n${items.join("\n")}\n</ul>`;
  });
  return groups.join("\n");
}

function turnHtml({ before, after }: Around): string {
  if (before === null && after === null) return "";
  const back = before === null ? "<span></span>" : `<span>Before: ${linkHtml(before)}</span>`;
  const on = after === null ? "" : `<span>Next: ${linkHtml(after)}</span>`;
  return `<nav class="turn" aria-label="Order">${back}${on}</nav>`;
}

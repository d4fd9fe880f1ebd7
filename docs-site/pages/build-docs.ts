import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Network, readNetwork } from "../../networks/schema.ts";
import { type Entry, guides, shared } from "./contents.ts";
import { type Facts, factsOf, fill, siteAddress } from "./facts.ts";
import { deploymentKit, nodeKit } from "./kits.ts";
import { type Around, type Link, layout, type Menu } from "./layout.ts";
import { escapeHtml, render, type Target } from "./render.ts";

const root = join(import.meta.dirname, "../..");

/** A network that has guides. */
type Shelf = { readonly network: Network; readonly facts: Facts; readonly base: string };

/**
 * Writes every page of the docs below a folder, which it empties first. Answers how many there are. `more`: a JSON array
 * of network files that lie in no folder, as the setting NETWORK_FILES has them; they come first.
 */
export function buildDocs(out: string, more = "[]"): number {
  const shelves = networks(more).flatMap((network) => {
    const facts = factsOf(network);
    return facts === null ? [] : [{ network, facts, base: `/docs/${network.chainId}/` }];
  });
  const pages = new Map<string, string>([["/docs/", front(shelves)]]);
  for (const shelf of shelves) shelfPages(shelf, shelves, pages);
  const entries = shared.flatMap((group) => group.entries);
  entries.forEach((entry, at) => {
    const around = { network: null, menu: menuOf(null, shelves), ...neighbours(entries, at, "/docs/") };
    pages.set(`/docs/${entry.path}/`, page(entry, null, around));
  });
  rmSync(out, { recursive: true, force: true });
  const put = (name: string, text: string) => {
    const file = join(out, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [href, html] of pages) put(join(href.slice("/docs/".length), "index.html"), html);
  for (const [name, text] of deploymentKit()) put(join("monitoring", name), text);
  for (const { network, facts } of shelves)
    for (const [name, text] of nodeKit(facts)) put(join(network.chainId, "monitoring", name), text);
  // For pages that ask which networks have guides.
  writeFileSync(
    join(out, "networks.json"),
    JSON.stringify({ networks: shelves.map(({ network }) => network.chainId) }),
  );
  return pages.size;
}

function networks(more: string): Network[] {
  const folder = join(root, "networks");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const contents: [string, unknown][] = [
    ...(JSON.parse(more) as unknown[]).map((content, at): [string, unknown] => [`NETWORK_FILES.${at}`, content]),
    ...files.map((name): [string, unknown] => [
      `networks/${name}`,
      JSON.parse(readFileSync(join(folder, name), "utf8")),
    ]),
  ];
  const read = contents.map(([source, content]) => readNetwork(source, content));
  return read.filter(({ chainId }, at) => read.findIndex((network) => network.chainId === chainId) === at);
}

function shelfPages(shelf: Shelf, shelves: readonly Shelf[], pages: Map<string, string>): void {
  const { network, base } = shelf;
  const menu = menuOf(shelf, shelves);
  const entries = guides.flatMap((group) => group.entries);
  entries.forEach((entry, at) => {
    const around = { network: network.name, menu, ...neighbours(entries, at, base) };
    pages.set(`${base}${entry.path}/`, page(entry, shelf, around));
  });
  const start = { path: "", source: "docs-site/guides/start.md", name: "Start" };
  const after = entries[0] === undefined ? null : linkOf(entries[0], base);
  pages.set(base, page(start, shelf, { href: base, network: network.name, menu, before: null, after }));
}

const linkOf = ({ path, name }: Entry, base: string): Link => ({ href: `${base}${path}/`, name });

function neighbours(entries: readonly Entry[], at: number, base: string): Pick<Around, "href" | "before" | "after"> {
  const [before, here, after] = [entries[at - 1], entries[at], entries[at + 1]];
  return {
    href: `${base}${here?.path}/`,
    before: before === undefined ? null : linkOf(before, base),
    after: after === undefined ? null : linkOf(after, base),
  };
}

function menuOf(shelf: Shelf | null, shelves: readonly Shelf[]): Menu {
  const groups = (list: typeof guides, base: string) =>
    list.map(({ name, entries }) => ({ name, links: entries.map((entry) => linkOf(entry, base)) }));
  const others = shelves.filter((other) => other !== shelf);
  const links = others.map(({ base, network }) => ({ href: base, name: network.name }));
  return [
    ...(shelf === null ? [] : groups(guides, shelf.base)),
    ...groups(shared, "/docs/"),
    ...(links.length === 0 ? [] : [{ name: "Networks", links }]),
  ];
}

function page(entry: Entry, shelf: Shelf | null, around: Around): string {
  const source = readFileSync(join(root, entry.source), "utf8");
  try {
    const text = shelf === null ? source : fill(source, shelf.facts);
    return layout(
      render(text, (href) => linkTo(href, entry, shelf)),
      around,
    );
  } catch (cause) {
    throw new Error(`${entry.source}: ${(cause as Error).message}`, { cause });
  }
}

/** Where a link of a source leads. Null: to a file that is read in the repository only. Throws when it leads nowhere. */
function linkTo(href: string, from: Entry, shelf: Shelf | null): Target | null {
  if (href.startsWith(`${siteAddress}/`)) return { href: href.slice(siteAddress.length) };
  if (/^(https:|#)/.test(href)) return { href };
  const [path = "", anchor] = href.split("#");
  const source = posix.join(posix.dirname(from.source), path);
  const end = anchor === undefined ? "" : `#${anchor}`;
  const named = (list: typeof guides) =>
    list.flatMap(({ entries }) => entries).find((entry) => entry.source === source);
  const common = named(shared);
  if (common !== undefined) return { href: `/docs/${common.path}/${end}`, name: common.name };
  const own = named(guides);
  if (own !== undefined && shelf !== null) return { href: `${shelf.base}${own.path}/${end}`, name: own.name };
  if (own === undefined && existsSync(join(root, source))) return null;
  throw new Error(`the link ${href} leads nowhere`);
}

function front(shelves: readonly Shelf[]): string {
  const cards = shelves.map(
    ({ base, network, facts: { words } }) =>
      `<li class="network" data-chain="${escapeHtml(network.chainId)}"><a class="network-name" href="${escapeHtml(base)}">${escapeHtml(network.name)}</a><br>` +
      `<code>${escapeHtml(network.chainId)}</code>, <code>${escapeHtml(words.binary ?? "")}</code>` +
      `<span class="not-here" hidden>, an example: this site doesn't serve it</span></li>`,
  );
  const lists = shared.map(({ name, entries }) => {
    const items = entries.map((entry) => linkOf(entry, "/docs/"));
    const html = items.map((link) => `<li><a href="${escapeHtml(link.href)}">${escapeHtml(link.name)}</a></li>`);
    return `<h2>${escapeHtml(name)}</h2>\n<ul>\n${html.join("\n")}\n</ul>`;
  });
  const summary = "How to run a node, become a validator and launch a network together.";
  const html = `<h1>Docs</h1>
<p class="lead">${summary}</p>
<h2>Choose your network</h2>
<ul class="networks">
${cards.join("\n")}
</ul>
${lists.join("\n")}
<h2>From code</h2>
<p>Everything here is an HTTP API: <a href="/reference">the reference</a>, <a href="/openapi.json">as OpenAPI</a>.</p>
`;
  const around = { href: "/docs/", network: null, menu: menuOf(null, shelves), before: null, after: null };
  return layout({ title: "Docs", summary, html }, around);
}

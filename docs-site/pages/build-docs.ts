import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Network, readNetwork } from "../../networks/schema.ts";
import { contents, type Entry, type Group, guideSource } from "./contents.ts";
import { type Facts, factsOf, fill, siteAddress } from "./facts.ts";
import { deploymentKit, nodeKit } from "./kits.ts";
import { type Around, type Link, layout, linkHtml, type Menu } from "./layout.ts";
import { escapeHtml, render, type Target } from "./render.ts";
import { type Part, partsOf } from "./search-index.ts";
import { docsRoot, type Language, words } from "./words.ts";

const root = join(import.meta.dirname, "../..");
const languages: readonly Language[] = ["en", "de"];

/** A network that has guides, in one language. */
type Shelf = { readonly network: Network; readonly facts: Facts; readonly base: string };
/** All that is made in one language. */
type House = { readonly language: Language; readonly shelves: readonly Shelf[] };

/**
 * Writes every page of the docs below a folder, and takes away what else lies there: last, since somebody may be reading.
 * Answers how many pages there are. `more`: a JSON array of network files that lie in no folder, as the setting
 * NETWORK_FILES has them; they come first.
 */
export function buildDocs(out: string, more = "[]"): number {
  const networks = readNetworks(more);
  const pages = new Map<string, string>();
  const indexes = new Map<string, Part[]>();
  const put: Put = (href, { html, parts }, base) => {
    // A network could be called as a page is, or as a language.
    if (pages.has(href)) throw new Error(`two pages at ${href}`);
    pages.set(href, html);
    indexes.set(base, [...(indexes.get(base) ?? []), ...parts]);
  };
  const houses = languages.map((language) => houseOf(language, networks));
  for (const house of houses) {
    const root = docsRoot[house.language];
    put(root, { html: front(house), parts: [] }, root);
    for (const shelf of house.shelves) putShelf(house, shelf, put);
    putShared(house, put);
  }
  // What is in English only is found in German too.
  const untold = (indexes.get(docsRoot.en) ?? []).filter(({ href }) => !pages.has(otherOf(href.split("#")[0] ?? "")));
  indexes.set(docsRoot.de, [...(indexes.get(docsRoot.de) ?? []), ...untold]);
  const written = new Set<string>();
  const write = (name: string, text: string) => {
    const file = join(out, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    written.add(file);
  };
  for (const [href, html] of pages) write(join(href.slice("/docs/".length), "index.html"), html);
  for (const [base, parts] of indexes) write(join(base.slice("/docs/".length), "search.json"), JSON.stringify(parts));
  for (const [name, text] of deploymentKit()) write(join("monitoring", name), text);
  // For pages that ask which networks have guides.
  const known = houses.flatMap(({ language, shelves }) => (language === "en" ? shelves : []));
  for (const { network, facts } of known)
    for (const [name, text] of nodeKit(facts)) write(join(network.chainId, "monitoring", name), text);
  write("networks.json", JSON.stringify({ networks: known.map(({ network }) => network.chainId) }));
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file)) rmSync(file);
  }
  return pages.size;
}

function readNetworks(more: string): Network[] {
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

function houseOf(language: Language, networks: readonly Network[]): House {
  const shelves = networks.flatMap((network) => {
    const facts = factsOf(network, language);
    return facts === null ? [] : [{ network, facts, base: `${docsRoot[language]}${network.chainId}/` }];
  });
  return { language, shelves };
}

/** What stands around a page, but for what its search looks through. */
type Placed = Omit<Around, "indexes">;
/** A page as it is written, and what the search knows of it. */
type Made = { readonly html: string; readonly parts: readonly Part[] };
/** Takes a page; `base`: whose search finds it. */
type Put = (href: string, made: Made, base: string) => void;

function putShelf(house: House, shelf: Shelf, put: Put): void {
  const { language } = house;
  const { network, base } = shelf;
  const common = { network: network.name, language, menu: menuOf(house, shelf) };
  const entries = contents[language].guides.flatMap((group) => group.entries);
  entries.forEach((entry, at) => {
    put(`${base}${entry.path}/`, page(entry, house, shelf, { ...common, ...neighbours(entries, at, base) }), base);
  });
  const start = { path: "", source: guideSource("start")[language], name: words[language].start, language };
  const after = entries[0] === undefined ? null : linkOf(entries[0], base);
  put(base, page(start, house, shelf, { ...common, href: base, other: otherOf(base), before: null, after }), base);
}

/** What is in this language of the pages that are the same for all networks. */
function putShared(house: House, put: Put): void {
  const { language } = house;
  const entries = contents[language].shared.flatMap((group) => group.entries);
  const twice = contents.de.shared.flatMap((group) => group.entries).filter((entry) => entry.language === "de");
  entries.forEach((entry, at) => {
    if (entry.language !== language) return;
    const near = neighbours(entries, at, docsRoot[language]);
    const other = twice.some(({ path }) => path === entry.path) ? near.other : otherOf(docsRoot[language]);
    const around = { network: null, language, menu: menuOf(house, null), ...near, other };
    put(near.href, page(entry, house, null, around), docsRoot[language]);
  });
}

/** What a page's search looks through: pages for all networks, and the guides of its network, or of each. */
function indexesOf({ language, shelves }: House, shelf: Shelf | null): string[] {
  const bases = shelf === null ? shelves.map(({ base }) => base) : [shelf.base];
  return [docsRoot[language], ...bases].map((base) => `${base}search.json`);
}

/** A page that is there in both languages, in the other one. */
function otherOf(href: string): string {
  return href.startsWith(docsRoot.de) ? href.replace(docsRoot.de, docsRoot.en) : href.replace(docsRoot.en, docsRoot.de);
}

/** Where an entry stands: one that is in English only stands among the English ones. */
function hrefOf({ path, language }: Entry, base: string): string {
  return `${language === "en" && base.startsWith(docsRoot.de) ? docsRoot.en : base}${path}/`;
}

const linkOf = (entry: Entry, base: string): Link => ({
  href: hrefOf(entry, base),
  name: entry.name,
  language: entry.language,
});

function neighbours(entries: readonly Entry[], at: number, base: string) {
  const [before, here, after] = [entries[at - 1], entries[at], entries[at + 1]];
  const href = `${base}${here?.path}/`;
  return {
    href,
    other: otherOf(href),
    before: before === undefined ? null : linkOf(before, base),
    after: after === undefined ? null : linkOf(after, base),
  };
}

function menuOf({ language, shelves }: House, shelf: Shelf | null): Menu {
  const { guides, shared } = contents[language];
  const groups = (list: readonly Group[], base: string) =>
    list.map(({ name, entries }) => ({ name, links: entries.map((entry) => linkOf(entry, base)) }));
  const others = shelves.filter((other) => other !== shelf);
  const links = others.map(({ base, network }) => ({ href: base, name: network.name, language }));
  return [
    ...(shelf === null ? [] : groups(guides, shelf.base)),
    ...groups(shared, docsRoot[language]),
    ...(links.length === 0 ? [] : [{ name: words[language].networks, links }]),
  ];
}

function page(entry: Entry, house: House, shelf: Shelf | null, around: Placed): Made {
  const { language } = house;
  const source = readFileSync(join(root, entry.source), "utf8");
  try {
    const text = shelf === null ? source : fill(source, shelf.facts);
    const rendered = render(text, (href) => linkTo(href, entry, language, shelf), language);
    const html = layout(rendered, { ...around, indexes: indexesOf(house, shelf) });
    return { html, parts: partsOf(around.href, rendered, around.network) };
  } catch (cause) {
    throw new Error(`${entry.source}: ${(cause as Error).message}`, { cause });
  }
}

/** Where a link of a source leads. Null: to a file that is read in the repository only. Throws when it leads nowhere. */
function linkTo(href: string, from: Entry, language: Language, shelf: Shelf | null): Target | null {
  if (href.startsWith(`${siteAddress}/`)) return { href: href.slice(siteAddress.length) };
  if (/^(https:|#)/.test(href)) return { href };
  const [path = "", anchor] = href.split("#");
  const source = posix.join(posix.dirname(from.source), path);
  const end = anchor === undefined ? "" : `#${anchor}`;
  const { guides, shared } = contents[language];
  const named = (list: readonly Group[]) =>
    list.flatMap(({ entries }) => entries).find((entry) => entry.source === source);
  const target = (entry: Entry, base: string): Target => ({
    href: `${hrefOf(entry, base)}${end}`,
    name: entry.name,
    language: entry.language,
  });
  const common = named(shared);
  if (common !== undefined) return target(common, docsRoot[language]);
  const own = named(guides);
  if (own !== undefined && shelf !== null) return target(own, shelf.base);
  if (shelf !== null && source === guideSource("start")[language])
    return { href: `${shelf.base}${end}`, name: words[language].start, language };
  if (own === undefined && existsSync(join(root, source))) return null;
  throw new Error(`the link ${href} leads nowhere`);
}

function front(house: House): string {
  const { language, shelves } = house;
  const say = words[language];
  const cards = shelves.map(
    ({ base, network, facts }) =>
      `<li class="network" data-chain="${escapeHtml(network.chainId)}"><a class="network-name" href="${escapeHtml(base)}">${escapeHtml(network.name)}</a><br>` +
      `<code>${escapeHtml(network.chainId)}</code>, <code>${escapeHtml(facts.words.binary ?? "")}</code>` +
      `<span class="not-here" hidden>, ${say.notHere}</span></li>`,
  );
  const lists = contents[language].shared.map(({ name, entries }) => {
    const items = entries.map((entry) => `<li>${linkHtml(linkOf(entry, docsRoot[language]), language)}</li>`);
    return `<h2>${escapeHtml(name)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
  });
  const code = say.fromCodeText.replace(/\[([^\]]+)\]/, '<a href="/reference">$1</a>');
  const html = `<h1>${say.docs}</h1>
<p class="lead">${say.summary}</p>
<h2>${say.choose}</h2>
<ul class="networks">
${cards.join("\n")}
</ul>
${lists.join("\n")}
<h2>${say.fromCode}</h2>
<p>${code.replace(/\[([^\]]+)\]/, '<a href="/openapi.json">$1</a>')}</p>
`;
  const href = docsRoot[language];
  const around = { href, language, other: otherOf(href), network: null, menu: menuOf(house, null) };
  const indexes = indexesOf(house, null);
  return layout({ title: say.docs, summary: say.summary, html }, { ...around, indexes, before: null, after: null });
}

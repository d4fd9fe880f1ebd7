import MiniSearch from "minisearch";

const foundMax = 12;
const around = 70;

/** Loads the indexes, and answers what finds parts of pages by words: the best first, at most twelve. */
export async function openSearch(paths) {
  const answers = await Promise.all(paths.map((path) => fetch(path)));
  const parts = (await Promise.all(answers.map((answer) => (answer.ok ? answer.json() : [])))).flat();
  const index = new MiniSearch({
    idField: "href",
    fields: ["page", "heading", "text"],
    storeFields: ["network", "page", "heading", "text"],
    // Commands and rules are looked for by their parts too: `create-validator`, `max_validators`.
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""),
    searchOptions: { boost: { heading: 3, page: 2 }, prefix: true },
  });
  index.addAll(parts);
  return (typed) => {
    // All words as they were typed; failing that some of them, also misspelt.
    const every = index.search(typed, { combineWith: "AND" });
    const found = every.length > 0 ? every : index.search(typed, { fuzzy: (word) => (word.length > 4 ? 0.2 : 0) });
    return found.slice(0, foundMax).map(({ id, network, page, heading, text, terms }) => ({
      href: id,
      network,
      name: heading === "" ? page : `${page}: ${heading}`,
      excerpt: excerptOf(text, terms),
    }));
  };
}

/** The words around the first that was found. */
function excerptOf(text, terms) {
  const lower = text.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0);
  const place = places.length === 0 ? 0 : Math.min(...places);
  const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, place - around)));
  const to = text.indexOf(" ", place + around);
  return `${from > 0 ? "…" : ""}${text.slice(from, to < 0 ? undefined : to).trim()}${to < 0 ? "" : " …"}`;
}

const words = {
  en: {
    loading: "Loading…",
    none: "Nothing found.",
    one: "One place.",
    some: "{count} places.",
    failed: "The search can't be loaded now.",
  },
  de: {
    loading: "Wird geladen…",
    none: "Nichts gefunden.",
    one: "Eine Stelle.",
    some: "{count} Stellen.",
    failed: "Die Suche lässt sich gerade nicht laden.",
  },
};
const say = words[document.documentElement.lang] ?? words.en;
const pauseMs = 150;

/** Shows the search, and loads what it needs when somebody turns to it. `/` leads to it from anywhere on the page. */
export function offerSearch(form) {
  const [field, said, list] = [form.querySelector("input"), form.querySelector("p"), form.querySelector("ol")];
  const indexes = form.dataset.indexes.split(" ");
  // Beside the guides of one network nobody needs to read its name again.
  const several = indexes.length > 2;
  let search = null;
  let typed;
  const show = async () => {
    const text = field.value.trim();
    list.replaceChildren();
    said.textContent = text === "" ? "" : say.loading;
    if (text === "") return;
    search ??= import("./search.js").then(({ openSearch }) => openSearch(indexes));
    try {
      const found = (await search)(text);
      if (text !== field.value.trim()) return;
      list.replaceChildren(...found.map((place) => item(place, several)));
      said.textContent = counted(found.length);
    } catch {
      search = null;
      said.textContent = say.failed;
    }
  };
  form.classList.add("ready");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  field.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(show, pauseMs);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
  });
}

function counted(count) {
  if (count === 0) return say.none;
  return count === 1 ? say.one : say.some.replace("{count}", String(count));
}

function item({ href, network, name, excerpt }, several) {
  const [entry, link, text] = ["li", "a", "span"].map((tag) => document.createElement(tag));
  Object.assign(link, { href, textContent: name });
  text.textContent = several && network !== null ? `${network} · ${excerpt}` : excerpt;
  entry.append(link, text);
  return entry;
}

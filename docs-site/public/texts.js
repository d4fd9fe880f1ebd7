import { texts as en } from "./texts/en.js";

/** The languages of the site: what each is called by those who speak it. English is what stands in the pages. */
const names = { en: "English", de: "Deutsch" };
const kept = "language";

/** The reader's language: what they chose here, or the first of the browser's that the site has. */
export const language = chosen() ?? asked() ?? "en";

const texts = await load(language);

function chosen() {
  try {
    const choice = localStorage.getItem(kept);
    return Object.hasOwn(names, choice ?? "") ? choice : null;
  } catch {
    // A browser may refuse to keep anything: then its own languages count.
    return null;
  }
}

function asked() {
  const wanted = navigator.languages ?? [navigator.language];
  return wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => Object.hasOwn(names, tag));
}

/** The texts of all pages, and of this one's parts. English stays where a file doesn't come: better than none. */
async function load(tongue) {
  const parts = document.body.dataset.texts?.split(" ") ?? [];
  const names = ["en", tongue].flatMap((one) => [one, ...parts.map((part) => `${one}-${part}`)]);
  const tables = await Promise.all(names.map(fetchTexts));
  return Object.assign({}, ...tables);
}

async function fetchTexts(name) {
  if (name === "en") return en;
  const module = await import(`./texts/${name}.js`).catch(() => null);
  return module?.texts ?? {};
}

/** A text in the page's language, `{word}` filled in from `values`. A key that isn't there is a bug, and shows. */
export function say(key, values = {}) {
  return filled(texts[key] ?? key, values);
}

/** A text with `{word}` filled in from `values`. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Says the page in the reader's language, and lets the reader change it. */
export function speak() {
  document.documentElement.lang = language;
  if (language !== "en") translate();
  const other = language === "en" ? "de" : "en";
  const button = document.getElementById("language");
  Object.assign(button, { textContent: names[other], lang: other });
  button.classList.add("ready");
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(kept, other);
    } catch {
      // Without a place to keep it, the choice can't be kept.
    }
    // What was typed and what the address says survive a reload.
    location.reload();
  });
}

function translate() {
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say(element.dataset.label));
  for (const link of document.querySelectorAll('a[href="/docs/"]')) link.href = docsPath();
}

/** Where the docs are in the reader's language, or those of a network. */
export function docsPath(chainId) {
  const front = language === "en" ? "/docs/" : `/docs/${language}/`;
  return chainId === undefined ? front : `${front}${encodeURIComponent(chainId)}/`;
}

/** How numbers and dates are written on this page. */
export const locale = language === "de" ? "de-DE" : "en-GB";

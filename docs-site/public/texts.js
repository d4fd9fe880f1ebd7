import { texts as en } from "./texts/en.js";

/** The languages of the site: what each is called by those who speak it. English is what stands in the pages. */
const names = { en: "English", de: "Deutsch" };
const kept = "language";

/** The reader's language: what they chose here, or the first of the browser's that the site has. */
export const language = chosen() ?? asked() ?? "en";

/** Docs, and what is for coordinators, are in English: there only the header is in the reader's language. */
const englishPage = document.body.dataset.language === "en";
const chosenTexts = await load(language);
const texts = englishPage ? await load("en") : chosenTexts;

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

/** The texts of all pages, and of this one's part. English stays where a file doesn't come: better than none. */
async function load(tongue) {
  const { texts: part } = document.body.dataset;
  const names = ["en", tongue].flatMap((one) => (part ? [one, `${one}-${part}`] : [one]));
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

/** Says the page in the reader's language, an English one only its header, and lets the reader change it. */
export function speak() {
  const root = englishPage ? document.querySelector("header") : document.documentElement;
  root.lang = language;
  if (language !== "en") translate(root);
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

function translate(root) {
  const text = (key) => chosenTexts[key] ?? key;
  for (const element of root.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of root.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", text(element.dataset.label));
}

/** How numbers and dates are written on this page. */
export const locale = language === "de" && !englishPage ? "de-DE" : "en-GB";

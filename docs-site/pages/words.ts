import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The languages of the docs. English is the source of all others. */
export type Language = "en" | "de";

/** What a language is called by those who speak it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** Where a language's docs begin. English came first, and keeps its addresses. */
export const docsRoot: Readonly<Record<Language, string>> = { en: "/docs/", de: "/docs/de/" };

type Words = {
  readonly docs: string;
  readonly start: string;
  readonly toText: string;
  readonly allPages: string;
  readonly search: string;
  readonly allDocs: string;
  readonly order: string;
  readonly before: string;
  readonly after: string;
  readonly table: string;
  readonly text: string;
  readonly networks: string;
  /** Marks what is in English beside what is not. */
  readonly inEnglish: string;
  readonly summary: string;
  readonly choose: string;
  /** Of a network's card, where the site doesn't serve it. */
  readonly notHere: string;
  readonly fromCode: string;
  /** Two names of links stand in it, between brackets. */
  readonly fromCodeText: string;
};

/** What stands around a page's text, and on the front page. */
export const words: Readonly<Record<Language, Words>> = {
  en: {
    docs: "Docs",
    start: "Start",
    toText: "To the text",
    allPages: "All pages",
    search: "Search",
    allDocs: "All docs",
    order: "Order",
    before: "Before:",
    after: "Next:",
    table: "Table",
    text: "Text",
    networks: "Networks",
    inEnglish: "in English",
    summary: "How to run a node, become a validator and launch a network together.",
    choose: "Choose your network",
    notHere: "an example: this site doesn't serve it",
    fromCode: "From code",
    fromCodeText: "Everything here is an HTTP API: [the reference], [as OpenAPI].",
  },
  de: {
    docs: "Anleitungen",
    start: "Anfang",
    toText: "Zum Text",
    allPages: "Alle Seiten",
    search: "Suchen",
    allDocs: "Alle Anleitungen",
    order: "Reihenfolge",
    before: "Davor:",
    after: "Weiter:",
    table: "Tabelle",
    text: "Text",
    networks: "Netze",
    inEnglish: "auf Englisch",
    summary: "Wie man einen Knoten betreibt, Validator wird und zusammen ein Netz startet.",
    choose: "Wähle dein Netz",
    notHere: "ein Beispiel: diese Seite bedient es nicht",
    fromCode: "Aus Programmen",
    fromCodeText: "Alles hier ist eine HTTP-API: [die Referenz] und [als OpenAPI], beides auf Englisch.",
  },
};

type Texts = Readonly<Record<string, string>>;

/** The site's own texts: what the pages that are made by hand say is said in the docs with the same words. */
export const siteTexts: Readonly<Record<Language, Texts>> = { en: await textsOf("en"), de: await textsOf("de") };

async function textsOf(language: Language): Promise<Texts> {
  const file = pathToFileURL(join(import.meta.dirname, `../public/texts/${language}.js`)).href;
  const { texts } = (await import(/* @vite-ignore */ file)) as { readonly texts: Texts };
  return texts;
}

/** One of them. Throws where there is none, so that no key shows on a page. */
export function siteText(language: Language, key: string): string {
  const text = siteTexts[language][key];
  if (text === undefined) throw new Error(`the site has no text "${key}" in ${languageNames[language]}`);
  return text;
}

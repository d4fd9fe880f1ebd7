import type { Language } from "./words.ts";

/** A page of the site: its address below its shelf, its source below the repository's folder, its short name. */
export type Entry = {
  readonly path: string;
  readonly source: string;
  readonly name: string;
  /** In which language it is: a page for those who run the service is in English only. */
  readonly language: Language;
};

/** Pages under a name, in the order in which a reader needs them. */
export type Group = { readonly name: string; readonly entries: readonly Entry[] };

/** A language's contents: guides of a network, and pages that are the same for all networks. */
export type Contents = { readonly guides: readonly Group[]; readonly shared: readonly Group[] };

type Named = Readonly<Record<Language, string>>;
type Item = { readonly path: string; readonly name: Named; readonly source: Named };

const named = (en: string, de: string): Named => ({ en, de });
const guide = (path: string, en: string, de: string): Item => ({
  path,
  name: named(en, de),
  source: guideSource(path),
});

/** Where a guide's texts lie. */
export function guideSource(path: string): Named {
  return named(`docs-site/guides/${path}.md`, `docs-site/guides/de/${path}.md`);
}

/** One source, read in the repository as well: in English. */
function page(path: string, name: string, source = `docs/${path}.md`): Item {
  return { path, name: named(name, name), source: named(source, source) };
}

/** No path may be one that the Worker answers itself. */
const guideItems: readonly { readonly name: Named; readonly items: readonly Item[] }[] = [
  {
    name: named("Use the network", "Das Netz benutzen"),
    items: [guide("phone", "On a phone", "Mit dem Telefon")],
  },
  {
    name: named("Run a node", "Einen Knoten betreiben"),
    items: [
      guide("join", "Join as a node", "Als Knoten dazukommen"),
      guide("keys", "Keys and their safety", "Schlüssel und ihre Sicherheit"),
      guide("monitoring", "Monitoring", "Überwachung"),
    ],
  },
  {
    name: named("Validate", "Validator sein"),
    items: [
      guide("before-launch", "Before launch", "Vor dem Start"),
      guide("launch", "The ceremony", "Die Zeremonie"),
      guide("after-launch", "After launch", "Nach dem Start"),
      guide("headless", "By script alone", "Nur mit einem Skript"),
      guide("upgrade", "Upgrade", "Upgrade"),
      guide("troubleshooting", "Troubleshooting", "Fehlersuche"),
    ],
  },
  {
    name: named("Coordinate", "Koordinieren"),
    items: [
      guide("coordinator", "Lead the ceremony", "Die Zeremonie leiten"),
      guide("sign-off", "Sign-off for launch", "Abnahme vor dem Start"),
    ],
  },
];

const sharedItems: typeof guideItems = [
  {
    name: named("Run this service", "Diesen Dienst betreiben"),
    items: [
      page("rehearsal", "Rehearse a launch"),
      page("deploy", "Deploy"),
      page("operator", "Operate"),
      page("runbook", "Runbook"),
    ],
  },
  {
    name: named("Look up", "Nachschlagen"),
    items: [
      guide("glossary", "Glossary", "Glossar"),
      page("genesis", "Genesis tools"),
      page("gentx-rules", "Gentx rules"),
      page("credentials", "Credentials"),
      page("dialects", "Other faucets' wires"),
      page("abuse", "Abuse, measured"),
      page("benchmarks", "Benchmarks"),
      page("security", "Security", "SECURITY.md"),
      page("releases", "Releases", "CHANGELOG.md"),
    ],
  },
];

/** The contents in each language, of the same pages in the same order. */
export const contents: Readonly<Record<Language, Contents>> = {
  en: { guides: groups(guideItems, "en"), shared: groups(sharedItems, "en") },
  de: { guides: groups(guideItems, "de"), shared: groups(sharedItems, "de") },
};

/** The English ones. */
export const { guides, shared } = contents.en;

function groups(list: typeof guideItems, language: Language): Group[] {
  return list.map(({ name, items }) => ({
    name: name[language],
    entries: items.map((item) => ({
      path: item.path,
      source: item.source[language],
      name: item.name[language],
      language: item.source.en === item.source.de ? "en" : language,
    })),
  }));
}

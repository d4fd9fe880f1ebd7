import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diagramHtml, diagramNames } from "./diagrams.ts";
import { headerHtml } from "./header.ts";

/** The folder of the site. */
export const site = join(import.meta.dirname, "../public");

/** The pages that are made by hand, by their path below the folder of the site. */
export function handMade(): string[] {
  const files = readdirSync(site, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".html") && !file.startsWith("docs/")).toSorted();
}

/** Folders whose pages belong to a place of another name. */
const belongs: Readonly<Record<string, string>> = { register: "validators" };

/** A page's text with the parts that it shares with others as they ought to be: the header, and its diagrams. */
export function withSharedParts(file: string, text: string): string {
  const [here = "", ...below] = file.split("/").slice(0, -1);
  const place = file === "index.html" ? "home" : (belongs[here] ?? here);
  const header = headerHtml(place, below.length === 0 && belongs[here] === undefined);
  return diagramNames.reduce(
    (page, name) =>
      page.replace(new RegExp(`<ol class="way" data-way="${name}"[\\s\\S]*?\\n</ol>`), () => diagramHtml(name)),
    text.replace(/<header[\s\S]*?<\/header>/, () => header),
  );
}

/** Writes the shared parts into the pages that are made by hand. Answers which of them changed. */
export function writeSharedParts(): string[] {
  return handMade().filter((file) => {
    const before = readFileSync(join(site, file), "utf8");
    const after = withSharedParts(file, before);
    if (after !== before) writeFileSync(join(site, file), after);
    return after !== before;
  });
}

if (process.argv[1] === import.meta.filename) console.log(writeSharedParts().join("\n"));

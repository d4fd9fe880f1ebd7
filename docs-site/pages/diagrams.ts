import { type Language, siteText, siteTexts } from "./words.ts";

/**
 * The ways that are drawn, and how many steps each has; the site's texts say them. They are lists, drawn by the style
 * sheet: whoever can't see the drawing hears the same, and it has room for its words on a phone.
 */
const ways: Readonly<Record<string, number>> = { claim: stepsOf("claim"), ceremony: stepsOf("ceremony") };

function stepsOf(name: string): number {
  return Object.keys(siteTexts.en).filter((key) => new RegExp(`^way\\.${name}\\.\\d+\\.title$`).test(key)).length;
}

/** The names of the diagrams. */
export const diagramNames: readonly string[] = Object.keys(ways);

/** A diagram as HTML. Throws where there is none of that name. */
export function diagramHtml(name: string, language: Language = "en"): string {
  const count = Object.hasOwn(ways, name) ? ways[name] : undefined;
  if (count === undefined) throw new Error(`there is no diagram "${name}"`);
  const steps = Array.from({ length: count }, (_, at) => {
    const key = `way.${name}.${at + 1}`;
    const part = (of: string) => siteText(language, `${key}.${of}`);
    return `  <li><span class="who" data-text="${key}.who">${part("who")}</span>
    <strong data-text="${key}.title">${part("title")}</strong>
    <span class="what" data-text="${key}.what">${part("what")}</span></li>`;
  });
  const label = siteText(language, `way.${name}`);
  return `<ol class="way" data-way="${name}" aria-label="${label}" data-label="way.${name}">\n${steps.join("\n")}\n</ol>`;
}

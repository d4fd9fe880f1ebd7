import { plainWords, type Rendered } from "./render.ts";

/** A part of a page as the search knows it: where it is, its network's name, its page's title, its heading, its words. */
export type Part = {
  readonly href: string;
  readonly network: string | null;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
};

/** The parts of a rendered page, cut at its second-level headings; the first is what stands above them. */
export function partsOf(href: string, { title, html }: Rendered, network: string | null): Part[] {
  const cuts = html.split(/(?=<h2 id=")/);
  return cuts.flatMap((cut) => {
    const [, id, heading] = /^<h2 id="([^"]*)">(.*?)<\/h2>/.exec(cut) ?? [];
    const text = plainWords(cut.replace(/^<h[12][^>]*>.*?<\/h[12]>/, ""));
    if (text === "" && heading === undefined) return [];
    const at = id === undefined ? href : `${href}#${id}`;
    return [{ href: at, network, page: title, heading: heading === undefined ? "" : plainWords(heading), text }];
  });
}

import { Marked, type Tokens } from "marked";
import { diagramHtml } from "./diagrams.ts";
import { siteAddress } from "./facts.ts";
import { readTag } from "./shell-blocks.ts";
import { type Language, words } from "./words.ts";

/** A page's text as HTML, its title, and its first paragraph as plain words. */
export type Rendered = { readonly title: string; readonly summary: string; readonly html: string };

/** Where a link leads on the site; a page of the docs has a name and a language. */
export type Target = { readonly href: string; readonly name?: string; readonly language?: Language };

/** Text as it stands in HTML and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (found) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[found] ?? "&quot;");
}

/** A heading's anchor, as GitHub makes it. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

/**
 * Renders Markdown. `linkTo` answers where a link of the source leads on the site; null: nowhere, and its words stay.
 * Throws where the page has no title and where a heading comes twice.
 */
export function render(markdown: string, linkTo: (href: string) => Target | null, language: Language = "en"): Rendered {
  const ids = new Set<string>();
  let title = "";
  let summary = "";
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const html = this.parser.parseInline(tokens);
        if (depth === 1) {
          title = plain(html);
          return `<h1>${html}</h1>\n`;
        }
        const id = slug(plain(html));
        if (ids.has(id)) throw new Error(`two headings "${text}"`);
        ids.add(id);
        return `<h${depth} id="${escapeHtml(id)}">${html}</h${depth}>\n`;
      },
      paragraph({ tokens }: Tokens.Paragraph) {
        const html = this.parser.parseInline(tokens);
        if (summary === "") summary = plain(html);
        return `<p>${html}</p>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const to = linkTo(href);
        const html = this.parser.parseInline(tokens);
        if (to === null) return html;
        // A file's name says nothing to who reads the site: the page's own name stands for it.
        const said = /^[\w/.-]+\.md$/.test(html) && to.name !== undefined ? escapeHtml(to.name) : html;
        if (to.language === undefined || to.language === language)
          return `<a href="${escapeHtml(to.href)}">${said}</a>`;
        const mark = `<small>(${words[language].inEnglish})</small>`;
        return `<a href="${escapeHtml(to.href)}" hreflang="${to.language}">${said}</a> ${mark}`;
      },
      code: ({ text, lang }: Tokens.Code) =>
        lang === "diagram" ? diagramHtml(text, language) : codeBlock(text, lang ?? "", language),
      codespan: ({ text }: Tokens.Codespan) => `<code>${withAddress(escapeHtml(text))}</code>`,
      table(token: Tokens.Table) {
        const cells = (row: Tokens.TableCell[], tag: "th" | "td") =>
          `<tr>${row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("")}</tr>`;
        // An empty header is for looks on GitHub; here it would be a header that says nothing.
        const head = token.header.every(({ text }) => text === "") ? "" : `<thead>${cells(token.header, "th")}</thead>`;
        const body = token.rows.map((row) => cells(row, "td")).join("\n");
        return `<div class="wide-table" tabindex="0" role="group" aria-label="${words[language].table}"><table>${head}<tbody>${body}</tbody></table></div>\n`;
      },
      listitem(item: Tokens.ListItem) {
        return `<li${item.task ? ' class="task"' : ""}>${this.parser.parse(item.tokens)}</li>\n`;
      },
      checkbox: ({ checked }: Tokens.Checkbox) => (checked ? "☑ " : "☐ "),
      html: ({ text }: Tokens.HTML | Tokens.Tag) => {
        // Comments are for the tools that write tables in.
        if (/^<!--[^>]*-->\s*$/.test(text)) return "";
        throw new Error(`HTML in a source: ${text}`);
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  if (title === "") throw new Error("no title");
  return { title, summary, html };
}

/** The reader's own site stands in for the example's address; the script puts it there. */
function withAddress(escaped: string): string {
  return escaped.replaceAll(siteAddress, `<span data-site>${siteAddress}</span>`);
}

function codeBlock(text: string, fence: string, language: Language): string {
  // A shell block without a tag fails a test, not the site of those who never ran it.
  const kind = readTag(fence) === null ? (fence.split(" ")[0] ?? "") : "shell";
  const label = kind === "" ? words[language].text : kind;
  return (
    `<div class="block" data-kind="${escapeHtml(kind)}"><pre tabindex="0" role="group" aria-label="${escapeHtml(label)}">` +
    `<code>${withAddress(escapeHtml(text))}\n</code></pre></div>\n`
  );
}

/** A piece of rendered text as plain words, with one space between them. */
export function plainWords(html: string): string {
  return plain(html.replace(/<\/(?:p|li|td|th|h[1-6]|pre)>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

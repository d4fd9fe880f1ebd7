/** One row of a CSV file. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** CSV that can't be read: the line and what is wrong there. */
export class CsvError extends Error {
  override name = "CsvError";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const rowCharsMax = 4_096;

/**
 * Reads CSV (RFC 4180) from chunks of text: quoted cells, CR LF or LF, a byte order mark. Empty lines and lines that
 * begin with `#` are skipped. The header is an ordinary row. Throws {@link CsvError}; a row has at most 4,096
 * characters.
 */
export function* readCsv(chunks: Iterable<string>): Generator<CsvRow> {
  let line = 1;
  let rest = "";
  let first = true;
  for (const chunk of chunks) {
    rest += first ? chunk.replace(/^\uFEFF/, "") : chunk;
    if (chunk !== "") first = false;
    let begin = 0;
    for (;;) {
      const end = rowEnd(rest, begin);
      if (end < 0) break;
      const text = rest.slice(begin, end);
      if (text.length > rowCharsMax) throw new CsvError(line, `the row has more than ${rowCharsMax} characters`);
      yield* rowOf(text, line);
      line += text.split("\n").length;
      begin = end + 1;
    }
    rest = rest.slice(begin);
    if (rest.length > rowCharsMax) throw new CsvError(line, `the row has more than ${rowCharsMax} characters`);
  }
  yield* rowOf(rest, line);
}

/** Where the row ends that begins at `begin`: the next line feed outside of quotes; -1 when it isn't there yet. */
function rowEnd(text: string, begin: number): number {
  const comment = text[begin] === "#";
  for (let end = text.indexOf("\n", begin); end >= 0; end = text.indexOf("\n", end + 1)) {
    const row = text.slice(begin, end);
    if (comment || !row.includes('"') || row.split('"').length % 2 === 1) return end;
    if (row.length > rowCharsMax) return end;
  }
  return -1;
}

function* rowOf(raw: string, line: number): Generator<CsvRow> {
  const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  if (text.trim() === "" || text.startsWith("#")) return;
  yield { line, cells: text.includes('"') ? quotedCells(text, line) : text.split(",").map((cell) => cell.trim()) };
}

const cellAt = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",]*))(,|$)/y;

function quotedCells(text: string, line: number): string[] {
  const cells: string[] = [];
  cellAt.lastIndex = 0;
  for (;;) {
    const found = cellAt.exec(text);
    if (found === null) throw new CsvError(line, "a quote stands where none may stand, or is not closed");
    const [, quoted, plain = "", end] = found;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end !== ",") return cells;
  }
}

/** Tells how a claim goes. */
export type Progress = {
  /** What is the case now. On a terminal it is written over the last; elsewhere only what `lasting` marks is a line. */
  now(text: string, lasting?: boolean): void;
  /** The last word: it stays. */
  end(text: string): void;
};

/** Where lines go; a terminal can rewrite its last one. */
export type Out = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

/** One line that is written over on a terminal, with the seconds since the start; plain lines in a log. */
export function progressOn(out: Out, nowMs: () => number): Progress {
  const begunMs = nowMs();
  const seconds = () => `${((nowMs() - begunMs) / 1000).toFixed(1)} s`;
  let told = "";
  if (!out.isTTY) {
    const line = (text: string) => {
      if (text !== told) out.write(`${text}\n`);
      told = text;
    };
    return { now: (text, lasting = false) => lasting && line(text), end: (text) => line(`${text}  (${seconds()})`) };
  }
  const over = (text: string) => out.write(`\r\u001b[2K${text}`);
  return {
    now: (text) => {
      const whole = `${seconds().padStart(7)}  ${text}`;
      // A line that wraps can't be written over.
      over(whole.slice(0, (out.columns ?? 80) - 1));
    },
    end: (text) => over(`${text}  (${seconds()})\n`),
  };
}

/** Says nothing: for `--json`. */
export const silent: Progress = { now: () => undefined, end: () => undefined };

import { make } from "../parts.js";

const shownMax = 200;
/** Characters that turn the direction of what follows, or are not seen at all. */
const unseen =
  /[\p{Cc}\p{Cf}\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{e0100}-\u{e01ef}]/gu;

/** A text of somebody else's: nothing in it is markup, turns what stands around it, or hides. */
export function inert(text, most = shownMax) {
  return make("bdi", { textContent: plain(text, most) });
}

/** The same as text: what can't be seen is written out. */
export function plain(text, most = shownMax) {
  const written = String(text).replace(unseen, (found) => {
    if (found === "\n" || found === "\t") return " ";
    return `⟨U+${found.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
  return written.length > most ? `${written.slice(0, most)}…` : written;
}

import { make } from "../parts.js";

const shownMax = 200;
/** Characters that turn the direction of what follows, or are not seen at all. */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

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

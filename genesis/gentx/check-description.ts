import { type Said, said } from "../document/said.ts";
import type { Findings } from "./findings.ts";
import type { Description } from "./gentx.ts";
import { show } from "./go-json.ts";

const utf8 = new TextEncoder();

/** Bytes that the SDK takes of each text (x/staking types/validator.go). */
export const descriptionBytesMax: Readonly<Record<keyof Description, number>> = {
  moniker: 70,
  identity: 3000,
  website: 140,
  securityContact: 140,
  details: 280,
};
const names: Readonly<Record<keyof Description, Said>> = {
  moniker: said`moniker`,
  identity: said`identity`,
  website: said`website`,
  securityContact: said`security contact`,
  details: said`details`,
};
/**
 * Control, format and direction characters, private use, and letters, marks and blanks that show as nothing: in them
 * a text can be hidden, or a name be made anew. Line breaks may stand in details, and an emoji may say how it is drawn.
 */
const hidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/u;
/** Marks piled on one letter, as no language has them: they would be drawn over what stands around. */
const piled = /\p{M}{5}/u;

/** What the validator says of itself. */
export function checkDescription(description: Description, memo: string, findings: Findings): void {
  const texts = Object.entries(description) as [keyof Description, string][];
  if (texts.every(([, text]) => text === "")) findings.add("description-empty", said`the description is empty`);
  for (const [name, text] of texts) {
    const bytes = utf8.encode(text).length;
    if (bytes > descriptionBytesMax[name]) {
      findings.add(
        "description-length",
        said`the ${names[name]} has ${bytes} bytes, more than ${descriptionBytesMax[name]}`,
        show(text),
      );
    }
    if (hidesLetters(name === "details" ? text.replace(/[\r\n]/g, "") : text)) {
      findings.add("text-controls", said`the ${names[name]} holds characters that can't be seen`, show(text));
    }
  }
  if (hidden.test(memo)) findings.add("text-controls", said`the memo holds characters that can't be seen`, show(memo));
  if (description.securityContact === "") findings.add("security-contact", said`there is no security contact`);
}

/** Whether a text holds characters that can't be seen, or that turn the direction of what can. */
export function hidesLetters(text: string): boolean {
  return hidden.test(withoutJoins(text)) || piled.test(text);
}

/** Between emoji, a zero-width joiner has its place; behind one, what says how it is drawn. */
function withoutJoins(text: string): string {
  return text
    .replace(/(?<=\p{Extended_Pictographic}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu, "")
    .replace(/(?<=\p{Emoji})[\ufe0e\ufe0f]/gu, "");
}

/** Letters that look like Latin ones (from Unicode's confusables), Cyrillic and Greek, after lower-casing. */
const lookalikes: Readonly<Record<string, string>> = {
  // Cyrillic
  а: "a",
  в: "b",
  с: "c",
  ԁ: "d",
  е: "e",
  ҽ: "e",
  ѐ: "e",
  ё: "e",
  һ: "h",
  н: "h",
  і: "i",
  ї: "i",
  ј: "j",
  к: "k",
  ӏ: "l",
  м: "m",
  о: "o",
  р: "p",
  ԛ: "q",
  г: "r",
  ѕ: "s",
  т: "t",
  у: "y",
  ү: "y",
  х: "x",
  ԝ: "w",
  ѵ: "v",
  п: "n",
  з: "3",
  б: "6",
  ч: "4",
  // Greek
  α: "a",
  β: "b",
  ϲ: "c",
  ε: "e",
  η: "n",
  ι: "i",
  κ: "k",
  μ: "u",
  ν: "v",
  ο: "o",
  ρ: "p",
  σ: "o",
  ς: "c",
  τ: "t",
  υ: "u",
  χ: "x",
  ω: "w",
  ζ: "z",
  γ: "y",
  λ: "l",
  δ: "d",
  ϳ: "j",
  // Latin beyond ASCII, and digits
  ı: "i",
  ɩ: "i",
  ɑ: "a",
  ɡ: "g",
  ʟ: "l",
  ɴ: "n",
  ʀ: "r",
  ʏ: "y",
  ꜱ: "s",
  ł: "l",
  ø: "o",
  đ: "d",
  ß: "b",
  ŋ: "n",
  "0": "o",
  "1": "i",
  l: "i",
  "|": "i",
  "!": "i",
  "5": "s",
  $: "s",
};

/**
 * What a name looks like: two names with the same skeleton can be taken for each other. NFKC, no invisible
 * characters, no marks (variation selectors and joiners are marks), no blanks, one case, and lookalikes of Cyrillic, Greek and digits made Latin.
 */
export function skeletonOf(name: string): string {
  const plain = name
    .normalize("NFKC")
    .replace(/\p{Cf}|\p{Cc}|\p{Zs}|[\u115f\u1160\u3164]/gu, "")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return [...plain].map(latin).join("");
}

/** Twice: a Cyrillic letter becomes `l`, and `l` looks like `i`. */
function latin(letter: string): string {
  const once = Object.hasOwn(lookalikes, letter) ? (lookalikes[letter] ?? letter) : letter;
  return Object.hasOwn(lookalikes, once) ? (lookalikes[once] ?? once) : once;
}

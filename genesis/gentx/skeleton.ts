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

/** Alphabets in which many letters are drawn as Latin capitals are, one beside the other; lower-cased below. */
const drawnAlike: readonly (readonly [letters: string, latin: string])[] = [
  ["օոսհցյզ", "onuhgjq"],
  ["ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᏀᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴ", "drtiajewmhgz4brwsvslcpkdb"],
  ["ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpdtgkjczfmnlsrvhwxyaeiou"],
  ["ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢ", "abcdefghijkmoptuvwz"],
];
const drawn = new Map(
  drawnAlike.flatMap(([letters, latin]) =>
    [...letters].map((letter, at) => [letter.toLowerCase(), latin[at] ?? ""] as const),
  ),
);

/**
 * What a name looks like: two names with the same skeleton can be taken for each other. NFKC, no invisible
 * characters, no marks (variation selectors and joiners are marks), no blanks, one case, one dash and one apostrophe,
 * lookalikes of other alphabets and of digits made Latin, and two letters that look like one made that one.
 */
export function skeletonOf(name: string): string {
  const plain = name
    .normalize("NFKC")
    .replace(/\p{Cf}|\p{Cc}|\p{Zs}|[\u115f\u1160\u2800\u3164]/gu, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/[`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u2032]/gu, "'")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return [...plain].map(latin).join("").replaceAll("rn", "m").replaceAll("vv", "w");
}

/** Twice: a Cyrillic letter becomes `l`, and `l` looks like `i`. */
function latin(shown: string): string {
  const letter = drawn.get(shown) ?? shown;
  const once = Object.hasOwn(lookalikes, letter) ? (lookalikes[letter] ?? letter) : letter;
  return Object.hasOwn(lookalikes, once) ? (lookalikes[once] ?? once) : once;
}

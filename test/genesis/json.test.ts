import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../genesis/document/hash.ts";
import { canonicalJson, NotCanonical } from "../../genesis/json/canonical.ts";
import { parseJson } from "../../genesis/json/parse.ts";
import { printJson, printString } from "../../genesis/json/print.ts";
import { listEntries, splitLists } from "../../genesis/json/split.ts";

const canonicalOf = (text: string) => canonicalJson(parseJson(text).value);

/** Bytes in chunks of a size, so that every border falls somewhere. */
function* chunked(text: string, size: number): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

describe("printing JSON as Go does", () => {
  it("is JSON.stringify's form and Go's five escapes, for any value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const { value: read } = parseJson(JSON.stringify(value));
        const escaped = (text: string) =>
          text.replace(/[<>&\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/.test(JSON.stringify(value)));
        expect(printJson(read, { indent: 0 })).toBe(escaped(JSON.stringify(JSON.parse(JSON.stringify(value)))));
        // A plain object sorts keys that look like numbers, so the layouts are compared by what they hold.
        expect(JSON.parse(printJson(read))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("gives back what it read: numbers keep their spelling, keys their order, strings their characters", () => {
    const text =
      '{\n  "b": 12345678901234567890.10,\n  "a": 1e3,\n  "10": [],\n  "9": {},\n  "é": "ü\\u0026\\u2028"\n}';
    expect(printJson(parseJson(text).value)).toBe(text);
  });

  it("writes U+FFFD for half a character, as Go does", () => {
    expect(printString("a\ud800b")).toBe('"a\ufffdb"');
  });
});

describe("canonical JSON", () => {
  it("is what the library canonicalize gives, for any value that holds no number a float would change", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\ud[89a-f]/.test(text));
        expect(canonicalOf(text)).toBe(canonicalize(JSON.parse(text)));
      }),
    );
  });

  it("sorts keys by UTF-16 units, and writes numbers as RFC 8785 does", () => {
    const text = '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}';
    expect(canonicalOf(text)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalOf("[1E30,4.50,2e-3,-0,0.000000000000000000000000001,1e0]")).toBe("[1e+30,4.5,0.002,0,1e-27,1]");
  });

  it.each(["9007199254740993", "-9007199254740993", "0.10000000000000000001", "1e999", "123456789012345678901"])(
    "refuses %s, which a float would change",
    (text) => {
      expect(() => canonicalOf(`{"a":[${text}]}`)).toThrow(NotCanonical);
      expect(() => canonicalOf(`{"a":[${text}]}`)).toThrow("/a/0");
      expect(canonicalOf(`"${text}"`)).toBe(`"${text}"`);
    },
  );

  it("is the same for every layout and order of the same content", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        fc.pre(!/\\ud[89a-f]/.test(JSON.stringify(object)));
        const backwards = Object.fromEntries(Object.entries(object).reverse());
        const one = canonicalOf(JSON.stringify(object));
        expect(canonicalOf(JSON.stringify(backwards, null, 3))).toBe(one);
      }),
    );
  });
});

describe("SHA-256", () => {
  it("is that of the exact UTF-8 bytes, whole or in chunks", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256Hex(["a", "", "bc"])).toBe(sha256Hex("abc"));
    expect(sha256Hex("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  });
});

describe("long lists read apart", () => {
  const paths = [["a", "b"], ["c"]];
  const read = (text: string, size: number) => {
    const { skeleton, range } = splitLists(chunked(text, size), paths);
    const lists = paths.map((path) => {
      const found = range(path);
      if (found === null) return null;
      const inside = new TextDecoder().decode(new TextEncoder().encode(text).slice(found.begin, found.end));
      return [...listEntries(chunked(inside, size))].map((entry) => printJson(entry, { indent: 0 }));
    });
    return { skeleton: parseJson(skeleton).value, lists };
  };

  it("are found wherever the chunks end, with brackets, quotes and commas in strings", () => {
    const entries = ['{"x":"],[\\"}{"}', '"é,]"', "[1,[2]]", "12345678901234567890", "null"];
    const text = `{ "c" : [ ${entries.join(" , ")} ], "a": {"z": [1,2], "b": [\n${entries.join(",\n")}]}, "b": [3]}`;
    for (let size = 1; size < 40; size += 1) {
      const { skeleton, lists } = read(text, size);
      expect(lists).toEqual([entries, entries]);
      expect(printJson(skeleton, { indent: 0 })).toBe('{"c":[],"a":{"z":[1,2],"b":[]},"b":[3]}');
    }
  });

  it("are as parseJson would read them, for any entries", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 50 }), (entries, size) => {
        const text = JSON.stringify({ a: { b: entries } });
        const whole = parseJson(JSON.stringify(entries)).value;
        expect(read(text, size).lists[0]).toEqual(
          (Array.isArray(whole) ? whole : []).map((entry) => printJson(entry, { indent: 0 })),
        );
      }),
    );
  });

  it.each(['{"c":[1,]}', '{"c":[,1]}', '{"c":[1 2]}', '{"c":[1', '{"c":[1],"c":[2]}', '{"c":[{"a":1,"a":2}]}'])(
    "refuse %s",
    (text) => {
      expect(() => read(text, 3)).toThrow(/offset/);
    },
  );

  it("are not taken for a key that only looks like the path", () => {
    expect(read('{"a/b":[1],"x":{"c":[2]}}', 5).lists).toEqual([null, null]);
  });
});

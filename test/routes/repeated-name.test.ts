import { describe, expect, it } from "vitest";
import { repeatedName } from "../../workers/routes/repeated-name.ts";

describe("a name that JSON gives twice", () => {
  it.each([
    ['{"a":1,"a":2}', "a"],
    ['{"a":{"b":[{"c":1,"c":2}]}}', "c"],
    ['{"a":"x","\\u0061":1}', "a"],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
    ['[{"a":1},{"b":1,"b":1}]', "b"],
  ])("is found in %s", (text, name) => {
    expect(JSON.parse(text)).toBeTypeOf("object");
    expect(repeatedName(text)).toBe(name);
  });

  it.each([
    '{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}',
    '{"a":"a","b":"a"}',
    '{"a":["a","a","b"],"b":1}',
    '{"a":"{\\"b\\":1,\\"b\\":2}","b":"\\\\"}',
    '"a"',
    "[]",
    "7",
  ])("is not seen in %s", (text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(repeatedName(text)).toBeNull();
  });
});

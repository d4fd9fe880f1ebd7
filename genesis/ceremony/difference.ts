import { parseJson } from "../json/parse.ts";
import { isObject, type Json, JsonNumber } from "../json/value.ts";
import { readUtf8 } from "../log/bytes.ts";

/** Where two files differ first: the offset of the byte, and the place in the document when both are JSON. */
export function firstDifference(one: Uint8Array, other: Uint8Array): string | null {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  if (at === one.length && at === other.length) return null;
  const place = placeOf(one, other);
  return `byte ${at} differs (${one.length} and ${other.length} bytes)${place === null ? "" : `, at ${place || "/"}`}`;
}

function placeOf(one: Uint8Array, other: Uint8Array): string | null {
  const [left, right] = [readJson(one), readJson(other)];
  return left === undefined || right === undefined ? null : differ(left, right, "");
}

function readJson(bytes: Uint8Array): Json | undefined {
  const text = readUtf8(bytes);
  try {
    return text === null ? undefined : parseJson(text).value;
  } catch {
    return undefined;
  }
}

/** The JSON pointer (RFC 6901) of the first difference in value; null: only the spelling differs. */
function differ(left: Json, right: Json, path: string): string | null {
  if (isObject(left) && isObject(right)) {
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const found = step(left.get(key), right.get(key), `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
      const found = step(left[at], right[at], `${path}/${at}`);
      if (found !== null) return found;
    }
    return null;
  }
  const same = left instanceof JsonNumber && right instanceof JsonNumber ? left.text === right.text : left === right;
  return same ? null : path;
}

function step(left: Json | undefined, right: Json | undefined, path: string): string | null {
  return left === undefined || right === undefined ? path : differ(left, right, path);
}

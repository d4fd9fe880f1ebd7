/**
 * A number as it was written. Nothing here goes through a float: a genesis holds integers above 2^53 and decimals
 * whose last digit counts.
 */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object with its keys in the order of the file. A `Map`: a plain object would sort keys that look like numbers. */
export type JsonObject = Map<string, Json>;

/** JSON without loss. */
export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;

/** Whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map;
}

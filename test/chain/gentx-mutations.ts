import fc from "fast-check";
import { account, consensusKey, draft, keyJson, operator, sign, type TxJson } from "../genesis/gentxs.ts";

type Path = readonly (string | number)[];
type Change = { readonly place: number; readonly how: (old: unknown) => unknown };

const removed = Symbol("removed");

/** What may stand in a gentx's place: right, nearly right, and wrong, of every type. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom("", "0", "1", "-1", "5", "00", "007", "0x10", "1_0", " 1", "+1", "1.0", "0.1", ".1", "0.2", "1", "2"),
  fc.constantFrom("999999", "1000000", "500000000", "1000000000", "1000000001", "9223372036854775807", "9".repeat(30)),
  fc.constantFrom(String(2n ** 64n - 1n), String(2n ** 64n), String(2n ** 256n), "0.1000000000000000001"),
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1.5, [], {}, [null], [""], [{}]),
  fc.constantFrom("upaw", "stake", "u!", "SIGN_MODE_DIRECT", "SIGN_MODE_LEGACY_AMINO_JSON", "SIGN_MODE_TEXTUAL", "m"),
  fc.constantFrom(71, 141, 257, 281, 3001).map((length) => "x".repeat(length)),
  fc.integer({ min: 34, max: 37 }).map((length) => "é".repeat(length)),
  fc
    .integer({ min: 0, max: 9 })
    .chain((n) => fc.constantFrom<unknown>(account(n), operator(n), operator(n).toUpperCase())),
  fc
    .integer({ min: 0, max: 3 })
    .chain((n) => fc.constantFrom<unknown>(keyJson(n), consensusKey(n), consensusKey(n).key)),
  fc.constantFrom<unknown>([{ denom: "upaw", amount: "7" }], [{ denom: "upaw", amount: "0" }], { denom: "upaw" }),
  fc.bigInt({ min: 0n, max: 10n ** 10n }).map(String),
  fc.string({ unit: "binary", maxLength: 5 }),
);

const how: fc.Arbitrary<Change["how"]> = fc.oneof(
  { weight: 6, arbitrary: values.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => removed) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => (Array.isArray(old) ? [...old, ...old] : [old])) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => (typeof old === "string" ? `${old}0` : { unknown: old })) },
  { weight: 1, arbitrary: fc.constant((old: unknown) => (isObject(old) ? { ...old, extra: "x" } : old)) },
);

/**
 * A gentx with a field changed, or a few. It is signed after the change where it can be, so that the field
 * alone decides; now and then before it.
 */
export const mutatedGentx: fc.Arbitrary<string> = fc
  .record({
    changes: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.record({ place: fc.nat(), how })) },
      { weight: 1, arbitrary: fc.array(fc.record({ place: fc.nat(), how }), { minLength: 2, maxLength: 3 }) },
    ),
    camel: fc.option(fc.nat(), { freq: 12 }),
    signedBefore: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
    amino: fc.boolean(),
    number: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ changes, camel, signedBefore, amino, number }) => {
    const plain = draft(number);
    if (amino)
      plain.auth_info.signer_infos[0] = {
        ...signer(plain),
        mode_info: { single: { mode: "SIGN_MODE_LEGACY_AMINO_JSON" } },
      };
    const first: unknown = JSON.parse(sign(plain, { key: number }));
    let tx = first;
    for (const { place, how: change } of changes) {
      const paths = [...pathsOf(tx, [])];
      tx = changed(tx, paths[place % paths.length] ?? [], change);
    }
    const text = signedBefore ? JSON.stringify(tx) : signedAnew(tx, number);
    return camel === null ? text : camelCased(text, camel);
  });

const signer = (tx: TxJson) => tx.auth_info.signer_infos[0] as TxJson["auth_info"]["signer_infos"][number];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every place below the top. */
function* pathsOf(value: unknown, path: Path): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value))
    yield* pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]);
}

function changed(value: unknown, [key, ...rest]: Path, change: Change["how"]): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => {
      const next = index === key ? changed(each, rest, change) : each;
      return next === removed ? [] : [next];
    });
  }
  const entries = Object.entries(value as object).flatMap(([name, each]: [string, unknown]) => {
    const next = name === key ? changed(each, rest, change) : each;
    return next === removed ? [] : [[name, next] as const];
  });
  return Object.fromEntries(entries);
}

/** What can't be read can't be signed, and keeps the signature that it had. */
function signedAnew(tx: unknown, number: number): string {
  const { signatures } = tx as Partial<TxJson>;
  try {
    const signed = JSON.parse(sign(tx as TxJson, { key: number })) as TxJson;
    // Where the change was among the signatures, it stays.
    return JSON.stringify(signatures?.length === 1 ? signed : { ...signed, signatures });
  } catch {
    return JSON.stringify(tx);
  }
}

function camelCased(text: string, which: number): string {
  const keys = [...text.matchAll(/"([a-z]+_[a-z_]+)":/g)];
  const key = keys[which % Math.max(1, keys.length)]?.[1];
  if (key === undefined) return text;
  return text.replace(`"${key}":`, `"${key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}":`);
}

import { readSeat } from "../../genesis/ceremony/gentx-facts.ts";
import { factsOfParts, judgeContext } from "../../genesis/ceremony/judge-context.ts";
import { gentxBytesMax, judgeGentx, readText } from "../../genesis/gentx/judge.ts";
import { sha256Hex } from "../../genesis/log/bytes.ts";
import { fetchContent } from "./fetch-log.js";

/** Larger ones are left to the server, for a phone's sake. */
const partBytesMax = 8 * 1024 * 1024;
const othersMax = 300;
const atOnce = 6;

let known = { of: "", facts: null };
const seats = new Map();

/**
 * The judge of gentxs, off the page's thread. In: `{id, base, ceremony, bytes}`, where `base` is the ceremony's path.
 * Out: `{id, verdict, sha256, operator, against}` or `{id, error}`. The gentx itself goes nowhere from here.
 */
self.onmessage = async ({ data: { id, base, ceremony, bytes } }) => {
  try {
    self.postMessage({ id, ...(await judge(base, ceremony, new Uint8Array(bytes))) });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};

async function judge(base, ceremony, bytes) {
  const { parameters } = ceremony;
  const text = readText(bytes);
  const alone = judgeContext(parameters, undefined, []);
  // A secret is found before anything is asked of anybody.
  const first = judgeGentx(text, alone);
  const [secret] = first.failures.filter(({ rule }) => rule === "secret");
  if (secret || bytes.length > gentxBytesMax) return tell(first, bytes, null, { genesis: false, others: 0, unread: 0 });
  const reduction = BigInt(parameters.powerReduction);
  const operator = readSeat(bytes, reduction)?.facts.operator ?? null;
  const facts = await genesisFacts(base, ceremony);
  const others = await otherSeats(base, ceremony, operator, reduction);
  const unread = others.filter((seat) => seat === null).length;
  const context = judgeContext(parameters, facts ?? undefined, others.filter(Boolean));
  const against = { genesis: facts !== null, others: others.length - unread, unread };
  return tell(judgeGentx(text, context), bytes, operator, against);
}

function tell({ ok, gentx, failures, warnings }, bytes, operator, against) {
  const shown = gentx && { moniker: gentx.moniker, power: String(gentx.power) };
  return { verdict: { ok, gentx: shown, failures, warnings }, sha256: sha256Hex(bytes), operator, against };
}

/** What the base genesis with its allocations says; null: there is none, or it could not be read here. */
async function genesisFacts(base, { parameters, base: part, allocations }) {
  if (part === null) return null;
  const of = `${part.sha256} ${allocations?.sha256}`;
  if (known.of === of) return known.facts;
  const bytes = await fetchContent(base, part.sha256, partBytesMax).catch(() => null);
  const list = allocations && (await fetchContent(base, allocations.sha256, partBytesMax).catch(() => null));
  if (bytes === null || (allocations && list === null)) return null;
  try {
    // The list says by its first character what it is: JSON begins with a bracket.
    const format = list && /^\s*\[/.test(readText(list.subarray(0, 64))) ? "json" : "csv";
    known = { of, facts: factsOfParts({ parameters, base: bytes, allocations: list && { bytes: list, format } }) };
    return known.facts;
  } catch {
    return null;
  }
}

/** The seats of the gentxs that stand; null for each that could not be read. */
async function otherSeats(base, { gentxs }, operator, reduction) {
  const others = gentxs.filter((entry) => entry.operator !== operator);
  const found = others.slice(othersMax).map(() => null);
  const wanted = others.slice(0, othersMax);
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce).map(({ sha256 }) => seatOf(base, sha256, reduction));
    found.push(...(await Promise.all(some)));
  }
  return found;
}

async function seatOf(base, sha256, reduction) {
  const name = `${sha256} ${reduction}`;
  if (seats.has(name)) return seats.get(name);
  const bytes = await fetchContent(base, sha256, gentxBytesMax).catch(() => null);
  const seat = bytes && (readSeat(bytes, reduction)?.seat ?? null);
  if (seat !== null) seats.set(name, seat);
  return seat;
}

const charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** The SDK's own bound (types/bech32). */
const charactersMax = 1023;

/** An address taken apart. */
export type Bech32 = { readonly prefix: string; readonly bytes: Uint8Array };

/** Reads bech32 (BIP 173, no length limit of 90) as btcutil does: one case, which is lowered. Null: it is none. */
export function readBech32(text: string): Bech32 | null {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  const split = lower.lastIndexOf("1");
  if (split < 1 || split + 7 > lower.length || lower.length > charactersMax) return null;
  const prefix = lower.slice(0, split);
  if (!/^[\x21-\x7e]+$/.test(prefix)) return null;
  const words = [...lower.slice(split + 1)].map((letter) => charset.indexOf(letter));
  if (words.includes(-1) || checksum(prefix, words) !== 1) return null;
  const bytes = regroup(words.slice(0, -6), 5, 8);
  return bytes === null ? null : { prefix, bytes: Uint8Array.from(bytes) };
}

/** Writes bech32. The prefix must be lower case ASCII. */
export function writeBech32(prefix: string, bytes: Uint8Array): string {
  const words = regroup([...bytes], 8, 5) ?? [];
  const sum = checksum(prefix, [...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => (sum >> shift) & 31);
  return `${prefix}1${[...words, ...tail].map((word) => charset[word]).join("")}`;
}

function checksum(prefix: string, words: readonly number[]): number {
  const letters = [...prefix].map((letter) => letter.charCodeAt(0));
  const all = [...letters.map((code) => code >> 5), 0, ...letters.map((code) => code & 31), ...words];
  let sum = 1;
  for (const word of all) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    generator.forEach((step, bit) => {
      if ((top >> bit) & 1) sum ^= step;
    });
  }
  return sum >>> 0;
}

/** Groups bits anew. Towards bytes, bits left over must be fewer than a word and all zero; null if they aren't. */
function regroup(values: readonly number[], from: number, to: number): number[] | null {
  const grouped: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = ((held << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      grouped.push((held >> bits) & ((1 << to) - 1));
    }
  }
  const rest = held & ((1 << bits) - 1);
  if (to === 5) return bits > 0 ? [...grouped, (rest << (5 - bits)) & 31] : grouped;
  return bits >= from || rest !== 0 ? null : grouped;
}

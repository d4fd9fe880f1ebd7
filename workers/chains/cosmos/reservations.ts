import type { Reservations, Standing } from "../../domain/chain/driver.ts";

/** What one account has used up. `account` is null where the account number is not known. */
export type Slot = { readonly account: bigint | null; readonly sequence: bigint };

/** `<account number>/<sequence>`, both decimal; nothing before the slash where the number is not known. */
export function writeSlot({ account, sequence }: Slot): string {
  return `${account ?? ""}/${sequence}`;
}

/** Reads what {@link writeSlot} wrote. Throws on anything else: it only ever reads our own rows. */
export function readSlot(text: string): Slot {
  const match = /^(\d{0,20})\/(\d{1,20})$/.exec(text);
  if (!match?.[2]) throw new Error(`not an account number and a sequence: ${text}`);
  return { account: match[1] ? BigInt(match[1]) : null, sequence: BigInt(match[2]) };
}

/**
 * Sequences of an account chain. `used` is the next free sequence that is known: everything below it is in a
 * block. A reset may give the account another number, so the number always follows the newer standing.
 */
export const sequences: Reservations = {
  next(used, held) {
    const { account, sequence } = readSlot(used);
    const taken = new Set(held.map((reserves) => readSlot(reserves).sequence));
    let free = sequence;
    while (taken.has(free)) free += 1n;
    return writeSlot({ account, sequence: free });
  },

  after(used, reserves) {
    const spent = readSlot(reserves);
    const before = used === null ? { account: null, sequence: 0n } : readSlot(used);
    const sequence = spent.sequence + 1n > before.sequence ? spent.sequence + 1n : before.sequence;
    return writeSlot({ account: before.account ?? spent.account, sequence });
  },

  latest(a, b) {
    if (a === null) return b;
    const [older, newer] = [readSlot(a), readSlot(b)];
    const sequence = newer.sequence > older.sequence ? newer.sequence : older.sequence;
    return writeSlot({ account: newer.account ?? older.account, sequence });
  },

  explains(used, held, standing: Standing) {
    let reach = readSlot(used).sequence;
    for (const reserves of held) {
      const after = readSlot(reserves).sequence + 1n;
      if (after > reach) reach = after;
    }
    return readSlot(standing.used).sequence <= reach;
  },

  spent(reserves, standing: Standing) {
    return readSlot(standing.used).sequence > readSlot(reserves).sequence;
  },
  compare(a, b) {
    const [first, second] = [readSlot(a).sequence, readSlot(b).sequence];
    return first < second ? -1 : Number(first > second);
  },
};

import type { GentxView } from "../ceremony/ceremony-api.ts";
import { type CeremonyLook, gentxIn, lookAtCeremony } from "./gentx-of.ts";
import { namesOf } from "./names.ts";
import { type PeerLook, standingLook } from "./peer-look.ts";
import type { Directory } from "./ports.ts";
import {
  type OperatorProfile,
  type ProofKind,
  publicProfile,
  type Registration,
  type RegistrationState,
} from "./registration.ts";

/** A state of the directory: of a registration, or of a gentx that nobody has registered. */
export type EntryState = RegistrationState | "unregistered";

/** An operator as everybody may see them. */
export type Entry = {
  readonly operator: string;
  readonly valoper: string;
  readonly state: EntryState;
  /** Of who was rejected or has withdrawn it is not shown. */
  readonly profile: OperatorProfile | null;
  readonly moniker: string;
  readonly reason: string;
  readonly registered: {
    readonly proof: ProofKind;
    readonly rev: number;
    readonly createdAtMs: number;
    readonly changedAtMs: number;
  } | null;
  /** The newest look at their node; null: none. */
  readonly look: PeerLook | null;
  /** Theirs in the ceremony. */
  readonly gentx: GentxView | null;
};

/** Which page, and of whom. */
export type Wanted = { readonly after: string; readonly state: EntryState | null; readonly limit: number };

/** A page by operator. `gentxsKnown` is false where the ceremony gave no answer. */
export type EntryPage = {
  readonly entries: readonly Entry[];
  readonly next: string | null;
  readonly gentxsKnown: boolean;
};

/** Registrations and the gentxs without one, as one list. */
export async function listDirectory(directory: Directory, { after, state, limit }: Wanted): Promise<EntryPage> {
  const { store, room } = directory;
  const [look, rows] = await Promise.all([
    lookAtCeremony(room),
    state === "unregistered" ? [] : store.page({ after, state, limit: limit + 1 }),
  ]);
  const handedIn = state === null || state === "unregistered" ? (look.view?.gentxs ?? []) : [];
  const later = handedIn.filter(({ operator }) => operator > after);
  const looks = await looksOf(directory, rows);
  const known = later.length === 0 ? new Set() : await store.known(later.map(({ operator }) => operator));
  const entries = [
    ...rows.map((row) => entryOf(directory, row, look, looks)),
    ...later.filter(({ operator }) => !known.has(operator)).map((gentx) => unregistered(directory, gentx)),
  ].sort((a, b) => (a.operator < b.operator ? -1 : 1));
  const page = entries.slice(0, limit);
  return {
    entries: page,
    next: entries.length > limit ? (page.at(-1)?.operator ?? null) : null,
    gentxsKnown: look.asked,
  };
}

/** One operator; null: neither registered nor with a gentx. */
export async function findEntry(directory: Directory, operator: string): Promise<Entry | null> {
  const [look, row] = await Promise.all([lookAtCeremony(directory.room), directory.store.one(operator)]);
  if (row !== null) return entryOf(directory, row, look, await looksOf(directory, [row]));
  const gentx = gentxIn(look, operator);
  return gentx && unregistered(directory, gentx);
}

/** A registration as everybody may see it. */
export async function findEntryOf(directory: Directory, row: Registration): Promise<Entry> {
  const [look, looks] = await Promise.all([lookAtCeremony(directory.room), looksOf(directory, [row])]);
  return entryOf(directory, row, look, looks);
}

function entryOf(
  { prefix }: Pick<Directory, "prefix">,
  row: Registration,
  look: CeremonyLook,
  looks: ReadonlyMap<string, PeerLook>,
): Entry {
  const { operator, state, reason, proof, rev, createdAtMs, changedAtMs } = row;
  const shown = publicProfile(row);
  const gentx = gentxIn(look, operator);
  return {
    ...namedEntry(prefix, operator),
    state,
    profile: shown,
    moniker: shown?.moniker ?? "",
    reason,
    registered: { proof, rev, createdAtMs, changedAtMs },
    look: standingLook(row, looks),
    gentx,
  };
}

/** Looks are asked for at approved operators' nodes alone: there are no others. */
async function looksOf({ looks }: Directory, rows: readonly Registration[]): Promise<ReadonlyMap<string, PeerLook>> {
  const operators = rows.filter(({ state }) => state === "approved").map(({ operator }) => operator);
  return looks === null || operators.length === 0 ? new Map() : looks.of(operators);
}

function unregistered({ prefix }: Pick<Directory, "prefix">, gentx: GentxView): Entry {
  const { operator, moniker } = gentx;
  const nothing = { profile: null, reason: "", registered: null, look: null };
  return { ...namedEntry(prefix, operator), state: "unregistered", moniker, ...nothing, gentx };
}

function namedEntry(prefix: string, operator: string) {
  return { operator, valoper: namesOf(prefix, operator).valoper };
}

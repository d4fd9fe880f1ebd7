import { readUtf8 } from "../../../genesis/log/bytes.ts";
import type { CeremonyRoomApi, CeremonyView, GentxView } from "../ceremony/ceremony-api.ts";
import { CeremonyUnreachable } from "../ceremony/door.ts";

/** What a ceremony tells the directory. `asked` is false where it gave no answer: then nothing is known. */
export type CeremonyLook = { readonly asked: boolean; readonly view: CeremonyView | null };

/** Where the ceremony stands, as far as it can be told. A directory goes on without it. */
export async function lookAtCeremony(room: CeremonyRoomApi | null): Promise<CeremonyLook> {
  if (room === null) return { asked: true, view: null };
  try {
    return { asked: true, view: await room.view() };
  } catch (error) {
    if (error instanceof CeremonyUnreachable) return { asked: false, view: null };
    throw error;
  }
}

/** An operator's gentx in the ceremony; null: none stands there. */
export function gentxIn({ view }: CeremonyLook, operator: string): GentxView | null {
  return view?.gentxs.find((gentx) => gentx.operator === operator) ?? null;
}

/** The text of an operator's gentx that stands; null: none does. Throws `CeremonyUnreachable`. */
export async function standingGentx(room: CeremonyRoomApi | null, operator: string): Promise<string | null> {
  if (room === null) return null;
  const view = await room.view();
  const found = view?.gentxs.find((gentx) => gentx.operator === operator);
  const bytes = found && (await room.logFile(`content/${found.sha256}`));
  return bytes ? readUtf8(bytes) : null;
}

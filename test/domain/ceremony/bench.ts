import { assembleParts } from "../../../genesis/ceremony/assemble-parts.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { signerKey } from "../../../genesis/log/key.ts";
import type { CoordinatorAct } from "../../../workers/domain/ceremony/ceremony-api.ts";
import type {
  CeremonyPorts,
  CeremonyStore,
  Dissent,
  DissentStore,
  Wish,
} from "../../../workers/domain/ceremony/ports.ts";
import { CeremonyRoom } from "../../../workers/domain/ceremony/room.ts";
import type { AuditRow } from "../../../workers/domain/claim/operator-records.ts";
import { dayMs, parameters, startMs } from "../../genesis/ceremony/rehearsal.ts";
import { corpusGentxs, corpusText } from "../../genesis/launches.ts";
import { memoryLog } from "../../genesis/log/grown.ts";

/** A ceremony's storage in memory. */
export function memoryCeremonyStore(): CeremonyStore {
  const wishes = new Map<string, Wish>();
  const audit: AuditRow[] = [];
  let refusals = 0;
  return Object.assign(memoryLog(), {
    atomically: <T>(work: () => T) => work(),
    wish: (intent: string, sinceMs: number) => {
      const wish = wishes.get(intent);
      return wish !== undefined && wish.atMs >= sinceMs ? wish : null;
    },
    keepWish: (wish: Wish) => void wishes.set(wish.intent, wish),
    wishes: (sinceMs: number) => [...wishes.values()].filter(({ atMs }) => atMs >= sinceMs),
    dropWishes: () => wishes.clear(),
    addAudit: (row: Omit<AuditRow, "n">) => void audit.push({ n: audit.length + 1, ...row }),
    audit: (before: number | null, limit: number) =>
      audit
        .filter(({ n }) => before === null || n < before)
        .toReversed()
        .slice(0, limit),
    countRefusal: () => {
      refusals += 1;
    },
    refusals: () => refusals,
  });
}

function memoryDissents(): DissentStore {
  const kept = new Map<string, Dissent>();
  return {
    keep: (dissent) => void kept.set(dissent.operator, dissent),
    of: (version) => [...kept.values()].filter((dissent) => dissent.version === version),
  };
}

/** A room on memory, with a clock that a test moves by days. `slow`: each store of content takes a turn. */
export function roomBench(chainId = "paw-local-1") {
  const files = new Map<string, Uint8Array>();
  const clock = { ms: startMs };
  const store = memoryCeremonyStore();
  const lines: string[] = [];
  let ids = 0;
  const ports: CeremonyPorts = {
    store,
    contents: {
      put: async (bytes) => {
        await Promise.resolve();
        const sha256 = sha256Hex(bytes);
        files.set(sha256, bytes);
        return sha256;
      },
      get: async (sha256) => files.get(sha256) ?? null,
    },
    key: signerKey("example.org/paw-local-1", new Uint8Array(32).fill(7)),
    assemble: assembleParts,
    words: { attestSecret: new Uint8Array(32).fill(5), dissents: memoryDissents() },
    nowMs: () => clock.ms,
    newId: () => `id${++ids}`,
    log: (event, fields) => void lines.push(JSON.stringify({ event, ...fields })),
  };
  // Its memos name loopback addresses, as a network on one machine has them.
  const policy = {
    parameters: { ...parameters, chainId, waived: ["memo-address"] },
  };
  const open = () => new CeremonyRoom(ports, policy);
  const at = (days: number) => {
    clock.ms = startMs + days * dayMs;
  };
  return { ports, policy, store, files, lines, open, at };
}

export const base = () => new TextEncoder().encode(corpusText("sdk-paw-local-1", "genesis.pre-collect.json"));
export const gentxs = () =>
  corpusGentxs(["sdk-paw-local-1", "gentxs"]).map(({ text }) => new TextEncoder().encode(text));

/** Does an act and throws when it is refused. */
export async function must(room: CeremonyRoom, who: string, act: CoordinatorAct) {
  const acted = await room.act(who, act);
  if (!acted.ok)
    throw new Error(JSON.stringify(acted.refusal, (_, value) => (typeof value === "bigint" ? String(value) : value)));
  return acted.value;
}

/** A ceremony that takes gentxs. */
export async function collecting(room: CeremonyRoom): Promise<void> {
  await must(room, "ann", { kind: "create" });
  await must(room, "ann", { kind: "base", bytes: base() });
  await must(room, "ann", { kind: "move", to: "accounts" });
  await must(room, "ann", { kind: "move", to: "collecting" });
}

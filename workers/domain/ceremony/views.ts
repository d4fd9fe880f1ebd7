import { attestedPower, totalPower } from "../../../genesis/ceremony/power.ts";
import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import { formatVerifierKey } from "../../../genesis/log/key.ts";
import type { Receipt } from "../../../genesis/log/log.ts";
import type { CeremonyView, ReceiptView } from "./ceremony-api.ts";
import { type CeremonyPorts, wishMs } from "./ports.ts";

/** Bytes in lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A receipt as it goes out. */
export function viewReceipt({ index, leafHash, inclusion, checkpoint }: Receipt): ReceiptView {
  return { index, leafHash: hexOf(leafHash), inclusion: inclusion.map(hexOf), checkpoint };
}

/** A ceremony as everybody may see it. */
export function viewCeremony(
  state: CeremonyState,
  monikers: ReadonlyMap<string, string>,
  { store, key, nowMs }: Pick<CeremonyPorts, "store" | "key" | "nowMs">,
): CeremonyView {
  const { phase, phaseSinceMs, parameters, base, allocations, gentxs, seals, standing, acts } = state;
  return {
    phase,
    phaseSinceMs,
    parameters,
    baseSha256: base?.sha256 ?? null,
    allocations: allocations && { sha256: allocations.content.sha256, accounts: allocations.accounts },
    gentxs: [...gentxs].map(([operator, { content, power, index }]) => ({
      operator,
      moniker: monikers.get(content.sha256) ?? "",
      power: String(power),
      sha256: content.sha256,
      index,
    })),
    refusals: store.refusals(),
    wishes: store.wishes(nowMs() - wishMs).map(({ atMs, ...wish }) => ({ ...wish, expiresAtMs: atMs + wishMs })),
    seals: seals.map(({ version, genesis, canonicalSha256, answerSha256, validatorsHash, index, atMs }) => ({
      version,
      sha256: genesis.sha256,
      size: genesis.size,
      canonicalSha256,
      answerSha256,
      validatorsHash,
      index,
      atMs,
    })),
    standing: standing?.version ?? null,
    attestedPower: String(attestedPower(state)),
    totalPower: String(totalPower(standing ?? state)),
    acts,
    origin: key.name,
    verifierKey: formatVerifierKey(key),
  };
}

import { type GentxFacts, readSeat } from "../../../genesis/ceremony/gentx-facts.ts";
import { judgeContext } from "../../../genesis/ceremony/judge-context.ts";
import { gentxBytesMax, judgeGentx, readText, type Verdict } from "../../../genesis/gentx/judge.ts";
import { sha256Hex } from "../../../genesis/log/bytes.ts";
import { receiptOf } from "../../../genesis/log/log.ts";
import type { HandedIn } from "./ceremony-api.ts";
import type { Journal, NewAct } from "./journal.ts";
import type { PartsCache } from "./parts-cache.ts";
import type { CeremonyPorts } from "./ports.ts";
import { type Asked, type CeremonyRefusal, refused } from "./refusals.ts";
import { viewReceipt } from "./views.ts";

/** How often a gentx is judged anew because others came in between. */
const triesMax = 16;

/** What taking a gentx works on. */
export type Intake = { readonly ports: CeremonyPorts; readonly journal: Journal; readonly parts: PartsCache };

type Judged = { readonly verdict: Verdict; readonly facts: GentxFacts };

/** Judges a gentx against the ceremony as it stands. Nothing of it is stored or logged, whatever it holds. */
export async function checkGentx(intake: Intake, bytes: Uint8Array): Promise<Asked<Omit<HandedIn, "receipt">>> {
  const judged = await judge(intake, bytes);
  if (!judged.ok) return judged;
  const allowed = intake.journal.allows(actOf(intake, bytes, judged.value.facts));
  return allowed.ok ? { ok: true, value: handedIn(bytes, judged.value) } : allowed;
}

/**
 * Takes a gentx: judged, stored, logged. It is judged again when others were taken while its bytes were stored, so
 * that two with one consensus key can't both pass. What is refused is counted and forgotten.
 */
export async function handInGentx(intake: Intake, bytes: Uint8Array): Promise<Asked<HandedIn>> {
  const { ports, journal } = intake;
  for (let attempt = 1; attempt <= triesMax; attempt += 1) {
    const judgedAt = journal.state?.acts;
    const judged = await judge(intake, bytes);
    const again = judged.ok ? receiptAgain(intake, bytes, judged.value) : null;
    if (again !== null) return { ok: true, value: again };
    const act = judged.ok ? actOf(intake, bytes, judged.value.facts) : null;
    const allowed = act === null ? judged : journal.allows(act);
    if (!judged.ok || act === null || !allowed.ok) {
      ports.store.countRefusal();
      return allowed.ok ? refused({ reason: "ceremony_busy" }) : allowed;
    }
    await ports.contents.put(bytes);
    if (journal.state?.acts !== judgedAt) continue;
    const added = journal.add(act);
    return added.ok ? { ok: true, value: { ...handedIn(bytes, judged.value), receipt: added.value } } : added;
  }
  return refused({ reason: "ceremony_busy" });
}

/** The same file again: its first answer may have been lost. */
function receiptAgain({ ports, journal }: Intake, bytes: Uint8Array, judged: Judged): HandedIn | null {
  const stands = journal.state?.gentxs.get(judged.facts.operator);
  if (stands === undefined || stands.content.sha256 !== sha256Hex(bytes)) return null;
  return { ...handedIn(bytes, judged), receipt: viewReceipt(receiptOf(ports.store, stands.index, ports.key)) };
}

async function judge({ journal, parts }: Intake, bytes: Uint8Array): Promise<Asked<Judged>> {
  const { state } = journal;
  const no = (refusal: CeremonyRefusal) => refused(refusal);
  if (bytes.length > gentxBytesMax) return no({ reason: "content_too_large", bytesMax: gentxBytesMax });
  if (state === null) return no({ reason: "act_forbidden", why: { reason: "not_created" } });
  if (state.phase !== "collecting") {
    return no({ reason: "act_forbidden", why: { reason: "wrong_phase", phase: state.phase, wants: ["collecting"] } });
  }
  const genesis = await parts.facts(state);
  const seated = readSeat(bytes, BigInt(state.parameters.powerReduction));
  const others = await parts.others(state, seated?.facts.operator ?? null);
  const verdict = judgeGentx(readText(bytes), judgeContext(state.parameters, genesis, others));
  if (verdict.ok && seated !== null) return { ok: true, value: { verdict, facts: seated.facts } };
  return no({ reason: "gentx_refused", failures: verdict.failures, warnings: verdict.warnings });
}

function actOf({ journal }: Intake, bytes: Uint8Array, { operator, power, body }: GentxFacts): NewAct {
  const content = { sha256: sha256Hex(bytes), size: bytes.length };
  const replaces = journal.state?.gentxs.get(operator)?.content.sha256;
  const common = { actor: `operator:${operator}`, operator, content, power: String(power), body };
  return replaces === undefined ? { kind: "gentx", ...common } : { kind: "replacement", ...common, replaces };
}

function handedIn(bytes: Uint8Array, { verdict, facts }: Judged): Omit<HandedIn, "receipt"> {
  const { operator, power } = facts;
  const moniker = verdict.gentx?.moniker ?? "";
  return { operator, moniker, power: String(power), sha256: sha256Hex(bytes), warnings: verdict.warnings };
}

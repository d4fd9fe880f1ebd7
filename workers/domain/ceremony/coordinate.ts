import { BrokenPart, readAllocations, readBase } from "../../../genesis/ceremony/parts.ts";
import { moverOf } from "../../../genesis/ceremony/phases.ts";
import type { CeremonyState } from "../../../genesis/ceremony/state.ts";
import { allocationsRoom, baseRoom } from "./bounds.ts";
import type { Acted, CoordinatorAct, ReceiptView } from "./ceremony-api.ts";
import type { Intake } from "./hand-in.ts";
import type { NewAct } from "./journal.ts";
import { type CeremonyPolicy, wishMs } from "./ports.ts";
import type { Previews } from "./preview.ts";
import { type Asked, refused } from "./refusals.ts";
import { viewCeremony } from "./views.ts";

const notCreated = refused({ reason: "act_forbidden", why: { reason: "not_created" } });

/** What a coordinator's act works on. */
export type Chair = Intake & { readonly policy: CeremonyPolicy; readonly previews: Previews };

/** Does what a coordinator asks for, or keeps their wish until a second one asks for the same. */
export async function coordinate(chair: Chair, name: string, act: CoordinatorAct): Promise<Asked<Acted>> {
  const { journal, policy } = chair;
  const actor = `admin:${name}`;
  if (act.kind === "create") {
    return done(chair, journal.add({ kind: "created", actor, parameters: policy.parameters }));
  }
  return journal.state === null ? notCreated : further(chair, journal.state, name, act);
}

type Further = Exclude<CoordinatorAct, { readonly kind: "create" }>;

/** Every act but the first. */
async function further(chair: Chair, state: CeremonyState, name: string, act: Further): Promise<Asked<Acted>> {
  const { journal } = chair;
  const actor = `admin:${name}`;
  switch (act.kind) {
    case "parameters":
      return done(chair, journal.add({ kind: "parameter", actor, changes: act.changes, ...reasonOf(act) }));
    case "withdraw":
      return done(chair, withdraw(chair, state, actor, act));
    case "base":
    case "allocations":
      return part(chair, state, actor, act);
    case "move": {
      const move = { kind: "phase", actor, from: state.phase, to: act.to, ...reasonOf(act) } as const;
      if (moverOf(state.phase, act.to) !== "reset") return done(chair, journal.add(move));
      return together(chair, name, `reset ${state.standing?.version} to ${act.to}`, act.reason ?? "", move);
    }
    case "seal":
      return seal(chair, state, name, act);
    case "abort":
      return together(chair, name, "abort", act.reason, { kind: "abort", actor, reason: act.reason });
  }
}

/** Both coordinators name the hash that they saw: what is sealed is what was looked at, or nothing. */
async function seal(
  chair: Chair,
  state: CeremonyState,
  name: string,
  act: Extract<CoordinatorAct, { kind: "seal" }>,
): Promise<Asked<Acted>> {
  const made = await chair.previews.preview();
  if (!made.ok) return made;
  const { sha256, canonicalSha256, answerSha256, validatorsHash, genesis } = made.value;
  if (sha256 !== act.sha256) return refused({ reason: "seal_differs", sha256 });
  await chair.ports.contents.put(genesis);
  // Something came in while the genesis was stored: what was assembled is not what stands.
  if (chair.journal.state?.acts !== state.acts) return refused({ reason: "ceremony_busy" });
  const version = state.seals.length + 1;
  return together(chair, name, `seal ${version} ${sha256}`, act.reason ?? "", {
    kind: "seal",
    actor: `admin:${name}`,
    version,
    genesis: { sha256, size: genesis.length },
    canonicalSha256,
    answerSha256,
    validatorsHash,
    ...reasonOf(act),
  });
}

type Grave = Extract<NewAct, { kind: "seal" | "abort" | "phase" }>;
type Lonely<A> = A extends Grave ? Omit<A, "approvers"> : never;

/** An act that takes two where the rule is on: the first coordinator's wish waits, the second one's does it. */
async function together(
  chair: Chair,
  name: string,
  intent: string,
  reason: string,
  act: Lonely<Grave>,
): Promise<Asked<Acted>> {
  const { ports, journal } = chair;
  const nowMs = ports.nowMs();
  const first = ports.store.wish(intent, nowMs - wishMs);
  const others = first === null || first.by === name ? [] : [first.by];
  const agreed = { ...act, approvers: [name, ...others].sort() } as Grave;
  if (others.length === 0 && journal.state?.parameters.twoPerson) {
    // Forbidden for another reason than the missing person: nobody should be made to wait for nothing.
    const allowed = journal.allows({ ...agreed, approvers: [name, "~"] } as Grave);
    if (!allowed.ok) return allowed;
    const by = first?.by ?? name;
    if (first === null) ports.store.keepWish({ intent, by, atMs: nowMs, reason }, nowMs - wishMs);
    return { ok: true, value: { state: "waiting", by, expiresAtMs: (first?.atMs ?? nowMs) + wishMs } };
  }
  const added = journal.add(agreed);
  if (added.ok) ports.store.dropWishes();
  return done(chair, added);
}

function withdraw(
  { journal }: Intake,
  state: CeremonyState,
  actor: string,
  { operator, reason }: Extract<CoordinatorAct, { kind: "withdraw" }>,
): Asked<ReceiptView> {
  const withdraws = state.gentxs.get(operator)?.content.sha256;
  if (withdraws === undefined) {
    return refused({ reason: "act_forbidden", why: { reason: "gentx_does_not_stand", sha256: null } });
  }
  return journal.add({ kind: "withdrawal", actor, operator, withdraws, reason });
}

async function part(
  chair: Chair,
  { parameters, base, allocations }: CeremonyState,
  actor: string,
  act: Extract<CoordinatorAct, { kind: "base" | "allocations" }>,
): Promise<Asked<Acted>> {
  const { bytes } = act;
  const bytesMax = act.kind === "base" ? baseRoom(allocations?.content.size ?? 0) : allocationsRoom(base?.size ?? 0);
  if (bytes.length > bytesMax) return refused({ reason: "content_too_large", bytesMax });
  let accounts = 0;
  try {
    if (act.kind === "base") readBase(bytes);
    else accounts = readAllocations({ parameters, allocations: { bytes, format: act.format } })?.count ?? 0;
  } catch (error) {
    if (!(error instanceof BrokenPart)) throw error;
    return refused({ reason: "parts_broken", problems: [error.message] });
  }
  const content = { sha256: await chair.ports.contents.put(bytes), size: bytes.length };
  const { journal } = chair;
  if (act.kind === "base") return done(chair, journal.add({ kind: "parameter", actor, base: content }));
  return done(chair, journal.add({ kind: "allocations", actor, content, format: act.format, accounts }));
}

async function done({ ports, journal, parts }: Chair, added: Asked<ReceiptView>): Promise<Asked<Acted>> {
  if (!added.ok) return added;
  const { state } = journal;
  if (state === null) return notCreated;
  const view = viewCeremony(state, await parts.monikers(state), ports);
  return { ok: true, value: { state: "done", receipt: added.value, view } };
}

function reasonOf({ reason }: { readonly reason?: string }): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

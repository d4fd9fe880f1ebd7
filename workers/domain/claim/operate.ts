import type { Desk } from "./memory.ts";
import type { ActRequest, Operated, OperatorAct, OperatorRefusal, OperatorState } from "./operator-acts.ts";

/** A longer list is another tool's job, and each claim is looked up in it. */
const deniedMax = 10_000;

/** What is written of an act beside who and when. */
type Told = { readonly subject: string; readonly detail: Readonly<Record<string, string | number | boolean | null>> };

/** Does an operator's act and writes its audit row, both or neither. The same id again changes nothing. */
export function operate(desk: Desk, { id, actor, act }: ActRequest): Operated {
  const { store, nowMs, log } = desk.ports;
  return store.atomically(() => {
    if (store.operator.knowsAct(id)) return { ok: true, state: operatorState(desk) };
    const done = perform(desk, act, actor);
    if ("reason" in done) return { ok: false, refusal: done };
    const detail = JSON.stringify(done.detail);
    store.operator.addAudit({ id, atMs: nowMs(), actor, act: act.kind, subject: done.subject, detail });
    log("operator_acted", { actor, act: act.kind, subject: done.subject });
    return { ok: true, state: operatorState(desk) };
  });
}

/** What operators have set. */
export function operatorState({ ports: { store } }: Desk): OperatorState {
  const { pause, budget } = store.state();
  return { pause, budget, denied: store.operator.deniedCount() };
}

function perform(desk: Desk, act: OperatorAct, by: string): Told | OperatorRefusal {
  const { store, nowMs } = desk.ports;
  const state = store.state();
  switch (act.kind) {
    case "pause": {
      const { reason, retryAtMs, drain } = act;
      store.save({ pause: { sinceMs: state.pause?.sinceMs ?? nowMs(), by, reason, retryAtMs, drain } });
      return { subject: "faucet", detail: { reason, retryAtMs, drain } };
    }
    case "resume": {
      if (!state.pause) return { reason: "not_paused" };
      store.save({ pause: null });
      return { subject: "faucet", detail: { pausedMs: nowMs() - state.pause.sinceMs } };
    }
    case "set_budget": {
      const { claimsPerHour } = act;
      store.save({ budget: { claimsPerHour, by, sinceMs: nowMs() } });
      return { subject: "budget", detail: { claimsPerHour, before: state.budget?.claimsPerHour ?? null } };
    }
    case "clear_budget": {
      if (!state.budget) return { reason: "budget_not_set" };
      store.save({ budget: null });
      return { subject: "budget", detail: { before: state.budget.claimsPerHour } };
    }
    case "deny": {
      const { address, reason } = act;
      const known = store.operator.denied(address) !== null;
      if (!known && store.operator.deniedCount() >= deniedMax) return { reason: "deny_list_full", max: deniedMax };
      store.operator.deny({ address, reason, by, atMs: nowMs() });
      return { subject: address, detail: { reason } };
    }
    case "allow": {
      if (!store.operator.allow(act.address)) return { reason: "not_denied", address: act.address };
      return { subject: act.address, detail: {} };
    }
  }
}

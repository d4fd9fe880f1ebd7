import { at, make, showFacts } from "../parts.js";
import { say } from "../texts.js";
import { isClosed, leftText, localText, nextMoment, utcText } from "./moments.js";

/** Each phase in its order: what it is called, and what may happen in it. */
const phases = {
  draft: [say("phase.draft"), say("phase.draftText")],
  accounts: [say("phase.accounts"), say("phase.accountsText")],
  collecting: [say("phase.collecting"), say("phase.collectingText")],
  sealed: [say("phase.sealed"), say("phase.sealedText")],
  attesting: [say("phase.attesting"), ""],
  countdown: [say("phase.countdown"), say("phase.countdownText")],
  live: [say("phase.live"), say("phase.liveText")],
  done: [say("phase.done"), say("phase.doneText")],
};
const aborted = [say("phase.aborted"), say("phase.abortedText")];
const kinds = { collecting: "paid", aborted: "failed", done: "paid", live: "paid" };
let ticking = 0;

/** A phase's name for people. */
export function phaseName(phase) {
  return (phases[phase] ?? aborted)[0];
}

/** Shows the line of phases, what may happen now, the sign at the top and the next moment. `refresh`: one is over. */
export function showPhase(view, refresh) {
  const { phase } = view;
  const names = Object.keys(phases);
  const reached = names.indexOf(phase);
  at("phases").replaceChildren(
    ...names.map((name, index) => {
      const item = make("li", { textContent: phases[name][0] });
      item.classList.toggle("done", index < reached || phase === "done");
      if (index === reached) item.setAttribute("aria-current", "step");
      return item;
    }),
  );
  sign(kinds[phase] ?? "notice", phaseName(phase));
  at("phase").hidden = false;
  tick(view, refresh);
}

/** Shows the sign at the top: `kind` as the faucet's page has them. */
export function sign(kind, word) {
  at("pill").dataset.kind = kind;
  at("pill-word").textContent = word;
}

/** Takes the phases away. */
export function hidePhase() {
  clearInterval(ticking);
  at("phase").hidden = true;
}

function tick(view, refresh) {
  clearInterval(ticking);
  let shown = "";
  const show = () => {
    const now = Date.now();
    const next = nextMoment(view, now);
    const text = next ? `${next.what} ${next.time}` : "";
    if (shown !== "" && shown !== text) refresh();
    if (shown !== text || text === "") {
      sayOnce(at("phase-text"), nowText(view, now));
      at("moment").hidden = next === null;
      if (next) {
        at("moment-what").textContent = next.what;
        showTime(next.time);
      }
    }
    shown = text;
    if (next) at("moment-left").textContent = say("unit.in", { time: leftText(Date.parse(next.time) - now) });
  };
  show();
  ticking = setInterval(show, 1000);
}

function showTime(time) {
  at("moment-utc").dateTime = time;
  at("moment-utc").textContent = utcText(time);
  const local = localText(time);
  at("moment-local").textContent = local && say("cer.byClock", { time: local });
}

function nowText(view, nowMs) {
  const { phase, parameters } = view;
  if (phase === "collecting" && isClosed(view, nowMs)) return say("phase.closed");
  if (phase === "attesting") {
    const { gatePercent, sealLeadHours } = parameters;
    return say("phase.attestingText", { percent: gatePercent, hours: sealLeadHours });
  }
  return (phases[phase] ?? aborted)[1];
}

function sayOnce(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows what the ceremony is held by. */
export function showRules({ parameters, allocations }) {
  const { chainId, denom, bounds, intake, allowlist, closesAt, genesisTime, gatePercent, sealLeadHours } = parameters;
  showFacts(at("rules"), [
    [say("rule.chain"), make("code", { textContent: chainId })],
    [say("rule.until"), moment(closesAt)],
    [say("rule.genesis"), moment(genesisTime)],
    [say("rule.openTo"), say(intake === "open" ? "rule.anyone" : "rule.listed", { count: allowlist.length })],
    [say("rule.stake"), `${span(amount(bounds.selfDelegationMin), amount(bounds.selfDelegationMax))} ${denom}`.trim()],
    [say("rule.commission"), span(bounds.commissionRateMin, bounds.commissionRateMax)],
    [say("rule.memo"), parameters.memoRequired ? "nodeid@host:port" : say("rule.free")],
    [say("rule.gate"), say("rule.gateText", { percent: gatePercent, hours: sealLeadHours })],
    [say("rule.coordinators"), say(parameters.twoPerson ? "rule.two" : "rule.one")],
    [say("rule.accounts"), allocations && say("rule.allocated", { count: allocations.accounts })],
  ]);
}

const amount = (text) => text?.replace(/\B(?=(\d{3})+$)/g, "\u202f");

function span(low, high) {
  if (low && high) return say("rule.span", { low, high });
  if (low) return say("rule.least", { low });
  return high ? say("rule.most", { high }) : "";
}

/** A moment by both clocks. */
export function moment(time) {
  const utc = make("time", { dateTime: time, textContent: utcText(time) });
  const local = localText(time);
  return make("span", { className: "moment" }, utc, local && make("span", { className: "hint", textContent: local }));
}

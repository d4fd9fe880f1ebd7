import { at, make, showFacts } from "../parts.js";
import { isClosed, leftText, localText, nextMoment, utcText } from "./moments.js";

/** Each phase in its order: what it is called, and what may happen in it. */
const phases = {
  draft: ["Draft", "The coordinators prepare the base genesis and the rules. No gentx is taken yet."],
  accounts: ["Accounts", "Accounts and balances are entered and looked over. No gentx is taken yet."],
  collecting: [
    "Gentxs",
    "Operators hand in their gentx, and may replace it. Anyone can look at the genesis as it stands.",
  ],
  sealed: ["Sealed", "The genesis stands, and its hash with it. Anyone can rebuild it and compare."],
  attesting: ["Attesting", ""],
  countdown: ["Countdown", "Enough power attested this genesis. Nodes are started with it before the genesis time."],
  live: ["Live", "The genesis time has come, and the launch is watched."],
  done: ["Done", "The chain runs, and the ceremony's log is closed."],
};
const aborted = ["Aborted", "This ceremony ended without a launch. Its log can still be read."];
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
    if (next) at("moment-left").textContent = `in ${leftText(Date.parse(next.time) - now)}`;
  };
  show();
  ticking = setInterval(show, 1000);
}

function showTime(time) {
  at("moment-utc").dateTime = time;
  at("moment-utc").textContent = utcText(time);
  const local = localText(time);
  at("moment-local").textContent = local && `${local} by your clock`;
}

function nowText(view, nowMs) {
  const { phase, parameters } = view;
  if (phase === "collecting" && isClosed(view, nowMs))
    return "The time for gentxs is over. Coordinators seal the genesis next.";
  if (phase === "attesting") {
    const { gatePercent, sealLeadHours } = parameters;
    return `Operators attest that they hold this genesis. The countdown begins when ${gatePercent} % of the power has, and the seal is ${sealLeadHours} h old.`;
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
    ["Chain", make("code", { textContent: chainId })],
    ["Gentxs until", moment(closesAt)],
    ["Genesis", moment(genesisTime)],
    ["Open to", intake === "open" ? "anyone" : `${allowlist.length} operators on a list`],
    ["Stake", `${span(amount(bounds.selfDelegationMin), amount(bounds.selfDelegationMax))} ${denom}`.trim()],
    ["Commission", span(bounds.commissionRateMin, bounds.commissionRateMax)],
    ["Memo", parameters.memoRequired ? "nodeid@host:port" : "free"],
    ["Gate", `${gatePercent} % of power, ${sealLeadHours} h after the seal`],
    ["Coordinators", parameters.twoPerson ? "two for a seal or a reset" : "one is enough"],
    ["Accounts", allocations && `${allocations.accounts} allocated`],
  ]);
}

const amount = (text) => text?.replace(/\B(?=(\d{3})+$)/g, "\u202f");

function span(low, high) {
  if (low && high) return `${low} to ${high}`;
  if (low) return `at least ${low}`;
  return high ? `at most ${high}` : "";
}

/** A moment by both clocks. */
export function moment(time) {
  const utc = make("time", { dateTime: time, textContent: utcText(time) });
  const local = localText(time);
  return make("span", { className: "moment" }, utc, local && make("span", { className: "hint", textContent: local }));
}

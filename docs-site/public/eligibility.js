import { ask, faucetPath } from "./api.js";
import { haltWords } from "./faucet-state.js";
import { make } from "./parts.js";
import { amountsText, clockText, durationText, periodText } from "./text.js";
import { say } from "./texts.js";

/** What this page can do, the easiest first. The rest (keys, CI tokens) is for scripts. */
const own = ["open", "turnstile", "challenge", "signature", "code"];

const addressFaults = ["invalid_address", "recipient_not_allowed"];

/** Whether a refusal is about the address itself. */
export const isAddressFault = ({ code }) => addressFaults.includes(code);

/** `{eligibility}`, or `{fault}` where the address is wrong; {} where this deployment or the network gives no answer. */
export async function askEligibility(chainId, address, code) {
  const query = new URLSearchParams(code === "" ? { address } : { address, code });
  const answer = await ask(`${faucetPath(chainId)}/eligibility?${query}`).catch(() => null);
  if (answer?.status !== 200) return {};
  const { refusal } = answer.body;
  return refusal && isAddressFault(refusal) ? { fault: refusal.detail } : { eligibility: answer.body };
}

/** The route that the button takes: null where none that this page has is open. Without an answer: as the faucet says. */
export function routeOf(eligibility, faucet, code) {
  if (code !== "") return "code";
  if (!eligibility) return { pow: "challenge", turnstile: "turnstile" }[faucet?.challenge] ?? "open";
  // The widget needs its key, which the faucet tells.
  const can = (name) => name !== "turnstile" || faucet?.turnstile !== undefined;
  const open = eligibility.routes.flatMap((entry) => (entry.open && can(entry.route) ? [entry.route] : []));
  return own.find((route) => route !== "code" && open.includes(route)) ?? null;
}

/** What is said under the address before the click, with its kind: ok, no or hint. */
export function eligibilityWords(eligibility, network, route, nowMs) {
  const { refusal, routes } = eligibility;
  if (refusal?.code === "claim_open") return ["hint", say("may.open")];
  if (refusal) {
    const until = refusal.retryAt ? ` ${untilWords(refusal.retryAt, nowMs)}` : "";
    return ["no", `${refusalWords(refusal)}${until}`];
  }
  if (route === null) return ["no", say("may.notHere")];
  const paid = amountsText(eligibility.drips, network.denoms);
  const { work } = routes.find((entry) => entry.route === route) ?? {};
  if (route === "challenge" && work)
    return ["ok", say("may.puzzle", { paid, time: durationText(work.secondsAbout * 1000) })];
  if (route === "turnstile") return ["ok", say("may.check", { paid })];
  if (route === "signature") return ["ok", say("may.sign", { paid })];
  return ["ok", say("may.now", { paid })];
}

/** `Again in 42 s, at 19:04:10.` */
function untilWords(time, nowMs) {
  return say("may.until", { time: durationText(Date.parse(time) - nowMs), clock: clockText(time, nowMs) });
}

const titles = {
  cooldown_active: say("refusal.cooldown_active"),
  client_limited: say("refusal.client_limited"),
  budget_spent: say("refusal.budget_spent"),
  balance_enough: say("refusal.balance_enough"),
  faucet_empty: say("faucet.emptyTitle"),
  faucet_paused: say("faucet.pausedTitle"),
  credential_invalid: say("refusal.credential_invalid"),
  credential_limited: say("refusal.credential_limited"),
  credential_spent: say("refusal.credential_spent"),
};

/** A refusal in two or three words. */
export function refusalTitle({ code, title }) {
  return titles[code] ?? title ?? say("refusal.notNow");
}

/** A refusal in a sentence, without the machine's times: those are shown apart, and count down. */
export function refusalWords({ code, detail }, faucet) {
  switch (code) {
    case "cooldown_active":
      return faucet
        ? say("refusal.paidLimit", { span: periodText(faucet.limits.cooldownSeconds) })
        : say("refusal.paidText");
    case "client_limited":
      return say("refusal.clientText");
    case "budget_spent":
      return say("refusal.budgetText");
    case "balance_enough":
      return say("refusal.enoughText");
    case "faucet_empty":
      return say("refusal.emptyText");
    case "faucet_halted":
      return haltWords;
    default:
      return detail;
  }
}

/**
 * Ways round a refusal, as what goes into the panel, the least trouble first: what is open now, and what is open to
 * whoever has something to bring (those come closed, and with no time).
 */
export function waysRound(eligibility, tried, acts) {
  const routes = (eligibility?.routes ?? []).filter(({ route }) => route !== tried);
  const ways = routes.flatMap((entry) => {
    const wayOf = entry.open ? openWays[entry.route] : entry.retryAt === undefined && bringWays[entry.route];
    return wayOf ? [wayOf(acts, entry)] : [];
  });
  return ways.length === 0 ? [] : [make("p", { className: "hint", textContent: say("ways.title") }), ...ways];
}

/** A signature in place of the puzzle, for whoever has a wallet here. */
export function signInstead(eligibility, tried, { sign }) {
  const open = eligibility?.routes.some(({ route, open }) => route === "signature" && open);
  return open && tried === "challenge" && window.keplr ? [button(say("ways.sign"), sign)] : [];
}

const openWays = {
  open: ({ claim }) => button(say("ways.open"), claim),
  signature: ({ sign }) => button(say("ways.sign"), sign),
  challenge: ({ claim }, { work }) =>
    button(say("ways.puzzle", { time: durationText((work?.secondsAbout ?? 5) * 1000) }), claim),
};

const bringWays = {
  code: ({ openCode }) => button(say("ways.code"), openCode),
  key: () => note(say("ways.key")),
  oidc: () => note(say("ways.oidc")),
};

function button(text, act) {
  const element = make("button", { type: "button", className: "plain", textContent: text });
  element.addEventListener("click", () => act());
  return element;
}

const note = (text) => make("p", { textContent: text });

import { ask, faucetPath } from "./api.js";
import { haltWords } from "./faucet-state.js";
import { make } from "./parts.js";
import { amountsText, clockText, durationText, periodText } from "./text.js";

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
  if (refusal?.code === "claim_open") return ["hint", "A claim for this address is under way."];
  if (refusal) {
    const until = refusal.retryAt ? ` Again ${untilWords(refusal.retryAt, nowMs)}.` : "";
    return ["no", `${refusalWords(refusal)}${until}`];
  }
  if (route === null) return ["no", "This network takes no claim from this page; its API does."];
  const paid = amountsText(eligibility.drips, network.denoms);
  const { work } = routes.find((entry) => entry.route === route) ?? {};
  if (route === "challenge" && work)
    return ["ok", `May claim ${paid}, after a puzzle of about ${durationText(work.secondsAbout * 1000)}.`];
  if (route === "turnstile") return ["ok", `May claim ${paid}, after a check that you are no robot.`];
  if (route === "signature") return ["ok", `May claim ${paid}, with a signature of its wallet.`];
  return ["ok", `May claim ${paid} now.`];
}

/** `in 42 s, at 19:04:10`. */
function untilWords(time, nowMs) {
  return `in ${durationText(Date.parse(time) - nowMs)}, at ${clockText(time, nowMs)}`;
}

const titles = {
  cooldown_active: "Too soon",
  client_limited: "Too many from your network",
  budget_spent: "The hour's budget is spent",
  balance_enough: "It holds enough",
  faucet_empty: "The faucet is empty",
  faucet_paused: "The faucet is paused",
  credential_invalid: "That is not good",
  credential_limited: "It is at its limit",
  credential_spent: "It is spent",
};

/** A refusal in two or three words. */
export function refusalTitle({ code, title }) {
  return titles[code] ?? title ?? "Not now";
}

/** A refusal in a sentence, without the machine's times: those are shown apart, and count down. */
export function refusalWords({ code, detail }, faucet) {
  const cooldown = faucet && `one claim in ${periodText(faucet.limits.cooldownSeconds)} for an address`;
  switch (code) {
    case "cooldown_active":
      return cooldown
        ? `This address was paid a short while ago: ${cooldown}.`
        : "This address was paid a short while ago.";
    case "client_limited":
      return "Your network has made its claims for the day.";
    case "budget_spent":
      return "The faucet has given what it gives in an hour.";
    case "balance_enough":
      return "This address holds as much as the faucet gives anyone.";
    case "faucet_empty":
      return "The faucet has too little for another claim. Whoever runs it has to fill it.";
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
  return ways.length === 0 ? [] : [make("p", { className: "hint", textContent: "A way round:" }), ...ways];
}

/** A signature in place of the puzzle, for whoever has a wallet here. */
export function signInstead(eligibility, tried, { sign }) {
  const open = eligibility?.routes.some(({ route, open }) => route === "signature" && open);
  return open && tried === "challenge" && window.keplr ? [button("Sign with Keplr instead", sign)] : [];
}

const openWays = {
  open: ({ claim }) => button("Claim without proof", claim),
  signature: ({ sign }) => button("Sign with Keplr instead", sign),
  challenge: ({ claim }, { work }) =>
    button(`Solve a puzzle (about ${durationText((work?.secondsAbout ?? 5) * 1000)})`, claim),
};

const bringWays = {
  code: ({ openCode }) => button("Use the code of an event", openCode),
  key: () => note("A script with an API key may have its own allowance."),
  oidc: () => note("A CI job may claim with its own token."),
};

function button(text, act) {
  const element = make("button", { type: "button", className: "plain", textContent: text });
  element.addEventListener("click", () => act());
  return element;
}

const note = (text) => make("p", { textContent: text });

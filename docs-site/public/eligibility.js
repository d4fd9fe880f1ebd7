import { ask, faucetPath } from "./api.js";
import { make } from "./parts.js";
import { amountsText, clockText, durationText, periodText } from "./text.js";

/** What this page can do, the easiest first. The rest (keys, CI tokens) is for scripts. */
const own = ["open", "challenge", "signature", "code"];

/** `{eligibility}`, or `{fault}` where the address is wrong; {} where this deployment or the network gives no answer. */
export async function askEligibility(chainId, address, code) {
  const query = new URLSearchParams(code === "" ? { address } : { address, code });
  const answer = await ask(`${faucetPath(chainId)}/eligibility?${query}`).catch(() => null);
  if (answer?.status === 200) return { eligibility: answer.body };
  return answer?.status === 422 ? { fault: answer.body.detail } : {};
}

/** The route that the button takes: null where none that this page has is open. Without an answer: as the faucet says. */
export function routeOf(eligibility, faucet, code) {
  if (code !== "") return "code";
  if (!eligibility) return faucet?.challenge === "pow" ? "challenge" : "open";
  const open = eligibility.routes.filter((route) => route.open).map(({ route }) => route);
  return own.find((route) => route !== "code" && open.includes(route)) ?? null;
}

/** What is said under the address before the click, with its kind: ok, no or hint. */
export function eligibilityWords(eligibility, network, route, nowMs) {
  const { refusal, routes } = eligibility;
  if (refusal?.code === "claim_open") return ["hint", "A claim for this address is under way."];
  if (route === null) {
    const until = refusal?.retryAt ? ` Again ${untilWords(refusal.retryAt, nowMs)}.` : "";
    return ["no", `${refusal ? refusalWords(refusal) : "Not from this page."}${until}`];
  }
  const paid = amountsText(eligibility.drips, network.denoms);
  const { work } = routes.find((entry) => entry.route === route) ?? {};
  if (route === "challenge" && work)
    return ["ok", `May claim ${paid}, after a puzzle of about ${durationText(work.secondsAbout * 1000)}.`];
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
    default:
      return detail;
  }
}

/** Ways round a refusal that are open now, as what goes into the panel: the cheapest first. */
export function waysRound(eligibility, tried, { sign, openCode, claim }) {
  const open = (eligibility?.routes ?? []).filter((entry) => entry.open && entry.route !== tried);
  const ways = open
    .toSorted((a, b) => Number(b.cheapest) - Number(a.cheapest))
    .flatMap(({ route, work }) => {
      if (route === "signature") return [button("Sign with Keplr instead", sign)];
      if (route === "code") return [button("Use a code", openCode)];
      if (route === "open") return [button("Claim without proof", claim)];
      if (route === "challenge")
        return [button(`Solve a puzzle (about ${durationText((work?.secondsAbout ?? 5) * 1000)})`, claim)];
      if (route === "key") return [note("With an API key, a script may claim now.")];
      if (route === "oidc") return [note("A GitHub Actions job may claim now, with its own token.")];
      return [];
    });
  return ways.length === 0 ? [] : [make("p", { className: "hint", textContent: "A way round:" }), ...ways];
}

function button(text, act) {
  const element = make("button", { type: "button", className: "plain", textContent: text });
  element.addEventListener("click", () => act());
  return element;
}

const note = (text) => make("p", { textContent: text });

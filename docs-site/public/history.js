import { ask, claimsPath } from "./api.js";
import { at, make } from "./parts.js";
import { amountsText, durationText } from "./text.js";
import { locale, say } from "./texts.js";

const shownMax = 5;
let asked = 0;

/** Shows the last claims of an address; nothing where there are none, or no answer. */
export async function showRecent(network, address) {
  asked += 1;
  const mine = asked;
  if (!network || address === "") return hideRecent();
  const query = new URLSearchParams({ address });
  const answer = await ask(`${claimsPath(network.chainId)}?${query}`).catch(() => null);
  if (mine !== asked) return undefined;
  const claims = answer?.status === 200 ? answer.body.claims.slice(0, shownMax) : [];
  at("recent-list").replaceChildren(...claims.map((claim) => item(claim, network)));
  at("recent").hidden = claims.length === 0;
}

/** Takes the list away. */
export function hideRecent() {
  asked += 1;
  at("recent").hidden = true;
}

function item(claim, network) {
  const when = new Date(claim.createdAt);
  const ago = make("time", { dateTime: claim.createdAt, textContent: agoText(Date.now() - when.getTime()) });
  ago.title = when.toLocaleString(locale);
  const link = make("a", { href: `#claim=${claim.id}`, textContent: amountsText(claim.drips, network.denoms) });
  return make("li", {}, link, make("span", { textContent: say(`recent.${claim.state}`) }), ago);
}

function agoText(ms) {
  return ms < 10_000 ? say("unit.now") : say("unit.ago", { time: durationText(Math.floor(ms / 1000) * 1000) });
}

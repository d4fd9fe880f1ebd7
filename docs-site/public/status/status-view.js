import { sayOnce } from "../networks.js";
import { at, make, showFacts } from "../parts.js";
import { agoText } from "../standing.js";
import { say } from "../texts.js";
import { gapsOf, gapText, percentText, powerChart, timesChart } from "./charts.js";

let drawn = "";

/** Shows a network's status. What did not change is left alone, so that nothing flickers and no link loses its focus. */
export function showStatus(status, chainId) {
  const { height, blockMs, peers, validators, blocks, endpoints } = status;
  const unknown = say("status.notTold");
  sayOnce(at("height"), height === null ? unknown : String(height));
  sayOnce(at("block-time"), blockMs === null ? unknown : gapText(blockMs));
  sayOnce(at("peers"), peers === null ? unknown : String(peers));
  sayOnce(at("signing"), validators === null ? unknown : say("status.signingOf", validators));
  const now = JSON.stringify([chainId, blocks, validators, endpoints]);
  if (now === drawn) return;
  drawn = now;
  showTimes(blocks, blockMs);
  showPower(validators);
  showBlocks(blocks, chainId);
  showFacts(at("endpoints"), endpoints.map(endpointFact));
}

/** Takes everything away that was said of another network. */
export function clearStatus() {
  drawn = "";
  for (const id of ["height", "last", "block-time", "peers", "signing", "times-text", "power-text"])
    at(id).textContent = "…";
  for (const id of ["times-chart", "power-chart", "blocks-rows", "endpoints"]) at(id).replaceChildren();
  for (const id of ["times-chart", "power-chart", "blocks"]) at(id).hidden = false;
  at("blocks-none").hidden = true;
}

/** What goes on by itself: how long ago each block was. */
export function showAges(status, nowMs) {
  const { lastBlockAt } = status;
  sayOnce(at("last"), lastBlockAt === null ? say("status.notTold") : agoText(lastBlockAt, nowMs));
  for (const age of at("blocks-rows").querySelectorAll("time")) sayOnce(age, agoText(age.dateTime, nowMs));
}

/** What a reader may do something about is said in their language; the rest as it was told. */
function whyText(why) {
  if (/no connection$/.test(why)) return say("status.noWay");
  return /no answer within \d+ ms$/.test(why) ? say("status.tooSlow") : why;
}

function endpointFact({ name, height, catchingUp, why }) {
  if (height === null) return [name, say("status.unreached", { why: whyText(why ?? say("status.notTold")) })];
  return [name, say(catchingUp ? "status.catching" : "status.reached", { height })];
}

function showTimes(blocks, blockMs) {
  const gaps = gapsOf(blocks);
  const known = gaps.length > 0 && blockMs !== null;
  const longest = gapText(Math.max(0, ...gaps.map(({ ms }) => ms)));
  const words = { count: blocks.length, median: gapText(blockMs ?? 0), longest };
  const text = known ? say("status.timesText", words) : say("status.timesUnknown");
  sayOnce(at("times-text"), text);
  at("times-chart").hidden = !known;
  at("times-chart").replaceChildren(...(known ? [timesChart(gaps, blockMs, text)] : []));
}

function showPower(validators) {
  at("power-chart").hidden = validators === null;
  if (validators === null) {
    at("power-chart").replaceChildren();
    return sayOnce(at("power-text"), say("status.powerUnknown"));
  }
  const [part, whole] = [BigInt(validators.signingPower), BigInt(validators.power)];
  const text = say("status.powerText", { ...validators, percent: percentText(part, whole) });
  const need = make("p", { className: "need", textContent: "⅔", ariaHidden: "true" });
  at("power-chart").replaceChildren(powerChart(part, whole, text), need);
  return sayOnce(at("power-text"), `${text} ${say("status.powerNeed")}`);
}

function showBlocks(blocks, chainId) {
  const focused = document.activeElement?.dataset?.height;
  const gaps = new Map(gapsOf(blocks).map(({ height, ms }) => [height, ms]));
  at("blocks").hidden = blocks.length === 0;
  at("blocks-none").hidden = blocks.length > 0;
  at("blocks-rows").replaceChildren(...blocks.map((block) => row(block, gaps.get(block.height), chainId)));
  if (focused)
    at("blocks-rows")
      .querySelector(`[data-height="${CSS.escape(focused)}"]`)
      ?.focus();
}

function row({ height, time, txs }, gapMs, chainId) {
  const link = make("a", { href: findHref(chainId, height), textContent: String(height) });
  link.dataset.height = height;
  const age = make("time", { dateTime: time, textContent: agoText(time, Date.now()) });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, link),
    make("td", { className: "number" }, age),
    make("td", { className: "number", textContent: gapMs === undefined ? "" : gapText(gapMs) }),
    make("td", { className: "number", textContent: String(txs) }),
  );
}

/** The address of this page that shows something of a network. */
export function findHref(chainId, text) {
  return `/status/?${new URLSearchParams({ network: chainId, find: String(text) })}`;
}

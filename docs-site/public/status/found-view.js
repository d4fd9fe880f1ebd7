import { at, copyable, make, showFacts } from "../parts.js";
import { agoText } from "../standing.js";
import { amountText } from "../text.js";
import { locale, say } from "../texts.js";
import { findHref } from "./status-view.js";

const shownMax = 20;

/** The facts of what was found, for {@link showFacts}. `body`: the API's answer. */
export function foundFacts(kind, body, network) {
  return { block: blockFacts, transaction: transactionFacts, address: accountFacts }[kind](body, network);
}

/** What was found, as a title. */
export function foundTitle(kind, body) {
  return say(`status.${kind}`, { height: body.height });
}

function blockFacts({ time, hash, proposer, txHashes }, { chainId }) {
  const links = txHashes.slice(0, shownMax).map((txHash) => make("p", {}, findLink(chainId, txHash)));
  const rest = txHashes.length - links.length;
  const more = rest > 0 ? [make("p", { textContent: say("status.more", { count: rest }) })] : [];
  return [
    [say("status.time"), timeText(time)],
    [say("status.hash"), copyable(hash, say("status.hash"))],
    [say("status.proposer"), make("code", { textContent: proposer })],
    [say("status.transactions"), links.length === 0 ? say("status.noTransactions") : [...links, ...more]],
  ];
}

function transactionFacts({ hash, height, code, log, gasWanted, gasUsed }, { chainId }) {
  return [
    [say("status.result"), code === 0 ? say("status.done") : say("status.failed", { code })],
    [say("status.inBlock"), findLink(chainId, height)],
    [say("status.hash"), copyable(hash, say("status.hash"))],
    [say("status.gas"), say("status.gasOf", { used: gasUsed, wanted: gasWanted })],
    // A chain's log can be as long as it likes.
    [say("status.log"), code === 0 ? "" : log.slice(0, 500)],
  ];
}

function accountFacts({ address, balances, accountNumber, sequence }, { denoms }) {
  const held = balances.slice(0, shownMax).map((coin) => make("p", { textContent: amountText(coin, denoms) }));
  const rest = balances.length - held.length;
  const more = rest > 0 ? [make("p", { textContent: say("status.more", { count: rest }) })] : [];
  return [
    [say("status.address"), copyable(address, say("status.address"))],
    [say("status.holds"), held.length === 0 ? say("status.holdsNone") : [...held, ...more]],
    [say("status.account"), accountNumber ?? say("status.accountNone")],
    [say("status.sequence"), sequence],
  ];
}

function findLink(chainId, text) {
  const shown = /^\d+$/.test(String(text)) ? String(text) : make("code", { textContent: text });
  return make("a", { href: findHref(chainId, text) }, shown);
}

function timeText(time) {
  const when = new Date(time).toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
  return `${when} UTC, ${agoText(time, Date.now())}`;
}

/** Shows or takes away what was found. `kind` of the answer: waiting, paid or notice. */
export function showFound(kind, title, text = "", facts = []) {
  at("found").hidden = kind === null;
  at("found").dataset.kind = kind ?? "";
  at("found-title").textContent = title ?? "";
  at("found-text").textContent = text;
  showFacts(at("found-facts"), facts);
}

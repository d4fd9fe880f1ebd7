import { inert } from "../ceremony/inert.js";
import { sayOnce } from "../networks.js";
import { at, make } from "../parts.js";
import { shortText } from "../text.js";
import { say } from "../texts.js";
import { operatorHref } from "./validators-api.js";

const rowsFirst = 50;
const state = { chainId: null, entries: [], whole: true, gentxsKnown: true, all: false };

/** Makes the search work. */
export function listenToList() {
  at("find").addEventListener("input", () => {
    state.all = false;
    show();
  });
  at("list-more").addEventListener("click", () => {
    state.all = true;
    show();
    at("list-rows").children[rowsFirst]?.querySelector("a").focus();
  });
}

/** Takes the list away until another is read. */
export function hideList() {
  Object.assign(state, { chainId: null, entries: [], all: false });
  at("find").value = "";
  at("list-table").hidden = true;
  at("list-more").hidden = true;
  sayOnce(at("list-text"), say("val.loading"));
}

/** Shows a directory. `whole`: all of it was read. `gentxsKnown`: the ceremony answered. */
export function showList(chainId, entries, { whole, gentxsKnown }) {
  Object.assign(state, { chainId, entries, whole, gentxsKnown });
  show();
}

function show() {
  const { chainId, entries, all } = state;
  if (chainId === null) return;
  const wanted = at("find").value.trim().toLowerCase();
  const found = entries.filter(({ moniker, operator, valoper }) =>
    [moniker, operator, valoper].some((text) => text.toLowerCase().includes(wanted)),
  );
  const rows = all ? found : found.slice(0, rowsFirst);
  at("list-table").hidden = found.length === 0;
  at("list-rows").replaceChildren(...rows.map(row));
  at("list-more").hidden = rows.length === found.length;
  at("list-more").textContent = say("val.all", { count: found.length });
  sayOnce(at("list-text"), textOf(found.length, wanted));
}

function textOf(count, wanted) {
  const { entries, whole, gentxsKnown } = state;
  if (entries.length === 0) return say("val.empty");
  const found = wanted === "" ? say("val.byOperator") : say("val.found", { count, of: entries.length });
  return [found, whole ? "" : say("val.partly"), gentxsKnown ? "" : say("val.noGentxs")].join(" ").trim();
}

function row({ operator, moniker, state: stands, gentx }) {
  const name = moniker === "" ? make("code", { textContent: shortText(operator) }) : inert(moniker);
  const link = make("a", { href: operatorHref(state.chainId, operator) }, name);
  const address = make("code", { textContent: shortText(operator), title: operator });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, link, ...(moniker === "" ? [] : [make("br"), address])),
    make("td", { className: `state ${stands}`, textContent: say(`stand.${stands}`) }),
    make("td", { className: "number", textContent: gentx ? gentx.power : "–" }),
  );
}

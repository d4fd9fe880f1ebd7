import { keepNetwork } from "./header.js";
import { at } from "./parts.js";
import { say } from "./texts.js";
import { watch } from "./watch.js";

const againMs = 3_000;

/** The path of a network, or of something under it. */
export function networkPath(chainId, under = "") {
  return `/api/v1/networks/${encodeURIComponent(chainId)}${under}`;
}

/** Says what keeps the page from knowing, or takes that away where `answer` is a good one. */
export function showFault(answer) {
  const fault = answer?.status === 200 ? null : faultOf(answer);
  at("notice").hidden = fault === null;
  if (fault === null) return;
  sayOnce(at("notice-title"), fault.title);
  sayOnce(at("notice-text"), fault.text);
}

function faultOf(answer) {
  if (answer === null)
    return { title: say("page.noConnection"), text: say(navigator.onLine ? "page.silent" : "page.deviceOffline") };
  const { title = say("page.refused"), detail = say("page.answered", { status: answer.status }) } = answer.body ?? {};
  return { title, text: `${detail} ${say("page.again")}` };
}

/** Shows the sign beside the page's name. `kind`: waiting, paid, notice or failed. */
export function sign(kind, word) {
  at("pill").dataset.kind = kind;
  sayOnce(at("pill-word"), word);
}

/** The sign of a page that gets no answer. */
export function signSilence(answer) {
  sign("notice", say(answer === null && !navigator.onLine ? "page.offline" : "page.noAnswer"));
}

/** A live region that is written again with the same words is read again: so it isn't. */
export function sayOnce(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Learns which networks are served, fills the chooser, and calls `choose` with the one of the
 * page's address, or the first, and with each that the reader chooses then.
 */
export function listNetworks(choose) {
  const select = at("network");
  const take = (network) => {
    select.value = network.chainId;
    keepNetwork(network.chainId);
    choose(network);
  };
  const stop = watch("/api/v1/networks", againMs, (answer) => {
    showFault(answer);
    if (answer?.status !== 200) return signSilence(answer);
    stop();
    const { networks } = answer.body;
    const byId = (chainId) => networks.find((network) => network.chainId === chainId);
    select.replaceChildren(...networks.map(({ chainId, name }) => new Option(`${name} (${chainId})`, chainId)));
    select.addEventListener("change", () => {
      history.replaceState(null, "", `?network=${encodeURIComponent(select.value)}`);
      take(byId(select.value));
    });
    return take(byId(new URLSearchParams(location.search).get("network")) ?? networks[0]);
  });
}

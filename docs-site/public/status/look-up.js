import { ask } from "../api.js";
import { networkPath } from "../networks.js";
import { at } from "../parts.js";
import { say } from "../texts.js";
import { foundFacts, foundTitle, showFound } from "./found-view.js";
import { findHref } from "./status-view.js";
import { whatItIs } from "./what-it-is.js";

const paths = { block: "/blocks/", transaction: "/transactions/", address: "/addresses/" };
const field = at("find");
let [network, asked] = [null, 0];

/** Sets the network that is looked in. What is shown of another one is taken away. */
export function setNetwork(chosen) {
  asked += 1;
  network = chosen;
  hint("hint", say("status.findHint", { prefix: chosen.bech32Prefix }));
  showFound(null);
}

/** Looks for what the page's address names, where it names something. */
export function findLinked() {
  const text = new URLSearchParams(location.search).get("find");
  field.value = (text ?? "").slice(0, 256);
  if (text === null) showFound(null);
  else void find();
}

function hint(kind, text) {
  at("find-hint").className = `hint ${kind}`;
  at("find-hint").textContent = text;
  if (kind === "fault") field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function oddText({ why, count }) {
  const { bech32Prefix: prefix } = network;
  const keys = { empty: "findEmpty", height: "findHeight", hash: "findHash", unknown: "findOdd" };
  return say(`status.${keys[why]}`, { count, prefix });
}

async function find() {
  if (network === null) return;
  asked += 1;
  const [mine, { chainId, bech32Prefix: prefix }] = [asked, network];
  const meant = whatItIs(field.value, prefix);
  if (meant.kind === "odd") {
    showFound(null);
    hint("fault", oddText(meant));
    field.focus();
    return;
  }
  const { kind, value } = meant;
  hint("hint", say("status.findHint", { prefix }));
  showFound("waiting", say("status.finding"));
  const answer = await ask(networkPath(chainId, paths[kind] + encodeURIComponent(value))).catch(() => null);
  if (mine !== asked) return;
  show(kind, value, answer);
}

function show(kind, value, answer) {
  if (answer === null) {
    const text = say(navigator.onLine ? "status.findSilent" : "status.findOffline");
    return showFound("notice", say("page.noConnection"), text);
  }
  const { status, body } = answer;
  if (status === 200) return showFound("paid", foundTitle(kind, body), "", foundFacts(kind, body, network));
  if (body.code === "not_on_chain") {
    const text = say(kind === "block" ? "status.absentBlock" : "status.absentTransaction", { height: value });
    return showFound("notice", say("status.absent"), text);
  }
  if (status === 422) {
    showFound(null);
    return hint("fault", body.detail);
  }
  return showFound("notice", body.title ?? say("page.refused"), body.detail ?? say("page.answered", { status }));
}

/** Listens to the box, and to links of this page that name something. */
export function listenToLookUp() {
  at("find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (network === null) return;
    history.pushState(null, "", findHref(network.chainId, field.value.trim()));
    void find();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='/status/?']");
    if (!link?.search.includes("find=") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    findLinked();
    at("look-up").scrollIntoView({ block: "nearest" });
    at("find").focus({ preventScroll: true });
  });
  addEventListener("popstate", findLinked);
}

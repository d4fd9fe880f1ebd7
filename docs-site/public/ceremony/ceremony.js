import { beginPage, keepNetwork } from "../header.js";
import { at } from "../parts.js";
import { say } from "../texts.js";
import { listenToAttest, setAttest } from "./attest-view.js";
import { ceremonyPath, look, refusalWords } from "./ceremony-api.js";
import { hideGenesis, showGenesis } from "./genesis-view.js";
import { listenToGentx, setCeremony } from "./gentx-card.js";
import { hideGentxs, showGentxs } from "./gentx-list.js";
import { showLaunch } from "./launch-view.js";
import { hidePhase, showPhase, showRules, sign } from "./phase-view.js";
import { readView } from "./read-view.js";
import { listenToRebuild, setRebuild } from "./rebuild-view.js";
import { showReceipts } from "./receipts.js";

const lookMs = 15_000;
const againMs = 3_000;
const select = at("network");

/** All that the page knows. `told`: the newest answer as text, so that nothing is drawn twice. */
const state = { networks: [], chainId: null, view: null, told: "" };
let looks = 0;

/** Asks how the ceremony stands, and again and again. */
async function refresh() {
  clearTimeout(looks);
  const { chainId } = state;
  if (chainId === null) return loadNetworks();
  // Nothing is asked where the network's file says that there is nothing.
  if (networkNow()?.ceremony === false) return showNone();
  const answer = await look(ceremonyPath(chainId, "?unbegun=empty"));
  if (chainId !== state.chainId) return undefined;
  if (answer?.status === 200) show(readView(answer.body));
  else if (answer?.status === 204) showNone();
  else showFault(answer);
  const quick = answer?.status !== 200 || state.view?.phase === "live";
  if (!document.hidden) looks = setTimeout(refresh, quick ? againMs : lookMs);
  return undefined;
}

function show(view) {
  const { chainId } = state;
  notice(null);
  // Also where nothing changed but the time.
  setCeremony(chainId, view);
  void showLaunch(chainId, view);
  const told = JSON.stringify(view);
  if (told === state.told) return;
  Object.assign(state, { view, told });
  showPhase(view, refresh);
  showRules(view);
  at("aside").hidden = false;
  showGentxs(view);
  showGenesis(chainId, view);
  showReceipts(chainId, view.gentxs);
  setRebuild(chainId, view);
  setAttest(networkNow(), view);
}

const networkNow = () => state.networks.find(({ chainId }) => chainId === state.chainId) ?? null;

function hideAll() {
  Object.assign(state, { view: null, told: "" });
  hidePhase();
  hideGentxs();
  hideGenesis();
  at("aside").hidden = true;
  for (const id of ["receipts", "launch"]) at(id).hidden = true;
  setCeremony(state.chainId, null);
  setRebuild(state.chainId, null);
  setAttest(networkNow(), null);
}

function showNone() {
  hideAll();
  sign("waiting", say("cer.noneWord"));
  notice(say("cer.none"), say("cer.noneText"));
}

/** Nothing is known at the moment; what was known stays to be read. */
function showFault(answer) {
  sign("notice", say(navigator.onLine ? "page.noAnswer" : "page.offline"));
  const { title, text } = refusalWords(answer);
  state.told = "";
  notice(title, `${text} ${say("page.again")}`);
}

function notice(title, text = "") {
  const [heading, words] = [at("notice-title"), at("notice-text")];
  at("notice").hidden = title === null;
  if (heading.textContent !== (title ?? "")) heading.textContent = title ?? "";
  if (words.textContent !== text) words.textContent = text;
}

async function loadNetworks() {
  const answer = await look("/api/v1/networks");
  if (answer?.status !== 200) {
    showFault(answer);
    looks = setTimeout(loadNetworks, againMs);
    return undefined;
  }
  state.networks = answer.body.networks;
  select.replaceChildren(...state.networks.map(({ chainId, name }) => new Option(`${name} (${chainId})`, chainId)));
  return choose(new URLSearchParams(location.search).get("network"));
}

function choose(wanted) {
  const network = state.networks.find(({ chainId }) => chainId === wanted) ?? state.networks[0];
  hideAll();
  state.chainId = network.chainId;
  select.value = network.chainId;
  const query = `?network=${encodeURIComponent(network.chainId)}`;
  keepNetwork(network.chainId);
  at("to-admin").href = `/ceremony/admin/${query}`;
  sign("waiting", say("page.looking"));
  return refresh();
}

select.addEventListener("change", () => {
  history.replaceState(null, "", `/ceremony/?network=${encodeURIComponent(select.value)}`);
  void choose(select.value);
});
for (const event of ["online", "offline"]) addEventListener(event, () => void refresh());
document.addEventListener("visibilitychange", () => document.hidden || void refresh());
beginPage();
listenToGentx(refresh);
listenToRebuild();
listenToAttest(refresh);
void loadNetworks();

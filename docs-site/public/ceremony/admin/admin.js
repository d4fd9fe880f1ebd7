import { beginPage, keepNetwork } from "../../header.js";
import { at, make, showFacts } from "../../parts.js";
import { say } from "../../texts.js";
import { ceremonyPath, look } from "../ceremony-api.js";
import { plain } from "../inert.js";
import { utcText } from "../moments.js";
import { phaseName, sign } from "../phase-view.js";
import { readView } from "../read-view.js";
import { listenToAudit, showAudit } from "./audit.js";
import { listenToConfirm } from "./confirm.js";
import { askAct, askAdmin, dropKey, hasKey, keyName, takeKey } from "./key.js";
import { showMoves } from "./moves.js";
import { changedParameters, makeParameters, showParameters } from "./parameters.js";
import { showReview } from "./review.js";
import { sayActed, tell } from "./said.js";
import { forgetSeen, listenToSeal, showSeal } from "./seal.js";

const lookMs = 15_000;
const select = at("network");
const state = { chainId: null, view: null, told: "" };
let looks = 0;

/** Signs in with the key at hand, or asks for one. */
async function enter() {
  const inside = hasKey();
  at("key-form").hidden = inside;
  at("inside").hidden = true;
  at("key-out").hidden = !inside;
  if (!inside) sign("waiting", say("adm.noKey"));
  if (!inside || state.chainId === null) return undefined;
  const status = await showAudit(state.chainId);
  if (status === 401 || status === 403) {
    dropKey();
    tell("failed", say("adm.notIn"), say(status === 401 ? "adm.unknownKey" : "adm.noCoordinator"));
    return enter();
  }
  at("who").textContent = keyName();
  return refresh();
}

async function refresh() {
  clearTimeout(looks);
  const { chainId } = state;
  const answer = await look(ceremonyPath(chainId, "?unbegun=empty"));
  if (chainId !== state.chainId || !hasKey()) return;
  if (answer?.status === 200) show(readView(answer.body));
  else if (answer?.status === 204 || answer?.status === 404) showNone();
  else sign("notice", say(navigator.onLine ? "page.noAnswer" : "page.offline"));
  if (!document.hidden) looks = setTimeout(refresh, lookMs);
}

function showNone() {
  Object.assign(state, { view: null, told: "" });
  sign("waiting", say("cer.noneWord"));
  at("inside").hidden = false;
  at("begin").hidden = false;
  at("begun").hidden = true;
}

function show(view) {
  at("inside").hidden = false;
  at("begin").hidden = true;
  at("begun").hidden = false;
  showSeal(view);
  const told = JSON.stringify(view);
  if (told === state.told) return;
  const { chainId } = state;
  sign(view.phase === "aborted" ? "failed" : "notice", phaseName(view.phase));
  // What a coordinator is writing is not written over, unless the parameters themselves changed.
  if (JSON.stringify(state.view?.parameters) !== JSON.stringify(view.parameters) || state.view?.phase !== view.phase)
    showParameters(view);
  Object.assign(state, { view, told });
  const { phase, base, allocations, gentxs, acts, wishes } = view;
  const code = (text) => make("code", { textContent: text });
  showFacts(at("state"), [
    [say("adm.phase"), phaseName(phase)],
    [say("adm.base"), base ? code(base.sha256) : say("adm.noneYet")],
    [say("adm.allocations"), allocations ? say("adm.accounts", { count: allocations.accounts }) : say("adm.none")],
    [say("cer.gentxs"), String(gentxs.length)],
    [say("adm.log"), say("adm.acts", { acts })],
    // A second coordinator who asks for the same does it.
    ...wishes.map(({ intent, by, expiresAt }) => [
      say("adm.waitsOther"),
      say("adm.wish", { by: plain(by), intent: plain(intent), time: utcText(expiresAt) }),
    ]),
  ]);
  showMoves(view, act);
  showReview(chainId, view, act);
  at("base-form").hidden = phase !== "draft";
  at("allocations-form").hidden = phase !== "draft" && phase !== "accounts";
  at("parts").hidden = phase !== "draft" && phase !== "accounts";
  at("parameters").hidden = !["draft", "accounts", "collecting"].includes(phase);
}

/** Asks for an act, says how it ended, and looks again. */
async function act(wanted, what) {
  await after(await askAct(state.chainId, wanted), what);
}

async function after(answer, what) {
  sayActed(answer, what);
  await refresh();
  await showAudit(state.chainId);
}

async function upload(input, under, what) {
  const [file] = input.files;
  if (!file) return tell("failed", what, say("adm.chooseFile"));
  tell("waiting", say("adm.sending"), file.name);
  const headers = { "content-type": file.name.endsWith(".csv") ? "text/csv" : "application/json" };
  await after(await askAdmin(state.chainId, under(file), { method: "PUT", headers, body: file }), what);
  // Unless another was chosen meanwhile.
  if (input.files[0] === file) input.value = "";
  return undefined;
}

async function changeParameters() {
  const changes = changedParameters(state.view);
  if (typeof changes === "string") return tell("failed", say("adm.parameters"), changes);
  if (Object.keys(changes).length === 0) return tell("notice", say("adm.parameters"), say("adm.nothingChanged"));
  const reason = at("parameters-reason").value.trim();
  await act(
    { kind: "parameters", changes, ...(reason === "" ? {} : { reason }) },
    say("adm.change", { names: Object.keys(changes).join(", ") }),
  );
  at("parameters-reason").value = "";
  return undefined;
}

function listen() {
  const on = (id, kind, run) =>
    at(id).addEventListener(kind, (event) => {
      event.preventDefault();
      void run();
    });
  on("key-form", "submit", () => (takeKey() ? enter() : undefined));
  on("key-out", "click", () => {
    dropKey();
    clearTimeout(looks);
    forgetSeen();
    Object.assign(state, { view: null, told: "" });
    tell("idle");
    return enter();
  });
  on("begin-do", "click", () => act({ kind: "create" }, say("adm.begin")));
  on("parameters-form", "submit", changeParameters);
  on("base-form", "submit", () => upload(at("base-file"), () => "/base", say("adm.baseGenesis")));
  const format = ({ name }) => `/allocations?format=${name.endsWith(".csv") ? "csv" : "json"}`;
  on("allocations-form", "submit", () => upload(at("allocations-file"), format, say("adm.allocations")));
  select.addEventListener("change", () => choose(select.value));
  document.addEventListener("visibilitychange", () => document.hidden || state.view === null || void refresh());
}

function choose(chainId) {
  clearTimeout(looks);
  forgetSeen();
  tell("idle");
  Object.assign(state, { chainId, view: null, told: "" });
  select.value = chainId;
  const query = `?network=${encodeURIComponent(chainId)}`;
  history.replaceState(null, "", `/ceremony/admin/${query}`);
  keepNetwork(chainId);
  sign("waiting", say("page.looking"));
  return enter();
}

async function begin() {
  const answer = await look("/api/v1/networks");
  if (answer?.status !== 200) {
    sign("notice", say(navigator.onLine ? "page.noAnswer" : "page.offline"));
    setTimeout(begin, lookMs);
    return;
  }
  // Those that hold a ceremony; where none does, the API says so of each.
  const held = answer.body.networks.filter(({ ceremony }) => ceremony);
  const networks = held.length > 0 ? held : answer.body.networks;
  select.replaceChildren(...networks.map(({ chainId, name }) => new Option(`${name} (${chainId})`, chainId)));
  const wanted = new URLSearchParams(location.search).get("network");
  await choose((networks.find(({ chainId }) => chainId === wanted) ?? networks[0]).chainId);
}

makeParameters();
listenToConfirm();
listenToAudit();
listenToSeal(() => state, act);
listen();
beginPage();
void begin();

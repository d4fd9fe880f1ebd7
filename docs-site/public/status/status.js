import { beginPage } from "../header.js";
import { listNetworks, networkPath, showFault, sign, signSilence } from "../networks.js";
import { at } from "../parts.js";
import { agoText, isAhead, standingOf } from "../standing.js";
import { say } from "../texts.js";
import { watch } from "../watch.js";
import { findLinked, listenToLookUp, setNetwork } from "./look-up.js";
import { clearStatus, showAges, showStatus } from "./status-view.js";

const lookMs = 5_000;
const ceremonyMs = 30_000;
/** What is shown is called old when it is older than this. */
const oldMs = 30_000;
const state = { status: null, heardMs: 0, ceremony: null };
let letGo = () => undefined;

function choose(network) {
  letGo();
  Object.assign(state, { status: null, ceremony: null });
  clearStatus();
  sign("waiting", say("page.looking"));
  setNetwork(network);
  findLinked();
  const { chainId } = network;
  const stops = [watch(networkPath(chainId, "/status"), lookMs, (answer) => hear(answer, network))];
  if (network.ceremony)
    stops.push(watch(networkPath(chainId, "/ceremony?unbegun=empty"), ceremonyMs, (answer) => hearCeremony(answer)));
  letGo = () => {
    for (const stop of stops) stop();
  };
}

function hearCeremony(answer) {
  state.ceremony = answer?.status === 200 ? answer.body : null;
  if (state.status) showStanding();
}

function hear(answer, { chainId }) {
  showFault(answer);
  if (answer?.status !== 200) {
    signSilence(answer);
    return sayAge();
  }
  Object.assign(state, { status: answer.body, heardMs: Date.now() });
  showStatus(state.status, chainId);
  showStanding();
  return tick();
}

function showStanding() {
  const { kind, word, text } = standingOf(state.status, Date.now());
  // Nodes that sleep until the genesis time answer nothing: that is no fault.
  const early = state.status.state === "unknown" && isAhead(state.ceremony);
  sign(early ? "waiting" : kind, early ? say("home.notLaunched") : word);
  // A state that asks for attention is said in words; the one that doesn't is in the sign.
  if (early) sayNotice(say("home.notLaunched"), say("status.earlyText"));
  else if (state.status.state !== "producing") sayNotice(word, text);
}

function sayNotice(title, text) {
  at("notice").hidden = false;
  at("notice-title").textContent = title;
  at("notice-text").textContent = text;
}

/** What is still shown is from before: the reader is told of when. */
function sayAge() {
  if (state.status === null || Date.now() - state.heardMs < oldMs) return;
  const ago = agoText(new Date(state.heardMs).toISOString(), Date.now());
  at("notice-text").textContent = `${at("notice-text").textContent} ${say("status.stale", { ago })}`;
}

function tick() {
  if (state.status) showAges(state.status, Date.now());
}

beginPage();
listenToLookUp();
listNetworks(choose);
setInterval(tick, 1000);

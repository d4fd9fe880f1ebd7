import { leftText, nextMoment, utcText } from "./ceremony/moments.js";
import { beginPage } from "./header.js";
import { listNetworks, networkPath, sayOnce, showFault, sign, signSilence } from "./networks.js";
import { at, make } from "./parts.js";
import { agoText, isAhead, standingOf } from "./standing.js";
import { docsPath, say } from "./texts.js";
import { watch } from "./watch.js";

const lookMs = 6_000;
const ceremonyMs = 30_000;
const state = { status: null, ceremony: null, signUp: false, pays: false };
let letGo = () => undefined;

/** Links to claims, and with an address to pay, were made when the faucet stood here. */
function isForFaucet() {
  return (
    new URLSearchParams(location.hash.slice(1)).has("claim") || new URLSearchParams(location.search).has("address")
  );
}

function choose(network) {
  letGo();
  const { validators: signUp, faucet } = network;
  const ceremony = network.ceremony ? null : "none";
  Object.assign(state, { status: null, ceremony, signUp, pays: faucet.enabled });
  const { chainId, name } = network;
  const query = `?network=${encodeURIComponent(chainId)}`;
  at("name").textContent = name;
  at("chain").textContent = chainId;
  at("to-tokens").href = `/faucet/${query}`;
  at("to-find").href = `/status/${query}#look-up`;
  at("to-ceremony").href = `/ceremony/${query}`;
  at("to-node").href = docsPath();
  sayOnce(at("tokens-how"), say(faucet.enabled ? "home.tokensHow" : "home.tokensOff"));
  for (const id of ["height", "last", "moment"]) at(id).textContent = "…";
  at("moment-utc").textContent = "";
  showCommunity(network.community);
  sign("waiting", say("page.looking"));
  tick();
  const stops = [
    watch(networkPath(chainId, "/status"), lookMs, hearStatus),
    network.ceremony
      ? watch(networkPath(chainId, "/ceremony?unbegun=empty"), ceremonyMs, hearCeremony)
      : () => undefined,
    watch("/docs/networks.json", 3_600_000, (answer) => {
      if (answer?.status !== 200) return;
      const has = answer.body.networks.includes(chainId);
      at("to-node").href = docsPath(has ? chainId : undefined);
      sayOnce(at("node-how"), say(has ? "home.nodeHow" : "home.nodeNone"));
    }),
  ];
  letGo = () => {
    for (const stop of stops) stop();
  };
}

/** Only what the network file names: no place is made up. */
function showCommunity(places) {
  const links = places.map(({ name, url }) => make("a", { href: url, rel: "noreferrer", textContent: name }));
  at("community").hidden = links.length === 0;
  at("community-links").replaceChildren(...links.flatMap((link, index) => (index === 0 ? [link] : [", ", link])));
}

function hearStatus(answer) {
  showFault(answer);
  if (answer?.status !== 200) return signSilence(answer);
  state.status = answer.body;
  return tick();
}

function hearCeremony(answer) {
  if (answer?.status === 200) state.ceremony = answer.body;
  else if (answer?.status === 204) state.ceremony = "unbegun";
  tick();
}

/** What goes on by itself, each second: how long ago, and how long still. */
function tick() {
  const [{ status, ceremony }, now] = [state, Date.now()];
  const launch = isAhead(ceremony);
  const before = launch || ceremony === "unbegun";
  showDoors(launch);
  if (status) {
    const { kind, word } = standingOf(status, now);
    if (before && status.state === "unknown") sign("waiting", say("home.notLaunched"));
    else sign(kind, word);
    const unknown = say(before ? "home.noBlock" : "status.notTold");
    sayOnce(at("height"), status.height === null ? unknown : String(status.height));
    sayOnce(at("last"), status.lastBlockAt === null ? unknown : agoText(status.lastBlockAt, now));
  }
  if (ceremony) showMoment(ceremony, now);
}

/** Before a launch, taking part in it comes first; then tokens do, where any are paid. */
function showDoors(launch) {
  const atValidate = launch || (!state.pays && state.signUp);
  at("to-tokens").classList.toggle("first", !atValidate);
  at("to-validate").classList.toggle("first", atValidate);
  const query = `?network=${encodeURIComponent(at("network").value)}`;
  at("to-validate").href = `/${launch ? "ceremony" : "validators"}/${query}`;
  sayOnce(at("validate"), say(launch ? "home.launch" : "home.validate"));
  const how = state.signUp ? "home.validateHow" : "home.validateNone";
  sayOnce(at("validate-how"), say(launch ? "home.launchHow" : how));
}

function showMoment(ceremony, now) {
  const without = { none: "home.ceremonyNone", unbegun: "home.ceremonyUnbegun" }[ceremony];
  const next = without ? null : nextMoment(ceremony, now);
  const over = { done: "home.ceremonyOver", live: "home.ceremonyLive", aborted: "home.ceremonyAborted" };
  const rest = say(without ?? over[ceremony.phase] ?? "home.ceremonyLate");
  sayOnce(at("moment-what"), next ? next.what : say("home.ceremony"));
  sayOnce(at("moment"), next ? say("unit.in", { time: leftText(Date.parse(next.time) - now) }) : rest);
  sayOnce(at("moment-utc"), next ? utcText(next.time) : "");
}

if (isForFaucet()) location.replace(`/faucet/${location.search}${location.hash}`);
else {
  beginPage();
  listNetworks(choose);
  setInterval(tick, 1000);
}

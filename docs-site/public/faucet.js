import { ask, faucetPath } from "./api.js";
import { claimLink, showClaim } from "./claim-view.js";
import {
  askEligibility,
  eligibilityWords,
  isAddressFault,
  refusalTitle,
  refusalWords,
  routeOf,
  signInstead,
  waysRound,
} from "./eligibility.js";
import { faucetStanding, showFaucet, showNoAnswer } from "./faucet-state.js";
import { followClaim } from "./follow.js";
import { gateIsOpen, holdGate, nameGate, openGate, shutGate } from "./gate.js";
import { beginPage, keepNetwork } from "./header.js";
import { hideRecent, showRecent } from "./history.js";
import { lookAtPanel, showPanel, showPuzzleStep } from "./panel.js";
import { at } from "./parts.js";
import { claimBy } from "./send-claim.js";
import { amountsText, secondsText } from "./text.js";
import { say } from "./texts.js";
import { walletAddress } from "./wallet.js";

const lookMs = 15_000;
const againMs = 3_000;
const typingMs = 400;
/** The list of claims is some seconds behind the dispenser. */
const readModelMs = 4_000;
const [address, code, select] = [at("address"), at("code"), at("network")];

/** All that the page knows. `shows`: what the panel is about: idle, standing, refusal, work or claim. */
const state = {
  networks: [],
  network: null,
  faucet: null,
  reached: true,
  eligibility: null,
  refusal: null,
  claim: null,
  lost: false,
  shows: "idle",
};
let letGo = () => undefined;
let [looks, types, checks] = [0, 0, 0];

const typed = () => address.value.trim();
const codeTyped = () => code.value.trim();
const route = () => routeOf(state.eligibility, state.faucet, codeTyped());

/** What is said under the address. `kind`: hint, ok, no, or fault, which marks the field as wrong. */
function hint(kind, text) {
  at("address-hint").className = `hint slot ${kind}`;
  at("address-hint").textContent = text;
  if (kind === "fault") address.setAttribute("aria-invalid", "true");
  else address.removeAttribute("aria-invalid");
}

const plainHint = () => hint("hint", say("faucet.begins", { prefix: state.network?.bech32Prefix }));

/** Shows what follows from all that is known: the button, and the panel where no claim of the reader's is in it. */
function settle() {
  const { network, faucet, reached } = state;
  if (!network) return;
  const standing = reached ? faucetStanding(faucet) : unreached();
  const refusal = state.refusal ?? state.eligibility?.refusal;
  const free = state.shows !== "claim" && state.shows !== "work";
  nameGate(buttonWords(network));
  if (standing.title && reached) shutGate(say("faucet.closed"));
  else if (Date.parse(refusal?.retryAt) > Date.now()) shutGate("", refusal.retryAt, waited);
  else openGate();
  if (!free) return;
  if (standing.title) {
    state.shows = "standing";
    showPanel(standing.kind, standing.title, standing.text, { retryAt: standing.retryAt });
  } else if (refusal && refusal.code !== "claim_open") showRefusal(refusal);
  else showIdle();
}

function buttonWords(network) {
  if (state.eligibility?.refusal?.code === "claim_open") return say("faucet.showOpen");
  const drips = state.eligibility?.drips ?? [];
  const paid = amountsText(drips.length > 0 ? drips : network.faucet.drips, network.denoms);
  return say(route() === "signature" ? "faucet.signFor" : "faucet.sendPaid", { paid });
}

function unreached() {
  const text = say(navigator.onLine ? "faucet.silent" : "page.deviceOffline");
  return { kind: "notice", title: say("page.noConnection"), text };
}

function showIdle() {
  state.shows = "idle";
  const wait = state.faucet?.medianWaitMs;
  const usual = wait ? ` ${say("faucet.usual", { time: secondsText(wait) })}` : "";
  const ways = signInstead(state.eligibility, route(), acts);
  showPanel("idle", say("faucet.how"), `${say("faucet.howText")}${usual}`, { ways });
}

/** What the panel's buttons do. */
const acts = {
  sign: () => claimTokens("signature"),
  claim: () => claimTokens("challenge"),
  openCode: () => {
    at("code-fold").open = true;
    code.focus();
  },
};

function showRefusal(refusal) {
  state.shows = "refusal";
  const ways = waysRound(state.eligibility, route(), acts);
  // One that ends by itself is no alarm.
  const kind = refusal.retryAt ? "notice" : "failed";
  showPanel(kind, refusalTitle(refusal), refusalWords(refusal, state.faucet), { retryAt: refusal.retryAt, ways });
}

/** A refusal's time is over. */
function waited() {
  state.refusal = null;
  if (state.shows === "refusal") showIdle();
  at("work-said").textContent = say("panel.now");
  void check();
}

/** Asks how the faucet does, and again and again. */
async function look() {
  clearTimeout(looks);
  const { network } = state;
  if (!network) return loadNetworks();
  const answer = await ask(faucetPath(network.chainId)).catch(() => null);
  if (network !== state.network) return undefined;
  state.reached = answer !== null && answer.status < 500;
  if (answer?.status === 200) {
    state.faucet = answer.body;
    showFaucet(state.faucet, network);
    showPuzzleStep(state.faucet.challenge);
  } else showNoAnswer();
  settle();
  if (!document.hidden) looks = setTimeout(look, state.reached ? lookMs : againMs);
  return undefined;
}

/** Asks whether the address in the field may claim, and says so before the click. */
async function check() {
  checks += 1;
  const [mine, { network }, text] = [checks, state, typed()];
  if (!network || text === "") return;
  void showRecent(network, text);
  const { eligibility = null, fault } = await askEligibility(network.chainId, text, codeTyped());
  if (mine !== checks) return;
  state.eligibility = eligibility;
  if (fault) hint("fault", fault);
  else if (eligibility) hint(...eligibilityWords(eligibility, network, route(), Date.now()));
  else if (!address.hasAttribute("aria-invalid")) plainHint();
  settle();
}

/** The reader writes: what was said of another address no longer holds. */
function edited() {
  clearTimeout(types);
  checks += 1;
  Object.assign(state, { eligibility: null, refusal: null });
  if (state.shows !== "work") holdGate(false);
  if (!state.network) return;
  if (state.shows === "refusal" || (state.shows === "claim" && !state.claim)) showIdle();
  hideRecent();
  plainHint();
  settle();
  // A code that is wrong counts as a try: it is asked about when it is written to its end.
  const whole = document.activeElement !== code && typed().length >= (state.network?.bech32Prefix.length ?? 0) + 39;
  if (whole) types = setTimeout(check, typingMs);
}

function choose(chainId) {
  const network = state.networks.find((entry) => entry.chainId === chainId) ?? state.networks[0];
  Object.assign(state, { network, faucet: null, eligibility: null, refusal: null });
  select.value = network.chainId;
  keepNetwork(network.chainId);
  const { faucet, denoms, bech32Prefix } = network;
  at("offer").textContent = say("faucet.offer", { amount: amountsText(faucet.drips, denoms) });
  address.placeholder = `${bech32Prefix}1…`;
  plainHint();
  return look();
}

function follow({ chainId, id }) {
  letGo();
  history.replaceState(null, "", claimLink({ chainId, id }));
  state.lost = false;
  letGo = followClaim(
    { chainId, id },
    {
      onChange: changed,
      onLost: (lost) => {
        if (lost === state.lost) return;
        state.lost = lost;
        if (state.claim) changed(state.claim);
      },
      onUnknown: () => {
        forget();
        state.shows = "claim";
        showPanel("notice", say("faucet.unknown"), say("faucet.unknownText"));
      },
    },
  );
}

/** Shows a claim, and goes on when it ended. */
function changed(claim) {
  Object.assign(state, { claim, shows: "claim" });
  const network = state.networks.find(({ chainId }) => chainId === claim.chainId) ?? state.network;
  showClaim(claim, network, { lost: state.lost, halted: state.faucet?.halt });
  const over = claim.state === "confirmed" || claim.state === "failed";
  if (typed() === "") address.value = claim.address;
  // The reader may write the next address meanwhile: that one need not wait.
  holdGate(!over && typed().toLowerCase() === claim.address, say("faucet.onItsWay"));
  if (!over) return;
  void look();
  void check();
  setTimeout(() => void showRecent(state.network, typed()), readModelMs);
}

/** Takes the claim out of the page's address. */
function forget() {
  letGo();
  letGo = () => undefined;
  Object.assign(state, { claim: null, lost: false });
  holdGate(false);
  const query = state.network ? `?network=${encodeURIComponent(state.network.chainId)}` : "";
  history.replaceState(null, "", `/faucet/${query}`);
}

async function claimTokens(by) {
  const [{ network }, text] = [state, typed()];
  if (text === "") {
    hint("fault", say("faucet.pasteFirst"));
    address.focus();
    return;
  }
  forget();
  // An answer to what was asked before the click would talk into it.
  checks += 1;
  Object.assign(state, { shows: "work", refusal: null });
  holdGate(true, say("faucet.moment"));
  showPanel("waiting", say("faucet.asking"), say("faucet.momentText"));
  lookAtPanel();
  const answer = await claimBy(by ?? route() ?? "open", network, text, codeTyped(), state.faucet);
  holdGate(false);
  state.shows = "idle";
  if (answer?.cancelled) {
    settle();
    at("submit").focus();
  } else if (answer?.status === 202) {
    changed(answer.body);
    follow(answer.body);
  } else if (answer && answer.body?.code !== "dispenser_unreachable")
    refused(answer.refusal ?? answer.body ?? { title: say("faucet.notSigned"), detail: answer.fault }, network);
  else unanswered();
  if (answer?.held && !answer.cancelled) at("panel-title").focus();
}

function unanswered() {
  state.shows = "claim";
  const text = say("faucet.nothing");
  showPanel("failed", say("page.noAnswer"), text);
  void look();
}

function refused(problem, { chainId }) {
  if (problem.code === "claim_open") return follow({ chainId, id: problem.claimId });
  if (isAddressFault(problem)) {
    settle();
    hint("fault", problem.detail);
    address.focus();
    return undefined;
  }
  state.refusal = problem;
  settle();
  void check();
  void look();
  return undefined;
}

async function fillFromWallet() {
  if (!state.network) return;
  const { address: found, fault } = await walletAddress(state.network);
  if (fault) return hint("no", fault);
  address.value = found;
  edited();
  clearTimeout(types);
  await check();
}

async function loadNetworks() {
  const answer = await ask("/api/v1/networks").catch(() => null);
  if (answer?.status !== 200) {
    showNoAnswer();
    hint("hint", say("faucet.networksUnknown"));
    const { title, text } = unreached();
    showPanel("notice", answer?.body.title ?? title, answer?.body.detail ?? text);
    looks = setTimeout(look, againMs);
    return;
  }
  state.networks = answer.body.networks;
  select.replaceChildren(...state.networks.map(({ chainId, name }) => new Option(`${name} (${chainId})`, chainId)));
  const query = new URLSearchParams(location.search);
  const known = choose(query.get("network"));
  openLinkedClaim();
  if (typed() === "") address.value = (query.get("address") ?? "").slice(0, 256);
  await known;
  void check();
}

/** A claim survives a reload by the page's address. */
function openLinkedClaim() {
  const id = new URLSearchParams(location.hash.slice(1)).get("claim");
  if (id && state.network) follow({ chainId: state.network.chainId, id });
}

function listen() {
  at("claim-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (gateIsOpen()) void claimTokens();
  });
  select.addEventListener("change", () => {
    state.network = state.networks.find(({ chainId }) => chainId === select.value);
    forget();
    state.shows = "idle";
    void choose(select.value).then(check);
  });
  for (const field of [address, code]) {
    field.addEventListener("input", edited);
    field.addEventListener("change", () => void check());
  }
  at("wallet-fill").addEventListener("click", () => void fillFromWallet());
  addEventListener("hashchange", openLinkedClaim);
  for (const event of ["online", "offline"]) addEventListener(event, () => void look());
  document.addEventListener("visibilitychange", () => document.hidden || void look());
}

beginPage();
listen();
void loadNetworks();

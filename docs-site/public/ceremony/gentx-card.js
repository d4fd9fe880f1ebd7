import { inOwnWords } from "../api.js";
import { at, listenToDrop, make } from "../parts.js";
import { say } from "../texts.js";
import { ceremonyPath, refusalWords, send } from "./ceremony-api.js";
import { inert, plain } from "./inert.js";
import { judgeGentx } from "./judge-gentx.js";
import { isClosed, utcText } from "./moments.js";
import { keepReceipt, receiptFacts, receiptLink, showReceipts } from "./receipts.js";

const fileBytesMax = 4 * 1024 * 1024;
const typingMs = 400;
const [file, text] = [at("gentx-file"), at("gentx-text")];

/** What the card knows: the ceremony, the bytes chosen, and what the judge said of them. */
const state = { chainId: null, view: null, bytes: null, found: null, busy: false, unjudged: false };
let [types, judgings] = [0, 0];
let [judgedAt, changed] = ["", () => undefined];

/** Makes the card work. `onHandedIn` is called after each hand-in. */
export function listenToGentx(onHandedIn) {
  changed = onHandedIn;
  file.addEventListener("change", () => void takeFile(file.files[0]));
  text.addEventListener("input", () => {
    letGo();
    types = setTimeout(takeText, typingMs);
  });
  listenToDrop(at("drop"), takeFile);
  at("gentx-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (shutWords() === null) void handIn();
  });
}

/** The ceremony as it stands now. What lies on the card is judged again when the rules or the others changed. */
export function setCeremony(chainId, view) {
  if (chainId !== state.chainId) clear();
  Object.assign(state, { chainId, view });
  const open = view !== null && ["draft", "accounts", "collecting"].includes(view.phase);
  for (const id of ["gentx-form", "panel"]) at(id).hidden = !open;
  if (view === null) return;
  if (state.bytes !== null && !state.busy && judgedAt !== markOf(view)) void judge();
  settle();
}

/** What was judged is no longer what lies there: it can't be handed in. */
function letGo() {
  clearTimeout(types);
  judgings += 1;
  Object.assign(state, { bytes: null, found: null, unjudged: false });
  panel("waiting", say("gx.judging"), say("gx.judgingText"));
  if (state.view !== null) settle();
}

function clear() {
  clearTimeout(types);
  judgings += 1;
  Object.assign(state, { bytes: null, found: null, unjudged: false });
  file.value = "";
  text.value = "";
  at("gentx-name").textContent = "";
  showIdle();
}

const markOf = ({ parameters, base, allocations, gentxs }) => JSON.stringify([parameters, base, allocations, gentxs]);

function showIdle() {
  panel("idle", say("cer.judge"), say("cer.judgeText"));
}

async function takeFile(chosen) {
  if (!chosen) return;
  letGo();
  const mine = judgings;
  text.value = "";
  at("gentx-name").textContent = say("gx.file", { name: plain(chosen.name), count: chosen.size });
  if (chosen.size > fileBytesMax) {
    panel("failed", say("gx.noGentx"), say("gx.tooLarge"));
    return settle();
  }
  const bytes = new Uint8Array(await chosen.arrayBuffer());
  // Another one was chosen meanwhile.
  if (mine !== judgings) return undefined;
  state.bytes = bytes;
  return judge();
}

function takeText() {
  file.value = "";
  at("gentx-name").textContent = "";
  if (text.value.trim() === "") {
    clear();
    return settle();
  }
  state.bytes = new TextEncoder().encode(text.value);
  return judge();
}

/** Judges what was chosen, in this browser. */
async function judge() {
  judgings += 1;
  const [mine, { chainId, view, bytes }] = [judgings, state];
  if (view === null) return;
  Object.assign(state, { found: null, unjudged: false });
  judgedAt = markOf(view);
  panel("waiting", say("gx.judging"), say("gx.judgingText"));
  settle();
  const found = await judgeGentx(ceremonyPath(chainId), view, bytes);
  if (found !== null) found.verdict = await inOwnWords(found.verdict);
  if (mine !== judgings) return;
  Object.assign(state, { found, unjudged: found === null });
  if (found === null) {
    const words = say("gx.noJudge");
    panel("notice", say("gx.notJudged"), words);
  } else showVerdict(found);
  settle();
}

function showVerdict({ verdict, against }) {
  const { ok, gentx, failures, warnings } = verdict;
  const where = say("gx.where", { against: againstWords(against) });
  if (ok && !isListed()) {
    panel("failed", say("gx.notListed"), say("gx.listText"));
  } else if (ok) {
    const who = gentx ? [inert(gentx.moniker), ` ${say("gx.power", { power: gentx.power })} `] : [];
    panel("paid", say("gx.keeps"), make("span", {}, ...who, where), { warnings });
  } else panel("failed", brokenWords(failures.length), where, { failures, warnings });
}

/** Whether the operator of what was judged may hand in at all. */
function isListed() {
  const { intake, allowlist } = state.view.parameters;
  return intake === "open" || allowlist.includes(state.found?.operator);
}

function brokenWords(count) {
  return say(count === 1 ? "gx.oneBroken" : "gx.broken", { count });
}

function againstWords({ genesis, others, unread }) {
  const parts = [
    say("gx.theRules"),
    genesis ? say("gx.theBase") : "",
    others ? say(others > 1 ? "gx.others" : "gx.other", { count: others }) : "",
  ];
  const left = unread ? ` ${say("gx.unread", { count: unread })}` : "";
  const said = parts.filter((part) => part !== "");
  return `${said.length > 1 ? `${said.slice(0, -1).join(", ")} ${say("page.and")} ` : ""}${said.at(-1)}${left}`;
}

/** Why the button is shut; null: it is open. */
function shutWords() {
  const { view, bytes, found, busy, unjudged } = state;
  if (busy) return say("gx.moment");
  if (view === null) return say("cer.handIn");
  if (view.phase !== "collecting") return say("gx.notYet");
  if (isClosed(view, Date.now())) return say("gx.closed", { time: utcText(view.parameters.closesAt) });
  if (bytes === null) return say("cer.handIn");
  if (unjudged) return null;
  if (found === null) return say("gx.judgingNow");
  if (!found.verdict.ok) return say("gx.mend");
  return isListed() ? null : say("gx.notListed");
}

function settle() {
  const words = shutWords();
  // Not the attribute `disabled`: that would take the focus from who stands on it.
  at("submit").setAttribute("aria-disabled", String(words !== null));
  at("submit").textContent = words ?? handInWords();
  // What is on its way is what lies there.
  text.readOnly = state.busy;
  file.disabled = state.busy;
}

/** The same file again gives its receipt again; another one of the operator takes the place of the first. */
function handInWords() {
  const stands = state.view.gentxs.find(({ operator }) => operator === state.found?.operator);
  if (stands === undefined) return say("cer.handIn");
  return stands.sha256 === state.found.sha256 ? say("gx.again") : say("gx.replace");
}

async function handIn() {
  const { chainId, view, bytes } = state;
  state.busy = true;
  settle();
  const hand = () => send("POST", ceremonyPath(chainId, "/gentxs"), bytes);
  // Twice: the first answer may have been lost, and the same file again answers its receipt again.
  const answer = (await hand()) ?? (await hand());
  state.busy = false;
  if (chainId !== state.chainId) return;
  if (answer?.status === 201) {
    taken(chainId, { network: chainId, origin: view.origin, verifierKey: view.verifierKey, ...answer.body });
  } else refused(answer);
  settle();
  at("panel-title").focus();
  await changed();
}

function taken(chainId, kept) {
  const { warnings = [], ...receipt } = kept;
  keepReceipt(chainId, receipt);
  showReceipts(chainId, [...state.view.gentxs, receipt]);
  clear();
  const said = make("span", {}, inert(kept.moniker), ` ${say("gx.isIn")}`);
  panel("paid", say("gx.handedIn"), said, { warnings });
  receiptFacts(at("panel-facts"), receipt);
  at("panel-ways").replaceChildren(receiptLink(receipt, say("gx.download")));
}

function refused(answer) {
  const { title, text: words } = refusalWords(answer);
  if (answer === null || answer.status >= 500) return panel("notice", title, `${words} ${say("gx.press")}`);
  const { failures = [], warnings = [] } = answer.body ?? {};
  return panel("failed", failures.length > 0 ? brokenWords(failures.length) : title, words, { failures, warnings });
}

/** `said`: a text or an element. */
function panel(kind, title, said, { failures = [], warnings = [] } = {}) {
  at("panel").dataset.kind = kind;
  at("panel-title").textContent = title;
  at("panel-text").replaceChildren(said);
  at("panel-failures").replaceChildren(...failures.map(finding));
  at("panel-warnings").replaceChildren(...warnings.map(finding));
  at("panel-worth").hidden = warnings.length === 0;
  at("panel-facts").replaceChildren();
  at("panel-ways").replaceChildren();
}

function finding({ rule, message, remedy, lang = "en" }) {
  const parts = [make("p", { className: "what" }, inert(message))];
  if (remedy) parts.push(make("p", { className: "remedy" }, inert(remedy)));
  parts.push(make("code", { className: "rule", textContent: plain(rule) }));
  return make("li", { lang }, ...parts);
}

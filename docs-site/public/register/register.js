import { inOwnWords } from "../api.js";
import { beginPage } from "../header.js";
import { listNetworks, networkPath, sayOnce, showFault, sign, signSilence } from "../networks.js";
import { at, make } from "../parts.js";
import { say } from "../texts.js";
import { operatorHref, send, validatorsPath } from "../validators/validators-api.js";
import { signText, walletAddress } from "../wallet.js";
import { watch } from "../watch.js";
import { hideSigning, showSigning } from "./by-binary.js";
import { rules } from "./check.js";
import { fillFields, makeFields, readFields, showFaults } from "./fields.js";
import { listenToGentxInput } from "./gentx-input.js";
import { tell, tellIdle, tellRefused } from "./panel.js";

const againMs = 10_000;
/**
 * `act`: register, amend or withdraw. `binary`: how the network's own is called. `pending`: what is being signed, as the
 * form said it then; null once the form says something else.
 */
const state = { network: null, act: "register", binary: null, pending: null, busy: false };
let letGo = () => undefined;

const wayOf = () => document.querySelector("#way input:checked").value;

function choose(network) {
  letGo();
  const query = new URLSearchParams(location.search);
  const [act, operator] = [query.get("do"), query.get("operator") ?? ""];
  Object.assign(state, { network, act: act === "amend" || act === "withdraw" ? act : "register", binary: null });
  sign("waiting", say("page.looking"));
  at("title").textContent = say(`reg.${state.act === "register" ? "title" : state.act}`);
  at("operator").value = operator.slice(0, 160);
  at("operator").readOnly = state.act !== "register";
  at("fill").hidden = state.act !== "register";
  at("way-gentx").hidden = state.act !== "register";
  at("gentx-text").value = "";
  if (state.act !== "register" && wayOf() === "gentx") document.querySelector("#way input").checked = true;
  fillFields(null, state.act === "amend");
  changed();
  tellIdle();
  // Nothing is asked where the network's file says that there is nothing.
  showForm(network.validators);
  if (!network.validators) return showNone();
  letGo = watch(networkPath(network.chainId, "/chain.json"), againMs, hearNetwork);
  return undefined;
}

/** Nobody is to fill in what nobody takes. */
function showForm(shown) {
  at("form").hidden = !shown;
  at("panel").hidden = !shown;
}

function showNone() {
  showForm(false);
  sign("waiting", say("val.noneWord"));
  at("notice").hidden = false;
  sayOnce(at("notice-title"), say("val.none"));
  sayOnce(at("notice-text"), say("val.noneText"));
  return settle();
}

/** Whether the network has its validators sign up here, and how its binary is called. It is asked until it says. */
function hearNetwork(answer) {
  const none = answer?.status === 404;
  if (!none) showFault(answer);
  if (answer?.status !== 200 && !none) return signSilence(answer);
  letGo();
  if (none) return showNone();
  const { daemon_name: binary, staking } = answer.body;
  state.binary = { binary, denom: staking.staking_tokens[0].denom };
  sign("paid", say("reg.open"));
  settle();
  if (state.act === "amend") letGo = watch(pathOf(), againMs, hearEntry);
  return undefined;
}

const pathOf = () => validatorsPath(state.network.chainId, `/${encodeURIComponent(at("operator").value.trim())}`);

/** What is amended is what stands, once. */
function hearEntry(answer) {
  if (answer?.status === 404 || answer?.status === 422) {
    letGo();
    return tellRefused(answer);
  }
  showFault(answer);
  if (answer?.status !== 200) return signSilence(answer);
  letGo();
  return fillFields(answer.body.profile, true);
}

/** What was to be signed is no longer what the form says. */
function changed() {
  state.pending = null;
  hideSigning();
  at("faults").hidden = true;
  settle();
}

function settle() {
  const [way, { act, binary, busy }] = [wayOf(), state];
  at("of-gentx").hidden = way !== "gentx";
  at("of-content").hidden = way === "gentx" || act === "withdraw";
  const shut = binary === null || busy;
  // Not the attribute `disabled`: that would take the focus from who stands on it.
  at("submit").setAttribute("aria-disabled", String(shut));
  at("signed-do").setAttribute("aria-disabled", String(shut));
  const steps = { wallet: "reg.doWallet", binary: "reg.doBinary", gentx: "reg.send" };
  at("submit").textContent = say(busy ? "reg.moment" : steps[way]);
}

/** Runs one thing at a time. */
async function busily(run) {
  if (state.busy || state.binary === null) return;
  state.busy = true;
  settle();
  try {
    await run();
  } finally {
    state.busy = false;
    settle();
  }
}

/** What the form says, judged as the deployment will judge it; null: the reader is told what is wrong. */
async function judged() {
  const operator = at("operator").value.trim();
  at("faults").hidden = true;
  if (operator === "") return wrong([{ path: "operator", message: say("reg.noOperator") }], "operator");
  if (wayOf() === "gentx" || state.act === "withdraw") return { operator };
  const content = readFields();
  const checked = await rules();
  // Without the rules at hand the deployment's own judgement has to do.
  const found = { errors: checked === null ? [] : checked.checkContent(content) };
  const { errors: faults } = await inOwnWords(found);
  if (faults.length === 0) {
    showFaults([]);
    return { operator, content };
  }
  const rest = showFaults(faults);
  return rest.length > 0 ? wrong(rest) : null;
}

function wrong(faults, focus) {
  at("faults-list").replaceChildren(...faults.map(({ message }) => make("li", { textContent: message })));
  at("faults").hidden = false;
  if (focus) at(focus).focus();
  return null;
}

async function submit() {
  const said = await judged();
  if (said === null) return;
  const way = wayOf();
  if (way === "gentx") return handInGentx(said.operator);
  const pending = { ...said, network: state.network, act: state.act };
  state.pending = pending;
  tell("waiting", say("reg.asking"), say("reg.askingText"));
  const path = validatorsPath(pending.network.chainId, "/challenges");
  const asked = await send("POST", path, { action: pending.act, ...said });
  if (pending !== state.pending) return tellIdle();
  if (asked?.status !== 200) return refused(asked);
  if (way === "wallet") return signByWallet(pending, asked.body);
  tellIdle();
  return showSigning(state.binary, asked.body);
}

async function signByWallet(pending, { word, operator }) {
  tell("waiting", say("reg.signHere"), word);
  const signed = await signText(pending.network, operator, word);
  if (pending !== state.pending) return tellIdle();
  if (signed.fault) {
    tell("failed", say("reg.unsigned"), signed.fault);
    return at("panel-title").focus();
  }
  return handIn({ kind: "adr036", word, pubKey: signed.pubKey, signature: signed.signature });
}

async function handInSigned() {
  const tx = at("signed").value.trim();
  if (tx === "" || state.pending === null) return at("signed").focus();
  if (await holdsSecret(tx)) return undefined;
  return handIn({ kind: "tx", tx });
}

async function handInGentx(operator) {
  const text = at("gentx-text").value.trim();
  if (await holdsSecret(text)) return undefined;
  const proof = text === "" ? { kind: "gentx" } : { kind: "gentx", gentx: text };
  const { network, act } = state;
  return finish(await send("POST", validatorsPath(network.chainId), { operator, proof }), { network, act });
}

/** What people paste by mistake leaves this browser for nowhere. */
async function holdsSecret(text) {
  const checked = await rules();
  if (!checked?.secretIn(text)) return false;
  tell("failed", say("reg.secret"), say("reg.secretText"));
  at("panel-title").focus();
  return true;
}

async function handIn(proof) {
  const { pending } = state;
  const { network, act, operator, content } = pending;
  const under = `/${encodeURIComponent(operator)}`;
  tell("waiting", say("reg.asking"), say("reg.askingText"));
  const ways = {
    register: () => send("POST", validatorsPath(network.chainId), { operator, content, proof }),
    amend: () => send("PUT", validatorsPath(network.chainId, under), { content, proof }),
    withdraw: () => send("POST", validatorsPath(network.chainId, `${under}/withdrawal`), { proof }),
  };
  return finish(await ways[act](), pending);
}

function finish(answer, { network, act }) {
  if (answer?.status !== 200 && answer?.status !== 201) return refused(answer);
  const { operator, state: stands } = answer.body;
  const href = operatorHref(network.chainId, operator);
  const texts = { pending: "reg.pendingText", approved: "reg.approvedText", withdrawn: "reg.withdrawnText" };
  changed();
  tell("paid", say(`done.${act}`), say(texts[stands] ?? "reg.pendingText"), {
    ways: [make("a", { href, className: "plain button", textContent: say("reg.toProfile") })],
  });
  return at("panel-title").focus();
}

function refused(answer) {
  const errors = answer?.body?.errors ?? [];
  const ofFields = errors.filter(({ path }) => /^(content\.)?(profile\.|contact)/.test(path));
  if (ofFields.length > 0) showFaults(ofFields);
  tellRefused(answer);
  if (answer?.body?.code !== "registration_exists") return;
  const href = operatorHref(state.network.chainId, at("operator").value.trim());
  at("panel-ways").hidden = false;
  at("panel-ways").replaceChildren(make("a", { href, textContent: say("reg.toProfile") }));
}

async function fill() {
  if (state.network === null) return;
  const { address, fault } = await walletAddress(state.network);
  if (address) {
    at("operator").value = address;
    changed();
  }
  at("operator-hint").textContent = fault ?? say("reg.operatorHint");
}

function listen() {
  const on = (id, kind, run) =>
    at(id).addEventListener(kind, (event) => {
      event.preventDefault();
      void run();
    });
  on("form", "submit", () => busily(submit));
  on("signed-form", "submit", () => busily(handInSigned));
  on("fill", "click", fill);
  at("operator").addEventListener("input", changed);
  at("way").addEventListener("change", changed);
  listenToGentxInput(changed);
}

beginPage();
makeFields(changed);
listen();
listNetworks(choose);

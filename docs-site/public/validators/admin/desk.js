import { listenToConfirm } from "../../ceremony/admin/confirm.js";
import { askWithKey, dropKey, hasKey, keyName, takeKey } from "../../ceremony/admin/key.js";
import { tell } from "../../ceremony/admin/said.js";
import { refusalWords } from "../../ceremony/ceremony-api.js";
import { plain } from "../../ceremony/inert.js";
import { beginPage } from "../../header.js";
import { listNetworks, sign, signSilence } from "../../networks.js";
import { at } from "../../parts.js";
import { say } from "../../texts.js";
import { registrationCard } from "./registration-card.js";

const none = {
  pending: say("adm.nonePending"),
  approved: say("adm.noneApproved"),
  rejected: say("adm.noneRejected"),
};
const states = {
  pending: say("adm.state.pending"),
  approved: say("adm.state.approved"),
  rejected: say("adm.state.rejected"),
};
const state = { network: null, cursor: null };
let asking = 0;

const adminPath = (under = "") =>
  `/api/v1/admin/networks/${encodeURIComponent(state.network.chainId)}/validators${under}`;

/** Signs in with the key at hand, or asks for one. */
function enter() {
  const inside = hasKey();
  at("key-form").hidden = inside;
  at("key-out").hidden = !inside;
  at("inside").hidden = true;
  at("who").textContent = keyName();
  if (!inside) return sign("waiting", say("adm.noKey"));
  return state.network === null ? undefined : list();
}

/** Reads the first page of the state that is chosen, or with `more` the next one. */
async function list(more = false) {
  asking += 1;
  const mine = asking;
  const wanted = at("state").value;
  const query = new URLSearchParams({ state: wanted, ...(more ? { cursor: state.cursor } : {}) });
  if (!more) sign("waiting", say("page.looking"));
  const answer = await askWithKey(adminPath(`?${query}`));
  if (mine !== asking || !hasKey()) return;
  if (answer?.status === 401 || answer?.status === 403) return shutOut(answer.status);
  if (answer?.status !== 200) return noList(answer);
  const { registrations, nextCursor = null } = answer.body;
  state.cursor = nextCursor;
  const cards = registrations.map((one) =>
    registrationCard(one, { network: state.network, ask: askOperator, decided }),
  );
  if (more) at("cards").append(...cards);
  else at("cards").replaceChildren(...cards);
  at("inside").hidden = false;
  at("more").hidden = nextCursor === null;
  const count = at("cards").children.length;
  at("none").textContent = count === 0 ? none[wanted] : "";
  sign(
    wanted === "pending" && count > 0 ? "notice" : "paid",
    say(nextCursor ? "adm.countMore" : "adm.count", { count, state: states[wanted] }),
  );
}

function shutOut(status) {
  dropKey();
  const why = say(status === 401 ? "adm.unknownKey" : "adm.noRole");
  tell("failed", say("adm.notIn"), why);
  void enter();
}

function noList(answer) {
  const { title, text } = refusalWords(answer);
  const missing = answer?.status === 404;
  if (missing) sign("waiting", say("cer.noneWord"));
  else signSilence(answer);
  tell("notice", plain(title), plain(text));
  if (!missing) at("inside").hidden = false;
}

/** Asks something about one operator: `{status, body}`, or null. */
function askOperator(operator, under, method, body) {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return askWithKey(adminPath(`/${encodeURIComponent(operator)}${under}`), { method, headers, ...sent });
}

/** Says how a decision ended, and looks again. */
async function decided(answer, what) {
  const done = answer?.status === 200;
  const { title, text } = refusalWords(answer);
  if (done) tell("paid", say("adm.done"), what);
  else tell(answer === null ? "notice" : "failed", plain(title), plain(`${what} ${text}`));
  await list();
  at("said-title").focus();
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
    asking += 1;
    at("cards").replaceChildren();
    tell("idle");
    return enter();
  });
  on("state", "change", () => {
    tell("idle");
    return list();
  });
  on("more", "click", () => list(true));
}

function choose(network) {
  Object.assign(state, { network, cursor: null });
  asking += 1;
  at("cards").replaceChildren();
  tell("idle");
  void enter();
}

beginPage();
listenToConfirm();
listen();
listNetworks(choose);

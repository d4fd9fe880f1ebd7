import { beginPage } from "../header.js";
import { listNetworks, sayOnce, showFault, sign, signSilence } from "../networks.js";
import { at } from "../parts.js";
import { say } from "../texts.js";
import { watch } from "../watch.js";
import { showFiles, showGuides, showWallet } from "./files-view.js";
import { hideList, listenToList, showList } from "./list-view.js";
import { hideProfile, showProfile, showSteps } from "./profile-view.js";
import { look, operatorHref, validatorsPath } from "./validators-api.js";

const lookMs = 60_000;
const stepsMs = 20_000;
/** A directory of more is read by the API. */
const pagesMax = 20;
let [letGo, reading] = [() => undefined, 0];

function choose(network) {
  letGo();
  const { chainId } = network;
  const operator = new URLSearchParams(location.search).get("operator");
  sign("waiting", say("page.looking"));
  at("to-register").href = operatorHref(chainId, null, "register");
  at("to-list").href = operatorHref(chainId, null);
  at("to-admin").search = `?network=${encodeURIComponent(chainId)}`;
  at("listed").hidden = operator !== null;
  at("one").hidden = operator === null;
  hideProfile();
  hideList();
  letGo = () => undefined;
  // Nothing is asked where the network's file says that there is nothing.
  if (!network.validators) return void showNone();
  letGo = operator === null ? watchList(network) : watchOne(network, operator);
}

function watchList(network) {
  const { chainId } = network;
  showFiles(chainId);
  void showGuides(chainId);
  void showWallet(network);
  return watch(validatorsPath(chainId), lookMs, (answer) => void hearList(chainId, answer));
}

/** The first page is watched; the others are read after it. What is shown is whole, or says that it isn't. */
async function hearList(chainId, answer) {
  reading += 1;
  const mine = reading;
  if (!heard(answer)) return;
  const { validators, gentxsKnown } = answer.body;
  const found = [...validators];
  let next = answer.body.nextCursor;
  for (let page = 1; next !== undefined && page < pagesMax; page += 1) {
    const more = await look(validatorsPath(chainId, `?cursor=${encodeURIComponent(next)}`));
    if (mine !== reading) return;
    if (more?.status !== 200) break;
    found.push(...more.body.validators);
    next = more.body.nextCursor;
  }
  sign(
    found.length === 0 ? "waiting" : "paid",
    say(found.length === 1 ? "val.one" : "val.count", { count: found.length }),
  );
  showList(chainId, found, { whole: next === undefined, gentxsKnown });
}

function watchOne({ chainId, denoms }, operator) {
  const path = validatorsPath(chainId, `/${encodeURIComponent(operator)}`);
  const stops = [
    watch(path, lookMs, (answer) => {
      if (heard(answer)) showProfile(chainId, answer.body, denoms);
    }),
    watch(`${path}/checklist`, stepsMs, showSteps),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function showNone() {
  sign("waiting", say("val.noneWord"));
  at("notice").hidden = false;
  sayOnce(at("notice-title"), say("val.none"));
  sayOnce(at("notice-text"), say("val.noneText"));
  for (const id of ["listed", "one"]) at(id).hidden = true;
}

/** Whether an answer tells something. If not, the reader is told why: that there is none isn't a fault to wait out. */
function heard(answer) {
  const code = answer?.body?.code;
  const none = answer?.status === 404 || answer?.status === 422;
  if (!none) showFault(answer);
  if (answer?.status === 200) return true;
  if (!none) {
    signSilence(answer);
    return false;
  }
  if (code === "directory_not_found") {
    showNone();
    return false;
  }
  sign("waiting", say("val.unknownWord"));
  at("notice").hidden = false;
  sayOnce(at("notice-title"), say("val.unknown"));
  sayOnce(at("notice-text"), say("val.unknownText"));
  at("one").hidden = at("one").hidden || code !== "unknown_registration";
  return false;
}

beginPage();
listenToList();
listNetworks(choose);

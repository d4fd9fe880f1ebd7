import { inert } from "../ceremony/inert.js";
import { utcText } from "../ceremony/moments.js";
import { sayOnce } from "../networks.js";
import { at, copyable, make, showFacts } from "../parts.js";
import { shortText } from "../text.js";
import { say } from "../texts.js";
import { operatorHref } from "./validators-api.js";

const kinds = { approved: "paid", pending: "notice", unregistered: "notice", rejected: "failed", withdrawn: "waiting" };
/** As long as anything that an operator may write. */
const textMax = 320;

/** Takes the profile away until another is read. */
export function hideProfile() {
  at("one-title").textContent = "…";
  at("one-text").hidden = true;
  at("one-ways").hidden = true;
  at("one-facts").replaceChildren();
  at("steps").replaceChildren();
  at("steps-none").hidden = false;
  sayOnce(at("steps-none"), say("page.looking"));
}

/** Shows an operator as the directory has them. All of it is text of strangers. */
export function showProfile(chainId, entry) {
  const { operator, moniker, state, reason, registered, profile } = entry;
  at("one-title").replaceChildren(moniker === "" ? make("code", { textContent: shortText(operator) }) : inert(moniker));
  sayOnce(at("pill-word"), say(`stand.${state}`));
  at("pill").dataset.kind = kinds[state];
  at("one-text").hidden = reason === undefined && state !== "unregistered";
  at("one-text").replaceChildren(
    ...(reason === undefined ? [say("val.unregisteredText")] : [`${say("val.rejectedFor")} `, inert(reason, textMax)]),
  );
  showFacts(at("one-facts"), [
    ...addressFacts(entry),
    ...(profile ? profileFacts(profile, entry.peerLook) : []),
    ...actFacts(entry),
  ]);
  at("one-ways").hidden = registered === null || state === "withdrawn";
  at("to-amend").href = operatorHref(chainId, operator, "amend");
  at("to-withdraw").href = operatorHref(chainId, operator, "withdraw");
}

const written = (text) => (text ? inert(text, textMax) : "");
const long = (text, name) => (text ? copyable(text, name, make("code", {}, inert(text, textMax))) : "");

function addressFacts({ operator, valoper }) {
  return [
    [say("pro.operator"), long(operator, say("pro.operator"))],
    [say("pro.valoper"), long(valoper, say("pro.valoper"))],
  ];
}

function profileFacts(profile, look) {
  const { commission, seed, hardware, keySafety } = profile;
  const said = [hardware ? say("pro.hardware") : "", keySafety ? say("pro.keySafety") : ""].filter(Boolean).join(" ");
  return [
    [say("pro.website"), websiteOf(profile.website)],
    [say("pro.security"), written(profile.securityContact)],
    [say("pro.details"), written(profile.details)],
    [say("pro.identity"), written(profile.identity)],
    [say("pro.peer"), long(profile.peer, say("pro.peer"))],
    [say("pro.look"), look ? lookText(look) : ""],
    [say("pro.seed"), seed ? say("pro.isSeed") : ""],
    [say("pro.key"), long(profile.consensusKey, say("pro.key"))],
    [say("pro.commission"), commission ? say("pro.rates", commission) : ""],
    [say("pro.region"), written(profile.region)],
    [say("pro.provider"), written(profile.provider)],
    [say("pro.says"), said],
  ];
}

function lookText({ outcome, seen, lookedAt }) {
  return say("pro.looked", { what: say(`look.${outcome}`, { seen: seen || "?" }), time: utcText(lookedAt) });
}

function actFacts({ registered, gentx }) {
  const proof = registered && say(`proof.${registered.proof}`);
  return [
    [say("pro.registered"), registered ? say("pro.when", { time: utcText(registered.createdAt), proof }) : ""],
    [say("pro.changed"), registered && registered.rev > 1 ? utcText(registered.changedAt) : ""],
    [say("pro.gentx"), gentx ? say("pro.power", { power: gentx.power }) : ""],
  ];
}

/** The deployment takes only http and https; what is linked here is checked again. */
function websiteOf(text) {
  const scheme = URL.canParse(text) ? new URL(text).protocol : "";
  if (scheme !== "https:" && scheme !== "http:") return written(text);
  return make("a", { href: text, rel: "noreferrer nofollow ugc" }, inert(text, textMax));
}

/** Shows what an operator has done and what is next. `answer`: null where none came. */
export function showSteps(answer) {
  const none = at("steps-none");
  // What was told before stays, until something else is.
  if (answer?.status !== 200) {
    if (at("steps").children.length === 0) sayOnce(none, say("val.noSteps"));
    return;
  }
  none.hidden = true;
  const told = JSON.stringify(answer.body.steps);
  // Nobody who stands on a button loses it for the same words.
  if (at("steps").dataset.told === told && at("steps").children.length > 0) return;
  at("steps").dataset.told = told;
  at("steps").replaceChildren(...answer.body.steps.map(stepItem));
}

function stepItem({ step, state, evidence, command, lang = "en" }) {
  const name = say(`step.${step}`);
  const sign = make("span", { className: "sign", textContent: say(`item.${state}`) });
  const parts = [
    make("p", { className: "what" }, make("strong", { textContent: name }), " ", sign),
    make("p", { className: "evidence", lang }, inert(evidence, textMax)),
  ];
  if (command) parts.push(commandBox(command, say("val.commandFor", { step: name })));
  const item = make("li", {}, ...parts);
  item.dataset.state = state;
  return item;
}

/** A command with a button that copies it as it is. `name`: what it is called to who doesn't see it. */
export function commandBox(command, name) {
  // A command quotes what operators wrote: what can't be seen was refused when they wrote it.
  const box = make("pre", {}, make("code", { textContent: command }));
  return make("div", { className: "command" }, copyable(command, name, box));
}

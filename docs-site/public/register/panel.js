import { inert, plain } from "../ceremony/inert.js";
import { at, make } from "../parts.js";
import { say } from "../texts.js";
import { refusalWords } from "../validators/validators-api.js";

/** Says in the panel what came of it. `kind`: idle, waiting, paid, failed or notice. `ways`: what to do next. */
export function tell(kind, title, text, { faults = [], ways = [] } = {}) {
  at("panel").dataset.kind = kind;
  at("panel-title").replaceChildren(inert(title));
  at("panel-text").replaceChildren(inert(text, 600));
  at("panel-failures").replaceChildren(...faults.map(fault));
  at("panel-ways").hidden = ways.length === 0;
  at("panel-ways").replaceChildren(...ways);
}

/** Says why a request was not taken, and gives the panel the focus. */
export function tellRefused(answer) {
  const { title, text, errors } = refusalWords(answer);
  const late = answer === null || answer.status >= 500;
  // What the list says more exactly isn't said twice.
  const words = errors.length > 0 ? say("reg.refusedFor") : text;
  tell(late ? "notice" : "failed", title, late ? `${words} ${say("reg.again")}` : words, { faults: errors });
  at("panel-title").focus();
}

/** What the panel says before anything was done. */
export function tellIdle() {
  tell("idle", say("reg.idle"), say("reg.idleText"));
}

function fault({ path, message, lang = "en" }) {
  const what = make("p", { className: "what", lang }, inert(message, 400));
  return make("li", {}, what, make("code", { className: "rule", textContent: plain(path) }));
}

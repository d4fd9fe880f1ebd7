import { at, make } from "../../parts.js";
import { shortText } from "../../text.js";
import { say } from "../../texts.js";
import { inert } from "../inert.js";
import { utcText } from "../moments.js";
import { phaseName } from "../phase-view.js";
import { askAdmin } from "./key.js";

let [shownFor, cursor] = [null, null];

/** Shows what was done, newest first. Answers the first page's status; null: no answer came. */
export async function showAudit(chainId) {
  const answer = await askAdmin(chainId, "/audit");
  if (answer?.status !== 200) return answer?.status ?? null;
  shownFor = chainId;
  at("audit-rows").replaceChildren(...page(answer.body));
  return 200;
}

/** Makes the button for older ones work. */
export function listenToAudit() {
  at("audit-more").addEventListener("click", async () => {
    const answer = await askAdmin(shownFor, `/audit?cursor=${encodeURIComponent(cursor)}`);
    if (answer?.status === 200) at("audit-rows").append(...page(answer.body));
  });
}

function page({ acts, nextCursor = null }) {
  cursor = nextCursor;
  at("audit-more").hidden = nextCursor === null;
  at("audit-none").hidden = acts.length > 0;
  return acts.map(item);
}

function item({ at: time, actor, act, subject, detail }) {
  const when = make("time", { dateTime: time, textContent: utcText(time) });
  const to = act === "phase" && detail.phase ? say("adm.auditTo", { phase: phaseName(detail.phase) }) : "";
  const about = subject === "ceremony" ? to : inert(shortText(subject));
  const what = make("span", {}, make("strong", { textContent: actName(act) }), " ", about);
  return make("li", {}, what, make("span", { className: "hint" }, ...byWhom(actor), ", ", when));
}

function byWhom(actor) {
  if (actor === "clock") return [say("adm.byClock")];
  if (actor.startsWith("operator:")) return [say("adm.byOperator")];
  return [`${say("adm.by")} `, inert(actor.replace("admin:", ""))];
}

const names = {
  created: say("adm.act.created"),
  parameter: say("adm.act.parameter"),
  phase: say("adm.act.phase"),
  allocations: say("adm.act.allocations"),
  gentx: say("adm.act.gentx"),
  replacement: say("adm.act.replacement"),
  withdrawal: say("adm.act.withdrawal"),
  seal: say("adm.act.seal"),
  attestation: say("adm.act.attestation"),
  beacon: say("adm.act.beacon"),
  abort: say("adm.act.abort"),
};

/** An act as it is called; one that has no name here keeps its own. */
const actName = (act) => names[act] ?? act;

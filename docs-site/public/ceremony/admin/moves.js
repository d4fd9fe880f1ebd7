import { at, make } from "../../parts.js";
import { say } from "../../texts.js";
import { waysFrom } from "../built/phases.js";
import { phaseName } from "../phase-view.js";
import { confirmAct } from "./confirm.js";

const words = {
  accounts: say("adm.toAccounts"),
  collecting: say("adm.toCollecting"),
  attesting: say("adm.toAttesting"),
  done: say("adm.toDone"),
  draft: say("adm.toDraft"),
};

/** Shows the moves that can be asked for now. `act(act, what)` asks for one. */
export function showMoves({ phase, parameters }, act) {
  const ways = waysFrom(phase);
  const sorted = [...ways.filter(({ back }) => !back), ...ways.filter(({ back }) => back)];
  const two = parameters.twoPerson ? ` ${say("adm.takesTwo")}` : "";
  const buttons = sorted.map((way) => button(way, two, act));
  const over = phase === "done" || phase === "aborted";
  if (!over) buttons.push(abortButton(two, act));
  at("moves").replaceChildren(...buttons);
  at("moves-none").hidden = !over;
}

function button({ to, back, grave }, two, act) {
  const name = say(back ? "adm.backTo" : "adm.onTo", { phase: phaseName(to) });
  const made = make("button", { type: "button", className: "plain", textContent: name });
  made.addEventListener("click", async () => {
    const text = grave ? `${say("adm.void")}${two}` : words[to];
    const agreed = await confirmAct({ title: `${name}?`, text, button: name, reason: back ? "needed" : "optional" });
    if (agreed) await act({ kind: "move", to, ...agreed }, name);
  });
  return made;
}

function abortButton(two, act) {
  const made = make("button", { type: "button", className: "plain bad", textContent: say("adm.abort") });
  made.addEventListener("click", async () => {
    const text = `${say("adm.abortText")}${two}`;
    const agreed = await confirmAct({
      title: `${say("adm.abort")}?`,
      text,
      button: say("adm.abortDo"),
      reason: "needed",
    });
    if (agreed) await act({ kind: "abort", ...agreed }, say("adm.abortDo"));
  });
  return made;
}

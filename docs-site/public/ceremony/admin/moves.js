import { at, make } from "../../parts.js";
import { waysFrom } from "../built/phases.js";
import { phaseName } from "../phase-view.js";
import { confirmAct } from "./confirm.js";

const words = {
  accounts: "Gentxs are not taken yet; allocations can change.",
  collecting: "Gentxs are taken until the time that the parameters say.",
  attesting: "Operators can attest the sealed genesis.",
  done: "The log is closed for good.",
  draft: "Everything can change again.",
};

/** Shows the moves that can be asked for now. `act(act, what)` asks for one. */
export function showMoves({ phase, parameters }, act) {
  const ways = waysFrom(phase);
  const sorted = [...ways.filter(({ back }) => !back), ...ways.filter(({ back }) => back)];
  const two = parameters.twoPerson ? " This takes two coordinators." : "";
  const buttons = sorted.map((way) => button(way, two, act));
  const over = phase === "done" || phase === "aborted";
  if (!over) buttons.push(abortButton(two, act));
  at("moves").replaceChildren(...buttons);
  at("moves-none").hidden = !over;
}

function button({ to, back, grave }, two, act) {
  const name = `${back ? "Back to" : "On to"} ${phaseName(to)}`;
  const made = make("button", { type: "button", className: "plain", textContent: name });
  made.addEventListener("click", async () => {
    const text = grave ? `The sealed version is void, and every attestation with it.${two}` : words[to];
    const agreed = await confirmAct({ title: `${name}?`, text, button: name, reason: back ? "needed" : "optional" });
    if (agreed) await act({ kind: "move", to, ...agreed }, name);
  });
  return made;
}

function abortButton(two, act) {
  const made = make("button", { type: "button", className: "plain bad", textContent: "Abort the ceremony" });
  made.addEventListener("click", async () => {
    const text = `It ends without a launch, and can't be taken up again.${two}`;
    const agreed = await confirmAct({ title: "Abort the ceremony?", text, button: "Abort", reason: "needed" });
    if (agreed) await act({ kind: "abort", ...agreed }, "Abort");
  });
  return made;
}

import { at, showFacts } from "./parts.js";
import { clockText, durationText } from "./text.js";
import { say } from "./texts.js";

let ticking = 0;

/**
 * Shows one state in the panel. `kind`: idle, waiting, paid, failed or notice. `step`: the last one reached, or null
 * for none. `retryAt`: when a refusal ends. `ways`: buttons and words on how to go round it.
 */
export function showPanel(kind, title, text, { step = null, facts = [], retryAt, ways = [] } = {}) {
  const panel = at("panel");
  panel.dataset.kind = kind;
  sayOnce(at("panel-title"), title);
  sayOnce(at("panel-text"), text);
  showSteps(step, kind);
  showFacts(at("facts"), facts);
  showWait(retryAt);
  at("ways").hidden = ways.length === 0;
  at("ways").replaceChildren(...ways);
}

/** Brings the panel into sight where it isn't, as on a phone. */
export function lookAtPanel() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  at("panel").scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** Sets whether a claim's way begins with a puzzle, or with a check that the reader is no robot. */
export function showPuzzleStep(challenge) {
  const step = at("steps").querySelector("[data-step=puzzle]");
  step.hidden = challenge === "none";
  step.textContent = say(challenge === "turnstile" ? "faucet.stepCheck" : "faucet.stepPuzzle");
}

/** A live region that is written again with the same words is read again: so it isn't. */
function sayOnce(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showSteps(step, kind) {
  const steps = [...at("steps").children];
  const reached = steps.findIndex((item) => item.dataset.step === step);
  at("steps").hidden = kind === "failed" || kind === "notice";
  steps.forEach((item, index) => {
    item.classList.toggle("done", index < reached || (index === reached && step === "confirmed"));
    if (index === reached) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

/** Counts down, out of the live region's hearing. */
function showWait(retryAt) {
  clearInterval(ticking);
  const line = at("panel-wait");
  line.hidden = retryAt === undefined;
  if (retryAt === undefined) return;
  const tick = () => {
    const leftMs = Date.parse(retryAt) - Date.now();
    if (leftMs <= 0) clearInterval(ticking);
    line.textContent =
      leftMs <= 0
        ? say("panel.now")
        : say("panel.again", { time: durationText(leftMs), clock: clockText(retryAt, Date.now()) });
  };
  tick();
  ticking = setInterval(tick, 1000);
}

import { inOwnWords } from "../../api.js";
import { at, copyable } from "../../parts.js";
import { say } from "../../texts.js";
import { ceremonyPath } from "../ceremony-api.js";
import { plain } from "../inert.js";
import { isClosed, utcText } from "../moments.js";
import { confirmAct } from "./confirm.js";
import { readAdmin } from "./key.js";
import { tell } from "./said.js";

const textMax = 200_000;
/** What the coordinator has looked at: only this can be sealed. */
let seen = null;

/** Makes the two buttons work. `now()` gives chain id and view; `act(act, what)` asks for an act. */
export function listenToSeal(now, act) {
  // What scrolls can be scrolled by the keyboard.
  for (const id of ["diff-scroll", "report-scroll"]) at(id).tabIndex = 0;
  at("seal-look").addEventListener("click", () => void lookAt(now()));
  at("seal-do").addEventListener("click", async () => {
    if (seen === null || at("seal-do").getAttribute("aria-disabled") === "true") return;
    const { sha256 } = seen;
    const text = say("adm.sealText", { sha256 });
    const agreed = await confirmAct({ title: say("adm.sealAsk"), text, button: say("adm.sealIt") });
    if (agreed) await act({ kind: "seal", sha256, ...agreed }, say("adm.seal"));
  });
}

/** The ceremony as it stands: what was looked at before another act is no longer what would be sealed. */
export function showSeal(view) {
  at("seal").hidden = view.phase !== "collecting";
  const closed = isClosed(view, Date.now());
  at("seal-text").textContent = closed
    ? say("adm.sealNow")
    : say("adm.sealLater", { time: utcText(view.parameters.closesAt) });
  if (seen !== null && seen.acts !== view.acts) forgetSeen();
  settle(closed);
}

/** Forgets what was looked at. */
export function forgetSeen() {
  seen = null;
  at("seal-hash").replaceChildren();
  at("seal-seen").hidden = true;
}

function settle(closed) {
  at("seal-do").setAttribute("aria-disabled", String(seen === null || !closed));
}

/** The difference comes with the hash of what it is about: both are of one moment. */
async function lookAt({ chainId, view }) {
  tell("idle");
  at("seal-look").textContent = say("adm.assembling");
  const [diff, report] = [await readAdmin(chainId, "/diff"), await readReport(chainId)];
  at("seal-look").textContent = say("adm.look");
  if (diff?.status !== 200 || diff.sha256 === null) return tell("failed", say("adm.noPreview"), await faultOf(diff));
  seen = { sha256: diff.sha256, acts: view.acts };
  at("seal-hash").replaceChildren(copyable(diff.sha256, say("adm.previewHash")));
  at("seal-diff").textContent = cut(diff.text);
  at("seal-report").textContent = cut(report);
  at("seal-seen").hidden = false;
  at("seal-file").href = ceremonyPath(chainId, "/preview.json");
  settle(isClosed(view, Date.now()));
  return undefined;
}

const cut = (text) => (text.length > textMax ? `${text.slice(0, textMax)}\n…` : text);

async function readReport(chainId) {
  const answer = await fetch(ceremonyPath(chainId, "/report")).catch(() => null);
  return answer?.ok ? answer.text() : say("adm.noReport");
}

async function faultOf(answer) {
  if (answer === null) return say("adm.noAnswer");
  try {
    return plain((await inOwnWords(JSON.parse(answer.text))).detail);
  } catch {
    return say("page.answered", { status: answer.status });
  }
}

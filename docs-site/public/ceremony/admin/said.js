import { at } from "../../parts.js";
import { say } from "../../texts.js";
import { refusalWords } from "../ceremony-api.js";
import { plain } from "../inert.js";
import { localText, utcText } from "../moments.js";

/** Says what came of something. `kind`: paid, failed, notice, waiting, or idle, which says nothing. */
export function tell(kind, title = "", text = "") {
  const box = at("said");
  box.dataset.kind = kind;
  box.hidden = kind === "idle";
  at("said-title").textContent = title;
  at("said-text").textContent = text;
  if (kind !== "idle") box.scrollIntoView({ block: "nearest" });
}

/** Says how an act ended. Answers whether it is done. */
export function sayActed(answer, what) {
  if (answer?.status === 200) {
    tell("paid", say("adm.done"), say("adm.doneText", { what, index: answer.body.receipt.index }));
    return true;
  }
  if (answer?.status === 202) {
    const { by, expiresAt } = answer.body;
    const local = localText(expiresAt);
    const until = `${utcText(expiresAt)}${local && ` (${local})`}`;
    tell("notice", say("adm.waits"), say("adm.waitsText", { what, by: plain(by), until }));
    return false;
  }
  const { title, text } = refusalWords(answer);
  tell(answer === null ? "notice" : "failed", plain(title), plain(`${what}: ${text}`));
  return false;
}

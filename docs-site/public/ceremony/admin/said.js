import { at } from "../../parts.js";
import { refusalWords } from "../ceremony-api.js";
import { plain } from "../inert.js";
import { localText, utcText } from "../moments.js";

/** Says what came of something. `kind`: paid, failed, notice, waiting, or idle, which says nothing. */
export function say(kind, title = "", text = "") {
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
    say("paid", "Done", `${what}: act ${answer.body.receipt.index} of the log.`);
    return true;
  }
  if (answer?.status === 202) {
    const { by, expiresAt } = answer.body;
    const local = localText(expiresAt);
    const until = `until ${utcText(expiresAt)}${local && ` (${local})`}`;
    say(
      "notice",
      "Waiting for the second coordinator",
      `${what}: asked for by ${plain(by)}. Another coordinator has to ask for the same ${until}.`,
    );
    return false;
  }
  const { title, text } = refusalWords(answer);
  say(answer === null ? "notice" : "failed", plain(title), plain(`${what}: ${text}`));
  return false;
}

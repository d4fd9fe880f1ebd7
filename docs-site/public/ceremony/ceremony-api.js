import { ask } from "../api.js";
import { say } from "../texts.js";

const name = encodeURIComponent;

/** The path of a network's ceremony, or of something under it. */
export function ceremonyPath(chainId, under = "") {
  return `/api/v1/networks/${name(chainId)}/ceremony${under}`;
}

/** The path of the coordinators' side of it. */
export function adminPath(chainId, under) {
  return `/api/v1/admin/networks/${name(chainId)}/ceremony${under}`;
}

/** Sends a file's bytes as they are. Answers status and body, or null where no answer came. */
export function send(method, path, bytes) {
  return look(path, { method, body: bytes, headers: { "content-type": "application/json" } });
}

/** Like `ask`, with null where no answer came. */
export function look(path, init) {
  return ask(path, init).catch(() => null);
}

/** How an answer without success reads: `{title, text}`. `answer` is null where none came. */
export function refusalWords(answer) {
  if (answer === null) {
    const where = say(navigator.onLine ? "cer.silent" : "cer.deviceOffline");
    return { title: say("page.noConnection"), text: where };
  }
  const { title, detail } = answer.body ?? {};
  return { title: title ?? say("page.refused"), text: detail ?? say("page.answered", { status: answer.status }) };
}

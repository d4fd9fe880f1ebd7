import { ask } from "../api.js";
import { networkPath } from "../networks.js";
import { say } from "../texts.js";

/** The path of a network's directory, or of something under it. */
export function validatorsPath(chainId, under = "") {
  return networkPath(chainId, `/validators${under}`);
}

/** Like `ask`, with null where no answer came. */
export function look(path, init) {
  return ask(path, init).catch(() => null);
}

/** Sends a JSON body. Answers null where no answer came. */
export function send(method, path, body) {
  const headers = { "content-type": "application/json" };
  return look(path, { method, headers, body: JSON.stringify(body) });
}

/** How an answer without success reads: `{title, text, errors}`. `answer` is null where none came. */
export function refusalWords(answer) {
  if (answer === null) {
    const text = say(navigator.onLine ? "val.silent" : "val.deviceOffline");
    return { title: say("page.noConnection"), text, errors: [] };
  }
  const { title, detail, errors } = answer.body ?? {};
  const text = detail ?? say("page.answered", { status: answer.status });
  return { title: title ?? say("page.refused"), text, errors: Array.isArray(errors) ? errors : [] };
}

/** The page of one operator, or with `act` (amend, withdraw) the page on which that is done. */
export function operatorHref(chainId, operator, act) {
  const query = new URLSearchParams({ network: chainId, ...(operator === null ? {} : { operator }) });
  if (act === undefined) return `/validators/?${query}`;
  if (act !== "register") query.set("do", act);
  return `/register/?${query}`;
}

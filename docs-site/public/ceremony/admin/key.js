import { ask } from "../../api.js";
import { at } from "../../parts.js";
import { adminPath } from "../ceremony-api.js";
import { tell } from "./said.js";

const place = "wellspring.coordinator";
let key = null;

/** Takes the key that was typed, if any, out of its field; answers whether there was one. What was said before is over. */
export function takeKey() {
  const text = at("key").value.trim();
  at("key").value = "";
  if (text === "") return false;
  keepKey(text);
  tell("idle");
  return true;
}

/** Keeps a key for as long as this tab lives. It goes into no other store, and is sent to nobody but this deployment. */
function keepKey(text) {
  key = text;
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // No storage: the key lives until the page is left.
  }
}

/** Forgets it. */
export function dropKey() {
  key = null;
  try {
    sessionStorage.removeItem(place);
  } catch {
    // There was none.
  }
}

/** Whether a key is at hand, from before a reload too. */
export function hasKey() {
  try {
    key ??= sessionStorage.getItem(place);
  } catch {
    // No storage.
  }
  return key !== null;
}

/** The name that a key says; the deployment judges whether it is one. */
export function keyName() {
  return /^wsa_([a-z0-9-]{1,32})_/.exec(key ?? "")?.[1] ?? "";
}

const bearer = () => ({ authorization: `Bearer ${key}` });

/** Asks a path of this deployment with the key. Answers null where no answer came. */
export function askWithKey(path, { headers = {}, ...init } = {}) {
  return ask(path, { ...init, headers: { ...headers, ...bearer() } }).catch(() => null);
}

/** Asks the coordinators' side of a ceremony, with the key. Answers null where no answer came. */
export function askAdmin(chainId, under, init) {
  return askWithKey(adminPath(chainId, under), init);
}

/** Like {@link askAdmin} for an answer in plain text: `{status, text, sha256}`. */
export async function readAdmin(chainId, under) {
  try {
    const answer = await fetch(adminPath(chainId, under), { headers: bearer() });
    return { status: answer.status, text: await answer.text(), sha256: answer.headers.get("x-genesis-sha256") };
  } catch {
    return null;
  }
}

/** Asks for an act. */
export function askAct(chainId, act) {
  const headers = { "content-type": "application/json" };
  return askAdmin(chainId, "/acts", { method: "POST", headers, body: JSON.stringify(act) });
}

import { language } from "./texts.js";

const askMs = 20_000;

/**
 * Asks this deployment's API. Answers status and body, a refusal in the reader's language; body is null where there is none
 * (204). Throws when no answer came, or one that is no JSON.
 */
export async function ask(path, init = {}) {
  const headers = { accept: "application/json", ...init.headers };
  const answer = await fetch(path, { ...init, headers, signal: AbortSignal.timeout(askMs) });
  return { status: answer.status, body: answer.status === 204 ? null : await inOwnWords(await answer.json()) };
}

/**
 * What the API or the judge says, in the reader's language: see own-words.js, which those who read English never load.
 * Where it doesn't come, it stays in English.
 */
export async function inOwnWords(body) {
  const loaded = language === "en" ? null : await import("./own-words.js").catch(() => null);
  return loaded === null ? body : loaded.inOwnWords(body);
}

/** Like {@link ask}, with a JSON body. */
export function post(path, body, headers = {}) {
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
  return ask(path, { ...init, body: JSON.stringify(body) });
}

/** The path of a network's faucet. */
export function faucetPath(chainId) {
  return `/api/v1/networks/${encodeURIComponent(chainId)}/faucet`;
}

/** The path of a network's claims, or of one of them. */
export function claimsPath(chainId, id) {
  return `${faucetPath(chainId)}/claims${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;
}

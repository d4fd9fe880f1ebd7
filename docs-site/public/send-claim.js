import { claimsPath, post } from "./api.js";
import { earnClaim } from "./challenge.js";
import { humanToken } from "./turnstile.js";
import { walletSignature } from "./wallet.js";

/** By address and code: the key of a claim whose answer was lost. Asked again under it, it is paid once. */
const lost = new Map();

/**
 * Brings what the route asks for, then claims. Answers `{status, body}`; or `{cancelled}`, `{refusal}` of the faucet,
 * `{fault}` of the wallet; null: no answer came. `held`: what was hidden meanwhile had the focus.
 */
export async function claimBy(route, network, address, code, faucet) {
  const { chainId } = network;
  const first = await bring(route, network, address, faucet);
  if (first === null || first.cancelled || first.refusal || first.fault) return first;
  const { solved: challenge, signature, token: turnstile } = first;
  const body = { address, code: code === "" ? undefined : code, challenge, signature, turnstile };
  let [answer, { held }] = [await send(chainId, body), first];
  // The price may have risen while the page solved: a dearer puzzle, once.
  const wanted = first.solved ? "challenge_outpriced" : "challenge_required";
  if (answer?.body.code === wanted) {
    const earned = await earnClaim(chainId, address);
    if (earned === null || earned.cancelled || earned.refusal) return earned;
    [answer, held] = [await send(chainId, { ...body, challenge: earned.solved }), earned.held];
  }
  return answer && { ...answer, held };
}

function bring(route, network, address, faucet) {
  if (route === "challenge") return earnClaim(network.chainId, address);
  if (route === "turnstile") return humanToken(faucet.turnstile.siteKey, address);
  if (route === "signature") return walletSignature(network, address);
  return {};
}

/** Twice under one key: the first answer may have been lost. */
async function send(chainId, body) {
  const what = [chainId, body.address, body.code, body.signature?.signature, body.turnstile].join(" ");
  const key = lost.get(what) ?? newKey();
  lost.set(what, key);
  const ask = () => post(claimsPath(chainId), body, { "idempotency-key": key });
  const answer = await ask()
    .catch(ask)
    .catch(() => null);
  // 5xx: it may have been stored all the same.
  if (answer !== null && answer.status < 500) lost.delete(what);
  return answer;
}

/** Random, also where the page is served without TLS. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

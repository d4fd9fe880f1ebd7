import { at, copyable, make, showFacts } from "./parts.js";
import { amountsText, periodText, shortText } from "./text.js";

/**
 * How a faucet does: `{kind, word}` for the sign at the top and, where it does not pay, `title` and `text`.
 * `faucet` is null while nothing is known.
 */
export function faucetStanding(faucet) {
  if (!faucet) return { kind: "waiting", word: "Looking…" };
  const { halt, enabled, paused } = faucet;
  if (halt) {
    const text = `${halt.detail} Claims in line keep their place.`;
    return { kind: "failed", word: "Stopped", title: "The faucet has stopped", text };
  }
  if (paused) {
    const text = `${paused.reason} Claims in line keep their place.`;
    return { kind: "notice", word: "Paused", title: "The faucet is paused", text, retryAt: paused.retryAt };
  }
  if (!enabled) {
    const text = "Whoever runs it has switched it off, or has not finished setting it up.";
    return { kind: "notice", word: "Switched off", title: "The faucet is switched off", text };
  }
  if (isEmpty(faucet)) {
    const text = "It has too little for another claim. Whoever runs it has to fill it; look in again later.";
    return { kind: "failed", word: "Empty", title: "The faucet is empty", text };
  }
  return { kind: "paid", word: "Open" };
}

/** Shows the sign and the facts. */
export function showFaucet(faucet, network) {
  const { kind, word } = faucetStanding(faucet);
  sign(kind, word);
  if (!faucet) return;
  const { address, balance, queueLength, submitted, medianWaitMs, limits, height, drips, challenge } = faucet;
  const line = submitted === 0 ? `${queueLength} queued` : `${queueLength} queued, ${submitted} sent`;
  const [each, span] = ["one claim", periodText(limits.cooldownSeconds)];
  showFacts(at("faucet-facts"), [
    ["Pays", `${amountsText(drips, network.denoms)} a claim${challenge === "pow" ? ", for a puzzle" : ""}`],
    ["Limit", limits.cooldownSeconds === 0 ? "none for an address" : `${each} in ${span} for an address`],
    ["Usual wait", medianWaitMs === null ? "nothing paid yet" : `${(medianWaitMs / 1000).toFixed(1)} s`],
    ["In line", line],
    ["Balance", balance.length === 0 ? "not read yet" : amountsText(balance, network.denoms)],
    ["Chain", height === null ? network.chainId : `${network.chainId}, block ${height}`],
    [
      "Pays from",
      address && copyable(address, "the faucet's address", make("code", { textContent: shortText(address) })),
    ],
  ]);
}

/** Shows that nothing is known at the moment. */
export function showNoAnswer() {
  sign("notice", navigator.onLine ? "No answer" : "Offline");
}

function sign(kind, word) {
  at("faucet-pill").dataset.kind = kind;
  at("faucet-word").textContent = word;
}

function isEmpty({ balance, balanceAt, drips }) {
  if (balanceAt === undefined) return false;
  const held = (denom) => BigInt(balance.find((coin) => coin.denom === denom)?.amount ?? "0");
  return drips.some(({ denom, amount }) => held(denom) < BigInt(amount));
}

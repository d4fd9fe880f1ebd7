import { at, copyable, make, showFacts } from "./parts.js";
import { amountsText, periodText, secondsText, shortText } from "./text.js";
import { say } from "./texts.js";

/** The API's words are for whoever runs it, with hashes; a reader is told what it means. */
export const haltWords = say("faucet.halt");

/**
 * How a faucet does: `{kind, word}` for the sign at the top and, where it does not pay, `title` and `text`.
 * `faucet` is null while nothing is known.
 */
export function faucetStanding(faucet) {
  if (!faucet) return { kind: "waiting", word: say("page.looking") };
  const { halt, enabled, paused } = faucet;
  if (halt) {
    const text = say("faucet.keep", { reason: haltWords });
    return { kind: "failed", word: say("faucet.stopped"), title: say("faucet.stoppedTitle"), text };
  }
  if (paused) {
    const text = say("faucet.keep", { reason: paused.reason });
    return {
      kind: "notice",
      word: say("faucet.paused"),
      title: say("faucet.pausedTitle"),
      text,
      retryAt: paused.retryAt,
    };
  }
  if (!enabled) {
    const text = say("faucet.offText");
    return { kind: "notice", word: say("faucet.off"), title: say("faucet.offTitle"), text };
  }
  if (isEmpty(faucet)) {
    const text = say("faucet.emptyText");
    return { kind: "failed", word: say("faucet.empty"), title: say("faucet.emptyTitle"), text };
  }
  return { kind: "paid", word: say("faucet.open") };
}

/** Shows the sign and the facts. */
export function showFaucet(faucet, network) {
  const { kind, word } = faucetStanding(faucet);
  sign(kind, word);
  if (!faucet) return;
  const { address, balance, queueLength, submitted, medianWaitMs, limits, height, drips, challenge } = faucet;
  const line = say(submitted === 0 ? "faucet.queued" : "faucet.queuedSent", { count: queueLength, sent: submitted });
  const span = periodText(limits.cooldownSeconds);
  showFacts(at("faucet-facts"), [
    [
      say("faucet.pays"),
      say(challenge === "pow" ? "faucet.paysPuzzle" : "faucet.paysEach", {
        amount: amountsText(drips, network.denoms),
      }),
    ],
    [say("faucet.limit"), say(limits.cooldownSeconds === 0 ? "faucet.noLimit" : "faucet.limitText", { span })],
    [say("faucet.wait"), medianWaitMs === null ? say("faucet.noneYet") : secondsText(medianWaitMs)],
    [say("faucet.line"), line],
    [say("faucet.balance"), balance.length === 0 ? say("faucet.notRead") : amountsText(balance, network.denoms)],
    [
      say("faucet.chain"),
      height === null ? network.chainId : say("faucet.chainText", { chainId: network.chainId, height }),
    ],
    [
      say("faucet.from"),
      address && copyable(address, say("faucet.itsAddress"), make("code", { textContent: shortText(address) })),
    ],
  ]);
}

/** Shows that nothing is known at the moment. */
export function showNoAnswer() {
  sign("notice", say(navigator.onLine ? "page.noAnswer" : "page.offline"));
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

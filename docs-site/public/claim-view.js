import { showPanel } from "./panel.js";
import { copyable, make, transactionParts } from "./parts.js";
import { amountsText, secondsText, shortText } from "./text.js";
import { say } from "./texts.js";

/** The address of this page that shows one claim, also after a reload and to anyone who is given it. */
export function claimLink({ chainId, id }) {
  return `${location.origin}/faucet/?network=${encodeURIComponent(chainId)}#claim=${encodeURIComponent(id)}`;
}

/** Shows a claim's state. `lost`: no answer comes at the moment. `halted`: the faucet has stopped. */
export function showClaim(claim, network, { lost, halted }) {
  const [kind, title, text] = wordsOf(claim, network, halted);
  const missed = say("claim.missed");
  const link = claimLink(claim);
  const missing = kind === "failed" ? "" : say("claim.notYet");
  showPanel(kind, title, lost ? missed : text, {
    step: claim.state,
    facts: [
      [say("claim.address"), make("code", { textContent: claim.address })],
      [say("claim.transaction"), transactionParts(claim.txHash, network) || missing],
      [say("claim.block"), String(claim.height ?? missing)],
      [
        say("claim.claim"),
        copyable(link, say("claim.link"), make("a", { href: link, textContent: shortText(claim.id) })),
      ],
    ],
  });
}

function wordsOf(claim, { denoms }, halted) {
  const paid = amountsText(claim.drips, denoms);
  switch (claim.state) {
    case "queued": {
      const place = claim.queuePosition;
      const next = halted ? say("claim.haltedLine") : say("claim.nextBlocks");
      return ["waiting", say(place === undefined ? "claim.inLine" : "claim.place", { place }), next];
    }
    case "submitted":
      return ["waiting", say("claim.sent"), say("claim.sentText")];
    case "confirmed": {
      const tookMs = Date.parse(claim.updatedAt) - Date.parse(claim.createdAt);
      const words = { paid, time: secondsText(tookMs) };
      return ["paid", say("claim.paid"), say(tookMs < 120_000 ? "claim.paidIn" : "claim.paidText", words)];
    }
    default: {
      const reason = claim.reason ?? claim.code;
      const said = reason === undefined ? "" : ` ${say("claim.reason", { reason })}`;
      return ["failed", say("claim.notPaid"), `${say("claim.notPaidText")}${said}`];
    }
  }
}

import { showPanel } from "./panel.js";
import { copyable, make, transactionParts } from "./parts.js";
import { amountsText, shortText } from "./text.js";

/** The address of this page that shows one claim, also after a reload and to anyone who is given it. */
export function claimLink({ chainId, id }) {
  return `${location.origin}/faucet/?network=${encodeURIComponent(chainId)}#claim=${encodeURIComponent(id)}`;
}

/** Shows a claim's state. `lost`: no answer comes at the moment. `halted`: the faucet has stopped. */
export function showClaim(claim, network, { lost, halted }) {
  const [kind, title, text] = wordsOf(claim, network, halted);
  const missed = "There is no connection. The claim goes on without this page, and it catches up by itself.";
  const link = claimLink(claim);
  const missing = kind === "failed" ? "" : "not yet";
  showPanel(kind, title, lost ? missed : text, {
    step: claim.state,
    facts: [
      ["Address", make("code", { textContent: claim.address })],
      ["Transaction", transactionParts(claim.txHash, network) || missing],
      ["Block", String(claim.height ?? missing)],
      ["Claim", copyable(link, "the claim's link", make("a", { href: link, textContent: shortText(claim.id) }))],
    ],
  });
}

function wordsOf(claim, { denoms }, halted) {
  const paid = amountsText(claim.drips, denoms);
  switch (claim.state) {
    case "queued": {
      const place = claim.queuePosition === undefined ? "" : `, place ${claim.queuePosition}`;
      const next = halted
        ? "The faucet has stopped for now. Your place is kept."
        : "It goes out with one of the next blocks.";
      return ["waiting", `In line${place}`, next];
    }
    case "submitted":
      return ["waiting", "Sent", "The transaction is with the chain. A block confirms it."];
    case "confirmed": {
      const tookS = (Date.parse(claim.updatedAt) - Date.parse(claim.createdAt)) / 1000;
      return [
        "paid",
        "Paid",
        `${paid} arrived, ${tookS < 120 ? `${tookS.toFixed(1)} s after you asked` : "and a block holds the payment"}.`,
      ];
    }
    default: {
      const reason = claim.reason ?? claim.code;
      const said = reason === undefined ? "" : ` The chain said: ${reason}.`;
      return ["failed", "Not paid", `Nothing was paid and no allowance was used.${said}`];
    }
  }
}

import { at, copyable, make, showFacts } from "../parts.js";
import { say } from "../texts.js";
import { inert } from "./inert.js";

const keptMax = 20;
const place = (chainId) => `wellspring.receipts.${chainId}`;

/** Keeps a receipt in this browser, for as long as the browser does. */
export function keepReceipt(chainId, receipt) {
  const others = readReceipts(chainId).filter(({ sha256 }) => sha256 !== receipt.sha256);
  try {
    localStorage.setItem(place(chainId), JSON.stringify([receipt, ...others].slice(0, keptMax)));
  } catch {
    // No storage: the receipt can still be downloaded, and asked for again by its number.
  }
}

/** The receipts that were kept, newest first. */
export function readReceipts(chainId) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(chainId)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** Shows the receipts that were kept; those whose gentx was replaced since say so. */
export function showReceipts(chainId, gentxs) {
  const kept = readReceipts(chainId);
  const standing = new Set(gentxs.map(({ sha256 }) => sha256));
  at("receipts").hidden = kept.length === 0;
  at("receipt-list").replaceChildren(
    ...kept.map((receipt) => {
      const { sha256, moniker } = receipt;
      const state = say(standing.has(sha256) ? "rec.stands" : "rec.replaced");
      const words = make("span", {}, inert(moniker), `, ${say("rec.words", { index: receipt.receipt.index, state })}`);
      return make("li", {}, words, receiptLink(receipt, say("rec.download")));
    }),
  );
}

/** What a receipt says, as facts. */
export function receiptFacts(list, kept) {
  const { operator, power, sha256, receipt } = kept;
  showFacts(list, [
    [say("rec.operator"), copyable(operator, say("list.operator"))],
    [say("rec.power"), power],
    ["SHA-256", copyable(sha256, say("gen.ofFile"))],
    [say("rec.act"), say("rec.number", { index: receipt.index })],
    [say("rec.leaf"), copyable(receipt.leafHash, say("rec.leafHash"))],
  ]);
}

/** A link that saves the receipt as a file. */
export function receiptLink(kept, words) {
  const link = make("a", { href: "#", textContent: words, download: `receipt-${kept.receipt.index}.json` });
  link.setAttribute("aria-label", say("rec.label", { words, index: kept.receipt.index }));
  link.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(kept, null, 2)}\n`], { type: "application/json" }));
    link.href = url;
    setTimeout(() => {
      URL.revokeObjectURL(url);
      link.href = "#";
    }, 10_000);
  });
  return link;
}

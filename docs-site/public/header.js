import { speak } from "./texts.js";

const manyNetworks = ["home", "faucet", "ceremony", "validators", "status"];

/** Lets the navigation lead to the same network on the other pages. */
export function keepNetwork(chainId) {
  for (const link of document.querySelectorAll("header [data-place]")) {
    if (!manyNetworks.includes(link.dataset.place)) continue;
    link.search = `?network=${encodeURIComponent(chainId)}`;
  }
}

/** Begins a page: says it in the reader's language. */
export function beginPage() {
  speak();
}

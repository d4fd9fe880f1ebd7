import { beginPage } from "./header.js";

beginPage();

/** The examples name a site; the reader is on it. */
for (const word of document.querySelectorAll("[data-site]")) word.textContent = location.origin;

/** On a wide screen the menu stands beside the text, open. */
const wide = matchMedia("(min-width: 60rem)");
const fold = document.querySelector(".menu details");
const setFold = () => {
  fold.open = wide.matches;
};
setFold();
wide.addEventListener("change", setFold);

/** Puts a block's text on the clipboard, and says so. */
async function copy(button, code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => {
    button.textContent = "Copy";
  }, 2000);
}

for (const block of document.querySelectorAll(".block[data-kind='shell']")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-block";
  button.textContent = "Copy";
  button.addEventListener("click", () => copy(button, block.querySelector("code")));
  block.append(button);
}

/** The docs hold each network that has a file; the front page says which of them this site serves. */
const cards = [...document.querySelectorAll("[data-chain]")];
if (cards.length > 0) {
  const answer = await fetch("/api/v1/networks").catch(() => null);
  const served = answer?.ok ? (await answer.json()).networks.map(({ chainId }) => chainId) : null;
  for (const card of cards)
    card.querySelector(".not-here").hidden = served === null || served.includes(card.dataset.chain);
}

import { offerSearch } from "./docs-search.js";

const words = {
  en: { copy: "Copy", copied: "Copied", denied: "Not allowed" },
  de: { copy: "Kopieren", copied: "Kopiert", denied: "Nicht erlaubt" },
};
const say = words[document.documentElement.lang] ?? words.en;

/** Who turns to the other language wants the other pages in it too. */
const turn = document.getElementById("language");
turn.addEventListener("click", () => {
  try {
    localStorage.setItem("language", turn.lang);
  } catch {
    // Without a place to keep it, the choice can't be kept.
  }
});

offerSearch(document.getElementById("find-form"));

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
    button.textContent = say.copied;
  } catch {
    button.textContent = say.denied;
  }
  setTimeout(() => {
    button.textContent = say.copy;
  }, 2000);
}

for (const block of document.querySelectorAll(".block[data-kind='shell']")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-block";
  button.textContent = say.copy;
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

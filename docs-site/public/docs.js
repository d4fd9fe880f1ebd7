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

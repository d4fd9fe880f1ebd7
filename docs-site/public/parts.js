import { say } from "./texts.js";

/** An element of the page by its id. */
export const at = (id) => document.getElementById(id);

/** A new element with its content. */
export function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

/** Fills a list of facts: `[name, content]`, where content is a text or elements. Empty ones are left out. */
export function showFacts(list, facts) {
  const entries = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  list.replaceChildren(
    ...entries.map(([name, value]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", {}, ...[value].flat())),
    ),
  );
}

const copiedMs = 1_500;

/** A text that is too long to read, with a button that copies all of it. `shown` is what stands there. */
export function copyable(text, name, shown = make("code", { textContent: text })) {
  const button = make("button", { type: "button", className: "copy", textContent: say("page.copy") });
  button.setAttribute("aria-label", say("page.copyOf", { name }));
  button.addEventListener("click", async () => {
    const done = await copy(text);
    button.textContent = say(done ? "page.copied" : "page.select");
    at("work-said").textContent = done ? say("page.copiedOf", { name }) : "";
    setTimeout(() => {
      button.textContent = say("page.copy");
      at("work-said").textContent = "";
    }, copiedMs);
  });
  return make("span", { className: "copyable" }, shown, button);
}

/** The clipboard's own way needs TLS or this machine; where it is missing, the old one. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { value: text, className: "unseen" });
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return done;
  }
}

/** The link to a transaction where the network names an explorer; the hash with a copy button where not. */
export function transactionParts(txHash, network) {
  if (!txHash) return "";
  const template = network?.explorer?.tx;
  if (!template) return copyable(txHash, say("page.txHash"));
  const href = template.replaceAll("{txHash}", encodeURIComponent(txHash));
  const link = make("a", { href, rel: "noreferrer" }, make("code", { textContent: txHash }));
  return copyable(txHash, say("page.txHash"), link);
}

/** Has a place take a file that is dropped there: `take` is called with the first. */
export function listenToDrop(place, take) {
  for (const kind of ["dragenter", "dragover"])
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
  for (const kind of ["dragleave", "drop"]) place.addEventListener(kind, () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  });
}

import { at } from "./parts.js";
import { clockText } from "./text.js";
import { say } from "./texts.js";

let [opens, label, busy, shut] = [0, say("faucet.send"), null, null];
/** setTimeout can't wait longer. */
const waitMsMax = 2 ** 31 - 1;

/** What the button says while it can be pressed. */
export function nameGate(text) {
  label = text;
  render();
}

/** A claim is under way: the button waits, and says so in `words`. */
export function holdGate(held, words) {
  busy = held ? words : null;
  render();
}

/** Shuts the button: until a time, when `opened` is called, or, without one, until it is called again. */
export function shutGate(words, retryAt, opened) {
  clearTimeout(opens);
  shut = retryAt === undefined ? words : say("gate.again", { clock: clockText(retryAt, Date.now()) });
  render();
  if (retryAt === undefined) return;
  const wait = () => {
    const leftMs = Date.parse(retryAt) - Date.now();
    if (leftMs > 0) {
      opens = setTimeout(wait, Math.min(leftMs, waitMsMax));
      return;
    }
    openGate();
    opened?.();
  };
  wait();
}

/** Opens it. */
export function openGate() {
  clearTimeout(opens);
  shut = null;
  render();
}

/** Whether a press counts. */
export function gateIsOpen() {
  return busy === null && shut === null;
}

/** Not the attribute `disabled`: that would take the focus from who stands on it. */
function render() {
  const button = at("submit");
  button.setAttribute("aria-disabled", String(!gateIsOpen()));
  button.textContent = busy ?? shut ?? label;
}

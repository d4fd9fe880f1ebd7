import { durationText } from "./text.js";
import { say } from "./texts.js";

const kinds = { producing: "paid", stopped: "failed", unknown: "notice" };

/** Before these phases are over there is no chain, and the launch comes first. */
const ahead = ["draft", "accounts", "collecting", "sealed", "attesting", "countdown"];

/** Whether a network's launch is still to come. `ceremony`: an answer of `…/ceremony`, or what stands for none. */
export function isAhead(ceremony) {
  return ahead.includes(ceremony?.phase);
}

/** How a network is: the sign's `kind` and `word`, and a sentence. `status` is an answer of `…/status`. */
export function standingOf(status, nowMs) {
  const { state, height, lastBlockAt } = status;
  const words = { height, ago: lastBlockAt === null ? "" : agoText(lastBlockAt, nowMs) };
  return { kind: kinds[state] ?? "notice", word: say(`status.${state}`), text: say(`status.${state}Text`, words) };
}

/** How long ago a moment was. A clock that is some seconds behind makes no future of it. */
export function agoText(time, nowMs) {
  const seconds = Math.floor((nowMs - Date.parse(time)) / 1000);
  return seconds < 1 ? say("unit.now") : say("unit.ago", { time: durationText(seconds * 1000) });
}

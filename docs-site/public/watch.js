import { ask } from "./api.js";

const againMs = 3_000;

/**
 * Asks a path again and again while the page is seen, and at once when it comes back or the connection does. `hear`
 * gets each answer, null where none came. Answers a function that stops it; nothing is heard after that.
 */
export function watch(path, everyMs, hear) {
  let [timer, over, asking] = [0, false, false];
  async function look() {
    clearTimeout(timer);
    // A slow answer isn't asked for twice.
    if (asking || over) return;
    asking = true;
    const answer = await ask(path).catch(() => null);
    asking = false;
    if (over) return;
    hear(answer);
    const calm = answer !== null && answer.status < 500;
    if (!document.hidden) timer = setTimeout(look, calm ? everyMs : againMs);
  }
  const seen = () => document.hidden || void look();
  for (const event of ["online", "offline"]) addEventListener(event, look);
  document.addEventListener("visibilitychange", seen);
  void look();
  return () => {
    over = true;
    clearTimeout(timer);
    for (const event of ["online", "offline"]) removeEventListener(event, look);
    document.removeEventListener("visibilitychange", seen);
  };
}

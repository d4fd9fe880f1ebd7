import { ask, claimsPath } from "./api.js";

const quickMs = 1_000;
const slowMs = 10_000;
const ended = (claim) => claim.state === "confirmed" || claim.state === "failed";

/**
 * Follows a claim until it ended and calls `onChange` with each state. It listens to server-sent events; it also asks
 * now and then, in case something on the way holds them back, and each second once they are lost. `onLost` hears
 * whether the faucet answers; `onUnknown`, that there is no such claim. Answers a function that lets go.
 */
export function followClaim({ chainId, id }, { onChange, onLost, onUnknown }) {
  const path = claimsPath(chainId, id);
  const source = new EventSource(`${path}/events`);
  let [told, timer, over, streams] = ["", 0, false, true];
  const letGo = () => {
    over = true;
    source.close();
    clearTimeout(timer);
    for (const event of ["online", "offline"]) removeEventListener(event, look);
  };
  const hear = (claim) => {
    const text = JSON.stringify(claim);
    if (over || text === told) return;
    told = text;
    if (ended(claim)) letGo();
    onChange(claim);
  };
  async function look() {
    clearTimeout(timer);
    const answer = await ask(path).catch(() => null);
    if (over) return;
    if (answer?.status === 404) {
      letGo();
      return onUnknown();
    }
    onLost(answer?.status !== 200);
    if (answer?.status === 200) hear(answer.body);
    if (!over) timer = setTimeout(look, streams ? slowMs : quickMs);
  }
  source.addEventListener("claim", (event) => {
    onLost(false);
    hear(JSON.parse(event.data));
  });
  source.onerror = () => {
    streams = false;
    source.close();
    if (!over) void look();
  };
  for (const event of ["online", "offline"]) addEventListener(event, look);
  timer = setTimeout(look, slowMs);
  return letGo;
}

import { faucetPath, post } from "./api.js";
import { showPanel } from "./panel.js";
import { at } from "./parts.js";
import { say } from "./texts.js";

const workersMax = 4;
/** A reader hears of the work no more often than this. */
const sayMs = 10_000;

/**
 * Asks for a claim's puzzle and solves it before the reader's eyes. Answers `{solved}`, the text that the claim brings
 * along (undefined: it needs none), or `{cancelled}`, or `{refusal}`; null: no answer, or this browser can't.
 */
export async function earnClaim(chainId, address) {
  const answer = await post(`${faucetPath(chainId)}/challenges`, { address }).catch(() => null);
  if (answer === null) return null;
  if (answer.body.code === "challenge_not_needed") return {};
  if (answer.status !== 201) return { refusal: answer.body };
  const { challenge, work } = answer.body;
  const cancel = new AbortController();
  const stop = () => cancel.abort();
  at("work-cancel").addEventListener("click", stop);
  const show = showWork(work.triesMost);
  try {
    const solution = await solve(challenge, show, cancel.signal);
    // What is about to be hidden may hold the focus: the caller finds it a new place.
    const held = document.activeElement === at("work-cancel");
    return solution === null
      ? { cancelled: true, held }
      : { solved: btoa(JSON.stringify({ challenge, solution })), held };
  } catch {
    return null;
  } finally {
    show(null);
    at("work-cancel").removeEventListener("click", stop);
  }
}

/** Runs the solver on a few cores; the first that finds the counter wins. Null: cancelled. */
function solve(challenge, onTried, signal) {
  const count = Math.max(1, Math.min(workersMax, navigator.hardwareConcurrency || 1));
  const workers = Array.from({ length: count }, () => new Worker("/solver.js"));
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(null));
    workers.forEach((worker, counterStart) => {
      worker.onerror = () => reject(new Error("the solver did not load"));
      worker.onmessage = ({ data }) => {
        if (data.tried) onTried(data.tried);
        else if (data.solution) resolve(data.solution);
        else reject(new Error(data.error));
      };
      worker.postMessage({ challenge, counterStart, counterStep: count });
    });
  }).finally(() => {
    for (const worker of workers) worker.terminate();
  });
}

/** Opens the work in the panel; answers what is called with derivations done, and with null at the end. */
function showWork(triesMost) {
  const begunMs = performance.now();
  let [tried, saidMs] = [0, begunMs];
  const bar = at("work-progress");
  const tell = (text) => {
    at("work-said").textContent = text;
  };
  bar.value = 0;
  at("work-text").textContent = say("puzzle.starting");
  const text = say("puzzle.text");
  showPanel("waiting", say("puzzle.title"), text, { step: "puzzle" });
  at("work").hidden = false;
  return (more) => {
    if (more === null) {
      at("work").hidden = true;
      tell("");
      return;
    }
    tried += more;
    const nowMs = performance.now();
    const left = Math.max(1, Math.ceil((((nowMs - begunMs) / tried) * Math.max(0, triesMost - tried)) / 1000));
    bar.value = Math.min(1, tried / triesMost);
    const words = say("puzzle.left", { percent: Math.round(bar.value * 100), left });
    at("work-text").textContent = words;
    if (nowMs - saidMs < sayMs) return;
    saidMs = nowMs;
    tell(words);
  };
}

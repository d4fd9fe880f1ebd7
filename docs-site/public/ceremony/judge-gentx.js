let worker = null;
let asked = 0;
const waiting = new Map();

/**
 * Judges a gentx in this browser: see docs-site/ceremony/judge.js. The judge is loaded when it is first needed.
 * Answers null where it can't run here.
 */
export function judgeGentx(base, ceremony, bytes) {
  worker ??= begin();
  asked += 1;
  const id = asked;
  const { parameters, base: part, allocations, gentxs } = ceremony;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    worker.postMessage({ id, base, ceremony: { parameters, base: part, allocations, gentxs }, bytes });
  });
}

function begin() {
  const made = new Worker("/ceremony/built/judge.js", { type: "module" });
  const answer = (id, found) => {
    waiting.get(id)?.(found);
    waiting.delete(id);
  };
  made.onmessage = ({ data: { id, ...found } }) => answer(id, found.error ? null : found);
  // Not loaded, as offline: the next file tries again.
  made.onerror = () => {
    made.terminate();
    worker = null;
    for (const id of [...waiting.keys()]) answer(id, null);
  };
  return made;
}

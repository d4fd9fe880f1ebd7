import { at, copyable, make, showFacts } from "../parts.js";
import { say } from "../texts.js";
import { ceremonyPath } from "./ceremony-api.js";
import { inert } from "./inert.js";
import { readReceipts } from "./receipts.js";

const place = (chainId) => `wellspring.log.${chainId}`;
let worker = null;
let now = { chainId: null, view: null };

/** Makes the button work. */
export function listenToRebuild() {
  at("rebuild-start").addEventListener("click", () => (worker === null ? start() : stop()));
  at("rebuild-forget").addEventListener("click", () => {
    localStorage.removeItem(place(now.chainId));
    start();
  });
}

/** The ceremony that would be rebuilt; null: none. */
export function setRebuild(chainId, view) {
  const other = chainId !== now.chainId;
  now = { chainId, view };
  at("rebuild").hidden = view === null;
  if (!other) return;
  stop();
  show("idle", "", "");
}

/** Downloads the log and all that it names, rebuilds the genesis in a worker, and compares. */
function start() {
  const { chainId, view } = now;
  const known = recall(chainId);
  if (known !== null && known.verifierKey !== view.verifierKey) {
    const words = say("re.otherKey");
    return show("failed", say("re.otherLog"), words);
  }
  at("rebuild-start").textContent = say("re.stop");
  show("waiting", say("re.rebuilding"), say("re.downloading"));
  const mine = new Worker("/ceremony/built/rebuild.js", { type: "module" });
  worker = mine;
  const end = (result) => {
    if (worker !== mine) return;
    stop();
    if (result === null) show("notice", say("re.notFinished"), say("re.noFile"));
    else finished(chainId, view, result);
  };
  mine.onerror = () => end(null);
  mine.onmessage = ({ data }) => {
    if (data.read) at("rebuild-text").textContent = say("re.read", { count: data.read });
    else end(data.result ?? null);
  };
  const base = ceremonyPath(chainId);
  const { verifierKey } = view;
  const receipts = readReceipts(chainId)
    .filter((kept) => kept.verifierKey === verifierKey)
    .map(({ receipt: { index, leafHash } }) => ({ index, leafHash }));
  mine.postMessage({ base, verifierKey, oldCheckpoint: known?.checkpoint ?? null, receipts });
}

function stop() {
  worker?.terminate();
  worker = null;
  at("rebuild-start").textContent = say("cer.rebuild");
  if (at("rebuild-result").dataset.kind === "waiting") show("idle", "", "");
}

function finished(chainId, { verifierKey }, { findings, more, acts, checkpoint, genesis }) {
  const differs = genesis !== null && genesis.difference !== null;
  const count = findings.length + more + (differs ? 1 : 0);
  const items = findings.map(findingText);
  if (differs) items.push(say("re.difference", { what: genesis.difference }));
  if (more > 0) items.push(say("re.more", { count: more }));
  if (count > 0) {
    const title = differs ? say("re.differs") : say("re.unsound");
    show("failed", title, say("re.dont"), items);
  } else if (genesis === null) {
    show("paid", say("re.sound"), say("re.soundText", { acts }));
  } else {
    show("paid", say("re.same"), say("re.sameText", { acts }));
  }
  if (count === 0) remember(chainId, { verifierKey, checkpoint });
  const key = [say("re.withKey"), copyable(verifierKey, say("re.key"))];
  showFacts(at("rebuild-facts"), [...(genesis === null ? [] : facts(genesis, differs)), key]);
}

function facts({ version, sha256, publishedSha256 }, differs) {
  return [
    [say("gen.version"), String(version)],
    [differs ? say("gen.sealed") : "SHA-256", copyable(sha256, say("re.ofSealed"))],
    [say("re.published"), differs && copyable(publishedSha256, say("re.ofPublished"))],
  ].filter(([, value]) => value !== false);
}

function findingText({ path, index, message }) {
  const where = [path, index === undefined ? undefined : say("re.act", { index })].filter((part) => part !== undefined);
  return `${where.length > 0 ? `${where.join(", ")}: ` : ""}${message}`;
}

function show(kind, title, text, items = []) {
  const result = at("rebuild-result");
  result.dataset.kind = kind;
  result.hidden = kind === "idle";
  at("rebuild-forget").hidden = true;
  at("rebuild-title").textContent = title;
  at("rebuild-text").textContent = text;
  at("rebuild-findings").replaceChildren(...items.map((item) => make("li", {}, inert(item))));
  at("rebuild-facts").replaceChildren();
}

/** The log that this browser saw last: a later one must begin with it. */
function recall(chainId) {
  try {
    const { verifierKey, checkpoint } = JSON.parse(localStorage.getItem(place(chainId)) ?? "");
    return typeof verifierKey === "string" && typeof checkpoint === "string" ? { verifierKey, checkpoint } : null;
  } catch {
    return null;
  }
}

function remember(chainId, seen) {
  try {
    localStorage.setItem(place(chainId), JSON.stringify(seen));
  } catch {
    // No storage: the next visit starts afresh.
  }
}

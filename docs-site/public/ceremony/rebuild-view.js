import { at, copyable, make, showFacts } from "../parts.js";
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
    const words =
      "The log is signed by another key than the one that this browser saw before. Ask the coordinators why.";
    return show("failed", "Another log", words);
  }
  at("rebuild-start").textContent = "Stop";
  show("waiting", "Rebuilding", "Downloading the log…");
  const mine = new Worker("/ceremony/built/rebuild.js", { type: "module" });
  worker = mine;
  const end = (result) => {
    if (worker !== mine) return;
    stop();
    if (result === null) show("notice", "Not finished", "A file could not be downloaded. Try again.");
    else finished(chainId, view, result);
  };
  mine.onerror = () => end(null);
  mine.onmessage = ({ data }) => {
    if (data.read) at("rebuild-text").textContent = `${data.read} files read…`;
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
  at("rebuild-start").textContent = "Rebuild it here";
  if (at("rebuild-result").dataset.kind === "waiting") show("idle", "", "");
}

function finished(chainId, { verifierKey }, { findings, more, acts, checkpoint, genesis }) {
  const differs = genesis !== null && genesis.difference !== null;
  const count = findings.length + more + (differs ? 1 : 0);
  const items = findings.map(findingText);
  if (differs) items.push(`The published genesis.json is not what was rebuilt: ${genesis.difference}`);
  if (more > 0) items.push(`${more} more`);
  if (count > 0) {
    const title = differs ? "The genesis differs" : "The log is not sound";
    show("failed", title, "Don't use this genesis. Tell the coordinators, and others, what stands here:", items);
  } else if (genesis === null) {
    show("paid", "The log is sound", `All ${acts} acts follow from one another. No genesis is sealed yet.`);
  } else {
    show(
      "paid",
      "The same to the byte",
      `Rebuilt here from all ${acts} acts of the log, and equal to the published file.`,
    );
  }
  if (count === 0) remember(chainId, { verifierKey, checkpoint });
  const key = ["With the log's key", copyable(verifierKey, "the log's key")];
  showFacts(at("rebuild-facts"), [...(genesis === null ? [] : facts(genesis, differs)), key]);
}

function facts({ version, sha256, publishedSha256 }, differs) {
  return [
    ["Version", String(version)],
    [differs ? "Sealed" : "SHA-256", copyable(sha256, "SHA-256 of the sealed genesis")],
    ["Published", differs && copyable(publishedSha256, "SHA-256 of the published file")],
  ].filter(([, value]) => value !== false);
}

function findingText({ path, index, message }) {
  const where = [path, index === undefined ? undefined : `act ${index}`].filter((part) => part !== undefined);
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

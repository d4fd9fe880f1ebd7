import { at, copyable, showFacts } from "../parts.js";
import { ceremonyPath, look } from "./ceremony-api.js";
import { inert } from "./inert.js";

const namesMax = 12;
const words = {
  waiting: "The genesis time has not come.",
  unknown: "No endpoint of this network answers.",
  forming: "An endpoint answers, and shows no block yet: validators find one another.",
  running: "Blocks are being made.",
};
let asked = 0;

/** Shows how the launch goes, by power: the first block against the sealed genesis, who signs, who is missing. */
export async function showLaunch(chainId, { phase }) {
  asked += 1;
  const mine = asked;
  const on = phase === "live";
  if (!on) at("launch").hidden = true;
  if (!on) return;
  const answer = await look(ceremonyPath(chainId, "/launch"));
  if (mine !== asked || answer?.status !== 200) return;
  const { state, block1 } = answer.body;
  at("launch").hidden = false;
  // It leads as long as it lasts.
  if (at("stack").firstElementChild !== at("launch")) at("stack").prepend(at("launch"));
  const other = block1.seen.length > 0 && !block1.proved;
  at("launch-alarm").hidden = !other;
  const text = words[state] ?? state;
  if (at("launch-text").textContent !== text) at("launch-text").textContent = text;
  showFacts(at("launch-facts"), facts(answer.body));
}

function facts({ height, block1, blocks, round, endpoints }) {
  const [newest] = blocks.toSorted((one, other) => other.height - one.height);
  const silent = endpoints.filter((endpoint) => endpoint.height === null).length;
  const seen = block1.seen.length;
  return [
    ["Height", height > 0 && String(height)],
    ["Block 1", block1.proved && `of this genesis, by ${seen} endpoint${seen === 1 ? "" : "s"}`],
    ["Expected validators hash", !block1.proved && copyable(block1.expectedValidatorsHash, "validators hash")],
    ["Signed the newest", newest !== undefined && `${newest.percent}\u00a0% of the power`],
    ["Did not sign it", newest !== undefined && newest.missing.length > 0 && names(newest.missing)],
    ["Prevoted", round !== null && `${round.prevoted.percent}\u00a0% for block ${round.height}, round ${round.round}`],
    ["Waited for", round !== null && round.missing.length > 0 && names(round.missing)],
    ["Endpoints", `${endpoints.length - silent} of ${endpoints.length} answer`],
  ].filter(([, value]) => value !== false);
}

function names(missing) {
  const shown = missing.slice(0, namesMax).flatMap(({ moniker, operator }, index) => {
    const name = inert(moniker || operator);
    return index === 0 ? [name] : [", ", name];
  });
  return missing.length > namesMax ? [...shown, ` and ${missing.length - namesMax} more`] : shown;
}

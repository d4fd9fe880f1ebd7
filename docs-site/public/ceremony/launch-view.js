import { at, copyable, showFacts } from "../parts.js";
import { say } from "../texts.js";
import { ceremonyPath, look } from "./ceremony-api.js";
import { inert } from "./inert.js";

const namesMax = 12;
const words = {
  waiting: say("launch.waiting"),
  unknown: say("launch.unknown"),
  forming: say("launch.forming"),
  running: say("launch.running"),
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

function facts({ state, height, block1, blocks, round: voting, endpoints }) {
  // While blocks come, the next one's votes are always under way: that nobody has voted yet says nothing.
  const round = state === "running" ? null : voting;
  const [newest] = blocks.toSorted((one, other) => other.height - one.height);
  const silent = endpoints.filter((endpoint) => endpoint.height === null).length;
  const seen = block1.seen.length;
  return [
    [say("launch.height"), height > 0 && String(height)],
    [say("launch.block1"), block1.proved && say(seen === 1 ? "launch.provedOne" : "launch.proved", { count: seen })],
    [say("launch.expected"), !block1.proved && copyable(block1.expectedValidatorsHash, say("gen.validatorsHash"))],
    [say("launch.signed"), newest !== undefined && say("launch.power", newest)],
    [say("launch.missed"), newest !== undefined && newest.missing.length > 0 && names(newest.missing)],
    [say("launch.prevoted"), round !== null && say("launch.round", { ...round, percent: round.prevoted.percent })],
    [say("launch.waited"), round !== null && round.missing.length > 0 && names(round.missing)],
    [say("launch.endpoints"), say("launch.answer", { count: endpoints.length - silent, total: endpoints.length })],
  ].filter(([, value]) => value !== false);
}

function names(missing) {
  const shown = missing.slice(0, namesMax).flatMap(({ moniker, operator }, index) => {
    const name = inert(moniker || operator);
    return index === 0 ? [name] : [", ", name];
  });
  return missing.length > namesMax ? [...shown, ` ${say("cer.more", { count: missing.length - namesMax })}`] : shown;
}

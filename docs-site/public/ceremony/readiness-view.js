import { at, make, showFacts } from "../parts.js";
import { shortText } from "../text.js";
import { ceremonyPath, look } from "./ceremony-api.js";
import { inert } from "./inert.js";
import { moment } from "./phase-view.js";

const namesMax = 12;
const skewMaxMs = 2_000;
const phases = ["sealed", "attesting", "countdown", "live"];
/** What keeps the gate shut, as the API names it. */
const reasons = {
  power_missing: "power is missing",
  seal_too_young: "the seal is too young",
  seal_too_late: "it was sealed too late for its genesis time",
  genesis_time_passed: "the genesis time has passed",
};
let asked = 0;

/** Shows who holds the sealed genesis, by power, and what keeps the countdown from beginning. */
export async function showReadiness(chainId, view) {
  asked += 1;
  const mine = asked;
  const counts = view.standing !== null && phases.includes(view.phase);
  if (!counts) at("readiness").hidden = true;
  if (!counts) return;
  const answer = await look(ceremonyPath(chainId, "/readiness"));
  if (mine !== asked || answer?.status !== 200) return;
  const { attestedPercent, readyPercent, deadlock } = answer.body;
  at("readiness").hidden = false;
  at("readiness-bar").value = attestedPercent;
  at("readiness-text").textContent =
    `${attestedPercent}\u00a0% of the power attested this genesis; ${view.parameters.gatePercent}\u00a0% open the gate. ${readyPercent}\u00a0% say that their node took it.`;
  at("readiness-how").hidden = view.phase === "live";
  at("readiness-alarm").hidden = !deadlock;
  showFacts(at("readiness-facts"), facts(answer.body, view));
}

function facts({ sha256, hashes, silent, nodes, gate }, { phase, gentxs }) {
  const names = new Map(gentxs.map(({ operator, moniker }) => [operator, moniker]));
  const listed = (operators) => nameList(operators, names);
  const others = hashes.filter((hash) => hash.sha256 !== sha256);
  const skewed = nodes.filter(({ clockSkewMs }) => Math.abs(clockSkewMs) > skewMaxMs);
  const waits = phase === "sealed" || phase === "attesting";
  return [
    ...others.map((hash) => [
      "Another file",
      [make("code", { textContent: shortText(hash.sha256) }), ` ${hash.percent} %: `, ...listed(hash.operators)],
    ]),
    ["Not heard of", silent.length > 0 && listed(silent.map(({ operator }) => operator))],
    ["Clocks that are off", skewed.length > 0 && listed(skewed.map(({ operator }) => operator))],
    ["Binaries", nodes.length > 0 && versions(nodes)],
    ["Gate", waits && (gate.open ? "open" : `shut: ${gate.reasons.map((name) => reasons[name] ?? name).join(", ")}`)],
    ["Not before", waits && !gate.open && moment(gate.notBefore)],
    ["Needs a later genesis, such as", waits && !gate.open && !gate.mayOpen && moment(gate.proposedTime)],
  ].filter(([, value]) => value !== false);
}

function nameList(operators, names) {
  const shown = operators.slice(0, namesMax).flatMap((operator, index) => {
    const name = inert(names.get(operator) || shortText(operator));
    return index === 0 ? [name] : [", ", name];
  });
  const more = operators.length - namesMax;
  return more > 0 ? [...shown, ` and ${more} more`] : shown;
}

function versions(nodes) {
  const counts = new Map();
  for (const { binaryVersion } of nodes) counts.set(binaryVersion, (counts.get(binaryVersion) ?? 0) + 1);
  return [...counts].flatMap(([version, count], index) => [index === 0 ? "" : ", ", inert(version), ` (${count})`]);
}

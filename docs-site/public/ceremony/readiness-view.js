import { at, make, showFacts } from "../parts.js";
import { shortText } from "../text.js";
import { say } from "../texts.js";
import { ceremonyPath, look } from "./ceremony-api.js";
import { inert } from "./inert.js";
import { moment } from "./phase-view.js";

const namesMax = 12;
const skewMaxMs = 2_000;
const phases = ["sealed", "attesting", "countdown", "live"];
/** What keeps the gate shut, as the API names it. */
const reasons = {
  power_missing: say("ready.power_missing"),
  seal_too_young: say("ready.seal_too_young"),
  seal_too_late: say("ready.seal_too_late"),
  genesis_time_passed: say("ready.genesis_time_passed"),
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
  at("readiness-text").textContent = say("ready.text", {
    attested: attestedPercent,
    gate: view.parameters.gatePercent,
    ready: readyPercent,
  });
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
      say("ready.other"),
      [make("code", { textContent: shortText(hash.sha256) }), ` ${hash.percent} %: `, ...listed(hash.operators)],
    ]),
    [say("ready.silent"), silent.length > 0 && listed(silent.map(({ operator }) => operator))],
    [say("ready.skewed"), skewed.length > 0 && listed(skewed.map(({ operator }) => operator))],
    [say("ready.binaries"), nodes.length > 0 && versions(nodes)],
    [
      say("ready.gate"),
      waits &&
        (gate.open
          ? say("ready.open")
          : say("ready.shut", { why: gate.reasons.map((name) => reasons[name] ?? name).join(", ") })),
    ],
    [say("ready.notBefore"), waits && !gate.open && moment(gate.notBefore)],
    [say("ready.later"), waits && !gate.open && !gate.mayOpen && moment(gate.proposedTime)],
  ].filter(([, value]) => value !== false);
}

function nameList(operators, names) {
  const shown = operators.slice(0, namesMax).flatMap((operator, index) => {
    const name = inert(names.get(operator) || shortText(operator));
    return index === 0 ? [name] : [", ", name];
  });
  const more = operators.length - namesMax;
  return more > 0 ? [...shown, ` ${say("cer.more", { count: more })}`] : shown;
}

function versions(nodes) {
  const counts = new Map();
  for (const { binaryVersion } of nodes) counts.set(binaryVersion, (counts.get(binaryVersion) ?? 0) + 1);
  return [...counts].flatMap(([version, count], index) => [index === 0 ? "" : ", ", inert(version), ` (${count})`]);
}

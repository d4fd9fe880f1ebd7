import { durationText } from "../text.js";
import { locale, say } from "../texts.js";

const hourMs = 3_600_000;

/** A moment as everybody's clock has it: `1 Dec 2026, 14:00 UTC`. */
export function utcText(time) {
  return `${format(time, "UTC")} UTC`;
}

/** The same moment by the reader's own clock, with the zone's name; empty where that clock is UTC. */
export function localText(time) {
  if (new Date(time).getTimezoneOffset() === 0) return "";
  return new Date(time).toLocaleString(locale, { ...fields, timeZoneName: "short" });
}

const fields = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

function format(time, timeZone) {
  return new Date(time).toLocaleString(locale, { ...fields, timeZone });
}

/** When nothing can be handed in any more; whether it has come. */
export function isClosed({ parameters }, nowMs) {
  return nowMs >= Date.parse(parameters.closesAt);
}

/** The next moment that counts: `{what, time}`, or null. */
export function nextMoment({ phase, parameters, seals, standing }, nowMs) {
  const { closesAt, genesisTime, sealLeadHours } = parameters;
  const lead = sealLeadHours * hourMs;
  const seal = seals.find(({ version }) => version === standing);
  const leadOver = seal && new Date(Date.parse(seal.at) + lead).toISOString();
  const steps = {
    draft: [["moment.closes", closesAt]],
    accounts: [["moment.closes", closesAt]],
    collecting: [
      ["moment.closes", closesAt],
      ["moment.sealBy", new Date(Date.parse(genesisTime) - lead).toISOString()],
    ],
    sealed: [["moment.genesis", genesisTime]],
    attesting: [
      ["moment.countdown", leadOver],
      ["moment.genesis", genesisTime],
    ],
    countdown: [["moment.genesis", genesisTime]],
  };
  const next = (steps[phase] ?? []).find(([, time]) => time && Date.parse(time) > nowMs);
  return next ? { what: say(next[0]), time: next[1] } : null;
}

/** How long is left: `2 days 3 h`, `14 min`, `9 s`. */
export function leftText(ms) {
  if (ms < 48 * hourMs) return durationText(ms);
  const hours = Math.floor(ms / hourMs);
  return [`${Math.floor(hours / 24)} ${say("unit.days")}`, hours % 24 ? `${hours % 24} h` : ""].join(" ").trim();
}

import { at, make } from "../../parts.js";
import { say } from "../../texts.js";

/** `[name, label, kind, hint]`; those of the second list are fixed after the draft. */
const open = [
  ["closesAt", say("adm.par.closesAt"), "time"],
  ["genesisTime", say("adm.par.genesisTime"), "time"],
  ["sealLeadHours", say("adm.par.sealLeadHours"), "number"],
  ["gatePercent", say("adm.par.gatePercent"), "number"],
  ["intake", say("adm.par.intake"), ["open", "allowlist"]],
  ["allowlist", say("adm.par.allowlist"), "lines"],
  ["selfDelegationMin", say("adm.par.selfDelegationMin"), "bound"],
  ["selfDelegationMax", say("adm.par.selfDelegationMax"), "bound"],
  ["commissionRateMin", say("adm.par.commissionRateMin"), "bound"],
  ["commissionRateMax", say("adm.par.commissionRateMax"), "bound"],
  ["commissionMaxChangeRateMax", say("adm.par.commissionMaxChangeRateMax"), "bound"],
  ["waived", say("adm.par.waived"), "lines"],
  ["memoRequired", say("adm.par.memoRequired"), "box"],
  ["twoPerson", say("adm.par.twoPerson"), "box"],
];
const fixed = [
  ["chainId", say("adm.par.chainId"), "text"],
  ["prefix", say("adm.par.prefix"), "text"],
  ["denom", say("adm.par.denom"), "text"],
  ["powerReduction", say("adm.par.powerReduction"), "text"],
  ["style", say("adm.par.style"), ["gentxs", "staking-state"]],
  ["shape", say("adm.par.shape"), ["AppGenesis", "GenesisDoc"]],
];
const all = [...open, ...fixed];
const id = (name) => `parameter-${name}`;

/** Makes the form's fields. */
export function makeParameters() {
  at("parameters-open").replaceChildren(...open.map(field));
  at("parameters-fixed").replaceChildren(...fixed.map(field));
}

function field([name, label, kind]) {
  const words = make("label", { htmlFor: id(name), textContent: label });
  const input = control(kind);
  Object.assign(input, { id: id(name), name });
  if (kind === "box") return make("div", { className: "box" }, input, words);
  return make("div", { className: kind === "lines" ? "field wide" : "field" }, words, input);
}

function control(kind) {
  if (Array.isArray(kind)) return make("select", {}, ...kind.map((value) => new Option(value, value)));
  if (kind === "lines") return make("textarea", { rows: 3, spellcheck: false });
  if (kind === "box") return make("input", { type: "checkbox" });
  const type = kind === "number" ? "number" : "text";
  return make("input", {
    type,
    autocomplete: "off",
    spellcheck: false,
    placeholder: kind === "time" ? "2027-01-31 14:00" : "",
  });
}

/** Fills the form with what holds. */
export function showParameters({ phase, parameters }) {
  for (const [name, , kind] of all) {
    const value = kind === "bound" ? parameters.bounds[name] : parameters[name];
    const input = at(id(name));
    if (kind === "box") input.checked = value;
    else input.value = shown(kind, value);
  }
  for (const [name] of fixed) at(id(name)).disabled = phase !== "draft";
  at("parameters-fold").open = phase === "draft";
}

function shown(kind, value) {
  if (kind === "time")
    return value
      .replace("T", " ")
      .replace(/(:00)?\.000Z$/, "")
      .replace(/Z$/, "");
  return kind === "lines" ? value.join("\n") : String(value ?? "");
}

/** What the form says otherwise than what holds; a text: what is wrong with it. */
export function changedParameters({ phase, parameters }) {
  const changes = {};
  const bounds = {};
  for (const [name, label, kind] of phase === "draft" ? all : open) {
    const value = written(kind, at(id(name)));
    if (value === null) return say("adm.timeForm", { label });
    if (kind === "bound") {
      if (value !== "") bounds[name] = value;
    } else if (JSON.stringify(value) !== JSON.stringify(parameters[name])) changes[name] = value;
  }
  const same = boundsText(bounds) === boundsText(parameters.bounds);
  return same ? changes : { ...changes, bounds };
}

const boundsText = (bounds) => JSON.stringify(Object.entries(bounds).toSorted());

/** A field's value as the API takes it; null: it is no time. */
function written(kind, input) {
  if (kind === "box") return input.checked;
  const text = input.value.trim();
  if (kind === "number") return Number(text);
  if (kind === "lines") return text === "" ? [] : text.split(/\s+/);
  return kind === "time" ? readTime(text) : text;
}

/** A time without a zone is UTC: a launch was once a day early by a reader's own zone. */
function readTime(text) {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?)Z?$/.exec(text) ?? [];
  const ms = Date.parse(`${day}T${clock}Z`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

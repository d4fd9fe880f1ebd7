import { at, make } from "../../parts.js";

/** `[name, label, kind, hint]`; those of the second list are fixed after the draft. */
const open = [
  ["closesAt", "Gentxs until (UTC)", "time"],
  ["genesisTime", "Genesis time (UTC)", "time"],
  ["sealLeadHours", "Hours from seal to countdown", "number"],
  ["gatePercent", "Gate, in % of power", "number"],
  ["intake", "Who may hand in", ["open", "allowlist"]],
  ["allowlist", "Allowlist, one address a line", "lines"],
  ["selfDelegationMin", "Least stake, in base units", "bound"],
  ["selfDelegationMax", "Most stake, in base units", "bound"],
  ["commissionRateMin", "Least commission (0.05)", "bound"],
  ["commissionRateMax", "Most commission (0.2)", "bound"],
  ["commissionMaxChangeRateMax", "Most change a day (0.01)", "bound"],
  ["waived", "Rules that only warn, one a line", "lines"],
  ["memoRequired", "Each memo must be nodeid@host:port", "box"],
  ["twoPerson", "A seal, a reset and an abort take two coordinators", "box"],
];
const fixed = [
  ["chainId", "Chain id", "text"],
  ["prefix", "Address prefix", "text"],
  ["denom", "Bond denom", "text"],
  ["powerReduction", "Base units in one of power", "text"],
  ["style", "How gentxs become validators", ["gentxs", "staking-state"]],
  ["shape", "Document shape", ["AppGenesis", "GenesisDoc"]],
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
    if (value === null) return `${label}: write it as 2027-01-31 14:00, in UTC.`;
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

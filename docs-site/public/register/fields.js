import { at, make } from "../parts.js";
import { say } from "../texts.js";

/**
 * What a registration asks for, in the order of the page. `path`: where it stands in a content. `bytes`: the SDK's
 * limit, or this deployment's; the whole rules are the bundle's.
 */
const fields = [
  { path: "profile.moniker", id: "moniker", bytes: 70, needed: true, wide: true },
  { path: "profile.website", id: "website", bytes: 140 },
  { path: "profile.identity", id: "identity", hint: "hint.identity" },
  { path: "profile.securityContact", id: "securityContact", bytes: 140, hint: "hint.securityContact", wide: true },
  { path: "profile.details", id: "details", bytes: 280, lines: true, wide: true },
  { path: "profile.consensusKey", id: "consensusKey", hint: "hint.consensusKey", wide: true, none: null },
  { path: "profile.peer", id: "peer", hint: "hint.peer", wide: true, none: null },
  { path: "profile.seed", id: "seed", box: true },
  { path: "profile.commission.rate", id: "rate", hint: "hint.share", wide: true },
  { path: "profile.commission.maxRate", id: "maxRate", hint: "hint.share" },
  { path: "profile.commission.maxChangeRate", id: "maxChangeRate", hint: "hint.share" },
  { path: "profile.region", id: "region", bytes: 64 },
  { path: "profile.provider", id: "provider", bytes: 64 },
];
const contact = { path: "contact", id: "contact", bytes: 280, lines: true, hint: "hint.contact" };
const erase = { path: "", id: "erase", box: true };
const words = [
  { path: "profile.hardware", id: "hardware", box: true },
  { path: "profile.keySafety", id: "keySafety", box: true },
];
const all = [...fields, contact, erase, ...words];
const bytesOf = (text) => new TextEncoder().encode(text).length;

/** Puts the fields into the page. `changed` is called when a reader changes one. */
export function makeFields(changed) {
  at("fields").replaceChildren(...fields.map(fieldOf));
  at("private").replaceChildren(fieldOf(contact), fieldOf(erase));
  at("words").replaceChildren(...words.map(fieldOf));
  for (const field of all)
    at(field.id).addEventListener("input", () => {
      tell(field);
      changed();
    });
}

function fieldOf({ id, box, lines, wide, needed }) {
  const hint = make("p", { id: `${id}-hint`, className: "hint" });
  const label = make("label", { htmlFor: id, textContent: say(`field.${id}`) });
  const common = { id, autocomplete: "off", spellcheck: id === "details" };
  const input = lines
    ? make("textarea", { ...common, rows: 3 })
    : make("input", { ...common, type: box ? "checkbox" : "text", required: needed === true });
  input.setAttribute("aria-describedby", hint.id);
  if (!box && !lines) input.setAttribute("autocapitalize", "none");
  const parts = box ? [make("div", { className: "box" }, input, label), hint] : [label, input, hint];
  const made = make("div", { className: `field${wide || box ? " wide" : ""}` }, ...parts);
  made.id = `${id}-field`;
  return made;
}

/** Says how much of a limit is used, or what the field is for. */
function tell({ id, bytes, hint, needed, box }) {
  const [input, line] = [at(id), at(`${id}-hint`)];
  const used = box ? 0 : bytesOf(input.value);
  const over = bytes !== undefined && used > bytes;
  const most = bytes === undefined ? "" : say("hint.bytes", { used, most: bytes });
  line.textContent = [hint ? say(hint) : "", needed ? say("hint.needed") : "", most].filter(Boolean).join(" ");
  mark(id, over);
}

function mark(id, wrong) {
  at(`${id}-hint`).classList.toggle("fault", wrong);
  if (wrong) at(id).setAttribute("aria-invalid", "true");
  else at(id).removeAttribute("aria-invalid");
}

/** Fills the fields from a profile, or empties them. `amends`: a private contact can stay or be erased. */
export function fillFields(profile, amends) {
  const { commission, ...rest } = profile ?? {};
  const known = { ...rest, ...commission };
  for (const field of all) {
    if (field.box) at(field.id).checked = known[field.id] === true;
    else at(field.id).value = known[field.id] ?? "";
    tell(field);
  }
  at("erase-field").hidden = !amends;
  if (amends) at("contact-hint").textContent = `${say("hint.contact")} ${say("hint.contactStays")}`;
}

/** What the fields say, as a content. */
export function readFields() {
  const profile = {};
  for (const { path, id, box, lines, none = "" } of [...fields, ...words]) {
    if (path.startsWith("profile.commission.")) continue;
    const typed = lines ? at(id).value : at(id).value.trim();
    const said = typed === "" ? none : typed;
    profile[id] = box ? at(id).checked : said;
  }
  const rates = ["rate", "maxRate", "maxChangeRate"].map((id) => [id, at(id).value.trim()]);
  profile.commission = rates.every(([, typed]) => typed === "") ? null : Object.fromEntries(rates);
  if (at("erase").checked && !at("erase-field").hidden) return { profile, contact: null };
  const typed = at("contact").value;
  return typed.trim() === "" ? { profile } : { profile, contact: typed };
}

/**
 * Says what is wrong at the fields themselves, and answers what has no field: `[{path, message}]`. The first of the
 * wrong fields gets the focus.
 */
export function showFaults(faults) {
  for (const field of all) tell(field);
  const rest = [];
  let first = null;
  for (const { path, message } of faults) {
    const place = path.replace(/^content\./, "");
    const field = all.find((one) => one.path === place) ?? (place === "profile.commission" ? byId("rate") : null);
    if (!field) {
      rest.push({ path, message });
      continue;
    }
    at(`${field.id}-hint`).textContent = say("hint.fault", { message });
    mark(field.id, true);
    if (first === null || all.indexOf(field) < all.indexOf(first)) first = field;
  }
  if (first !== null) at(first.id).focus();
  return rest;
}

const byId = (id) => all.find((field) => field.id === id);

import { filled, language, locale, say } from "./texts.js";

// Loaded by api.js, for readers of another language than English.
const learned = new Map();

/** The words of a language other than English, when they are first needed; null where they can't be had. */
async function learn(part) {
  if (!learned.has(part)) learned.set(part, import(`./texts/${language}-${part}.js`));
  const words = await learned.get(part).catch(() => null);
  if (words === null) learned.delete(part);
  return words;
}

const lists = ["failures", "warnings", "errors"];

/**
 * What the API or the judge says, in the reader's language: title and detail of a refusal by its code, findings and
 * faults by their sentence. What is said in it has `lang`; what has no words in it stays as it is, in English.
 */
export async function inOwnWords(body) {
  if (body === null || typeof body !== "object") return body;
  const own = { ...body };
  if (typeof body.code === "string" && body.status >= 400) Object.assign(own, await refused(body));
  // Whether an address may claim is answered with what a claim would be refused for.
  if (typeof body.refusal?.code === "string") own.refusal = await refused(body.refusal);
  for (const list of lists) if (Array.isArray(body[list])) own[list] = await findings(body[list]);
  if (Array.isArray(body.steps)) own.steps = await checklist(body.steps);
  // What is wrong in each place is told in the sentence too, as it is in English.
  if (own.lang !== undefined && own.errors?.length > 0) own.detail = `${own.detail} ${placesText(own.errors)}`;
  return own;
}

async function refused(body) {
  const words = await learn("refusals");
  const { code, why, values = {}, retryAt } = body;
  const [title, detail] = words?.refusals[`${code}.${why}`] ?? words?.refusals[code] ?? [];
  if (title === undefined) return body;
  const all = Object.entries(retryAt ? { ...values, retryAt } : values);
  const own = Object.fromEntries(all.map(([name, value]) => [name, valueText(name, value, words.named)]));
  return { ...body, title, detail: filled(detail, own), lang: language };
}

const timeForm = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const phaseNames = ["phase", "from", "to"];

function valueText(name, value, named) {
  if (timeForm.test(value)) return new Date(value).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  return phaseNames.includes(name) ? say(`phase.${value}`) : (named[name]?.[value] ?? value);
}

function placesText(errors) {
  return errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
}

/** Findings of the judge, or faults of fields. */
async function findings(all) {
  const words = all.length === 0 ? null : await learn("judge");
  if (words === null) return all;
  return all.map((one) => {
    const message = sentence(one.said ?? [one.message], words.sentences);
    const remedy = words.remedies[one.rule] ?? one.remedy;
    return message === null ? one : { ...one, message, remedy, lang: language };
  });
}

/** The steps of an operator's checklist: what each is judged by. */
async function checklist(steps) {
  const words = await learn("checklist");
  return steps.map((step) => {
    const evidence = words && sentence(step.said ?? [step.evidence], words.sentences);
    return evidence === null ? step : { ...step, evidence, lang: language };
  });
}

/** A sentence with its values (genesis/document/said.ts); null where it, or one inside it, isn't known. */
function sentence(said, sentences) {
  const left = said.values();
  const read = () => {
    const english = String(left.next().value ?? "");
    const values = [...english.matchAll(/\{\d+(\*?)\}/g)].map(([, nested]) => (nested ? read() : left.next().value));
    const own = sentences[english.replaceAll("*}", "}")];
    if (own === undefined || values.includes(null)) return null;
    return own.replace(/\{(\d+)\}/g, (_, at) => values[Number(at)] ?? "");
  };
  return read();
}

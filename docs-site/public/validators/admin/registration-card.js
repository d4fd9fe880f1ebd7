import { confirmAct } from "../../ceremony/admin/confirm.js";
import { refusalWords } from "../../ceremony/ceremony-api.js";
import { inert, plain } from "../../ceremony/inert.js";
import { utcText } from "../../ceremony/moments.js";
import { copyable, make, showFacts } from "../../parts.js";
import { amountText } from "../../text.js";
import { say } from "../../texts.js";
import { operatorHref } from "../validators-api.js";

const textMax = 320;
const shared = {
  moniker: say("adm.clash.moniker"),
  peer: say("adm.clash.peer"),
  consensusKey: say("adm.clash.key"),
};
const proofs = { adr036: say("adm.proof.wallet"), tx: say("adm.proof.binary"), gentx: say("adm.proof.gentx") };

/**
 * One registration with what a coordinator can do about it. `ask(operator, under, method, body)` asks the deployment;
 * `decided(answer, what)` is told of each decision.
 */
export function registrationCard(registration, { network, ask, decided }) {
  const { operator, rev, state, profile } = registration;
  const name = profile === null ? operator : profile.moniker;
  const facts = make("dl", { className: "facts wide" });
  showFacts(facts, factsOf(registration, network));
  const said = make("div", { className: "answer" });
  said.setAttribute("role", "status");
  const about = (under, method, body) => ask(operator, under, method, body);
  const parts = [
    approveForm(registration, network, (body) => about("/approval", "POST", body), decided),
    ...(state === "rejected"
      ? []
      : [rejectButton(name, (body) => about("/rejection", "POST", { rev, ...body }), decided)]),
    contactButton(name, () => about("/contact", "GET"), said),
    ...(state === "approved" ? [codeButton(name, () => about("/faucet-grant", "POST"), said)] : []),
  ];
  const title = make("h2", {}, make("a", { href: operatorHref(network.chainId, operator) }, inert(name)));
  const row = make("div", { className: "row" }, ...parts.slice(1));
  const card = make("section", { className: "card registration" }, title, facts, parts[0], row, said);
  card.dataset.operator = operator;
  return card;
}

function factsOf({ operator, profile, proof, rev, changedAt, clashes, allocation, reason, grantedAt }, { denoms }) {
  const address = copyable(operator, say("list.operator"));
  const written = (text) => (text ? inert(text, textMax) : "");
  const clash = clashes.map(({ field, operator: other }) =>
    make(
      "p",
      { className: "clash" },
      `${say("adm.clashAs", { what: shared[field] ?? field })} `,
      make("code", { textContent: other }),
    ),
  );
  const said = profile
    ? [profile.hardware ? say("adm.hardware") : "", profile.keySafety ? say("adm.keySafety") : ""]
    : [];
  return [
    [say("adm.f.operator"), address],
    [say("adm.f.proof"), say("adm.revision", { proof: proofs[proof], rev, time: utcText(changedAt) })],
    [say("adm.f.shares"), clash.length === 0 ? "" : clash],
    [say("adm.f.website"), written(profile?.website)],
    [say("adm.f.security"), written(profile?.securityContact)],
    [say("adm.f.details"), written(profile?.details)],
    [say("adm.f.keybase"), written(profile?.identity)],
    [say("adm.f.node"), written(profile?.peer)],
    [say("adm.f.key"), written(profile?.consensusKey)],
    [say("adm.f.where"), written([profile?.region, profile?.provider].filter(Boolean).join(", "))],
    [say("adm.f.word"), said.filter(Boolean).join(", ") || say("adm.nothingWord")],
    [say("adm.f.reason"), written(reason)],
    [say("adm.f.allocation"), allocation ? amountText(allocation, denoms) : ""],
    [say("adm.code"), grantedAt ? say("adm.made", { time: utcText(grantedAt) }) : ""],
  ];
}

function button(text, name, className = "plain") {
  const made = make("button", { type: "button", className, textContent: text });
  made.setAttribute("aria-label", `${text}: ${plain(name)}`);
  return made;
}

/** While an answer is on its way, nothing more is asked. */
function once(made, run) {
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    await run();
    made.setAttribute("aria-disabled", "false");
  });
}

function approveForm({ operator, profile, rev, state, allocation }, { denoms }, approve, decided) {
  const name = profile?.moniker ?? operator;
  const input = make("input", {
    id: `allocation-${operator}`,
    type: "text",
    inputMode: "numeric",
    maxLength: 39,
    autocomplete: "off",
    value: allocation?.amount ?? "",
  });
  // Which of several is bonded, only the deployment knows.
  const [{ display, exponent, denom }, other] = denoms;
  const example = other ? "" : ` ${say("adm.example", { display, units: `1${"0".repeat(exponent)}${denom}` })}`;
  const hint = make("p", { id: `allocation-hint-${operator}`, className: "hint" });
  hint.textContent = say("adm.allocHint", { example });
  input.setAttribute("aria-describedby", hint.id);
  const label = make("label", { htmlFor: input.id, textContent: say("adm.alloc") });
  const word = say(state === "approved" ? "adm.approveWith" : "adm.approve");
  const submit = make("button", { type: "submit", className: "main", textContent: word });
  submit.setAttribute("aria-label", `${word}: ${plain(name)}`);
  const form = make("form", { className: "approve", noValidate: true });
  form.append(
    make("div", { className: "field narrow" }, label, input, hint),
    make("div", { className: "row" }, submit),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    const amount = input.value.trim();
    const fits = amount === "" || /^[1-9][0-9]{0,38}$/.test(amount);
    hint.classList.toggle("fault", !fits);
    input.setAttribute("aria-invalid", String(!fits));
    if (!fits) {
      hint.textContent = say("adm.allocForm");
      input.focus();
      return;
    }
    submit.setAttribute("aria-disabled", "true");
    await decided(
      await approve({ rev, ...(amount === "" ? {} : { allocation: { amount } }) }),
      say("adm.approveOf", { name: plain(name) }),
    );
  });
  return form;
}

function rejectButton(name, reject, decided) {
  const made = button(say("adm.reject"), name, "plain bad");
  once(made, async () => {
    const text = say("adm.rejectText");
    const agreed = await confirmAct({
      title: say("adm.rejectAsk", { name: plain(name) }),
      text,
      button: say("adm.reject"),
      reason: "needed",
    });
    if (agreed) await decided(await reject({ reason: agreed.reason }), say("adm.rejectOf", { name: plain(name) }));
  });
  return made;
}

function contactButton(name, read, said) {
  const made = button(say("adm.contact"), name);
  once(made, async () => {
    const answer = await read();
    if (answer?.status !== 200) return refuse(said, answer);
    const { contact } = answer.body;
    const text = contact === null ? say("adm.noContact") : inert(contact, textMax);
    said.replaceChildren(
      make("p", {}, `${say("adm.contact")}: `, text),
      make("p", { className: "hint", textContent: noted }),
    );
    return undefined;
  });
  return made;
}

const noted = say("adm.looked");

function codeButton(name, grant, said) {
  const made = button(say("adm.code"), name);
  once(made, async () => {
    const answer = await grant();
    if (answer?.status !== 201) return refuse(said, answer);
    const { secret } = answer.body;
    const shown = make("p", { className: "code" }, copyable(secret, say("adm.codeWord")));
    const hint = say("adm.codeHint");
    said.replaceChildren(shown, make("p", { className: "hint", textContent: hint }));
    return undefined;
  });
  return made;
}

function refuse(said, answer) {
  const { title, text } = refusalWords(answer);
  said.replaceChildren(make("p", {}, make("strong", { textContent: plain(title) }), " ", inert(text, textMax)));
}

import { amountText, ask, claimsPath, followClaim, untilText } from "./api.js";
import { earnClaim } from "./challenge.js";

const at = (id) => document.getElementById(id);
const form = at("claim-form");
const address = at("address");
const submit = at("submit");
const select = at("network");
let networks = [];
let letGo = () => undefined;
let countdown = 0;
/** By chain id: whether a claim brings a solved puzzle. */
const asksForWork = new Map();

const chosen = () => networks.find((network) => network.chainId === select.value);

/** Shows one network: what it pays and what its addresses look like. */
function showNetwork() {
  const network = chosen();
  if (!network) return;
  const { name, bech32Prefix, denoms, faucet } = network;
  at("network-name").textContent = name;
  const drips = faucet.drips.map((drip) => amountText(drip, denoms)).join(" and ");
  at("offer").textContent = `${drips} a claim, paid exactly once.`;
  at("address-hint").textContent = `It begins with ${bech32Prefix}1. Upper and lower case are the same address.`;
  address.placeholder = `${bech32Prefix}1…`;
  void showFaucet();
}

/** Shows how the faucet does: balance, queue, wait. */
async function showFaucet() {
  const network = chosen();
  if (!network) return;
  const path = `/api/v1/networks/${encodeURIComponent(network.chainId)}/faucet`;
  const { status, body } = await ask(path).catch(() => ({ status: 0, body: {} }));
  if (status !== 200) return showFacts(at("faucet-facts"), [["State", body.detail ?? "no answer"]]);
  asksForWork.set(network.chainId, body.challenge === "pow");
  const { address: payer, balance, queueLength, submitted, medianWaitMs, limits, height, halt, enabled } = body;
  const open = enabled ? "Open" : "Switched off";
  showFacts(at("faucet-facts"), [
    ["State", halt ? `Stopped: ${halt.detail}` : open],
    ["Balance", balance.map((coin) => amountText(coin, network.denoms)).join(", ") || "not read yet"],
    ["In line", `${queueLength} queued, ${submitted} submitted`],
    ["Usual wait", medianWaitMs === null ? "no payment yet" : `${(medianWaitMs / 1000).toFixed(1)} s`],
    ["Limit", `one claim in ${limits.cooldownSeconds} s for an address`],
    ["Chain", height === null ? network.chainId : `${network.chainId} at block ${height}`],
    ["Pays from", payer],
  ]);
}

function showFacts(list, facts) {
  const entries = facts.filter(([, value]) => value !== undefined && value !== "");
  list.replaceChildren(
    ...entries.flatMap(([name, value]) => {
      const term = document.createElement("dt");
      const detail = document.createElement("dd");
      term.textContent = name;
      detail.textContent = String(value);
      return [term, detail];
    }),
  );
}

/** Shows one outcome; `kind` is paid, failed or waiting. */
function showResult(kind, title, text, step, facts) {
  const result = at("result");
  result.hidden = false;
  result.className = `card ${kind}`;
  at("result-title").textContent = title;
  at("result-text").textContent = text;
  const steps = [...at("steps").children];
  at("steps").hidden = step === null;
  const reached = steps.findIndex((item) => item.dataset.step === step);
  steps.forEach((item, index) => {
    item.classList.toggle("done", index <= reached);
    if (index === reached) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  showFacts(at("facts"), facts);
}

function showClaim(claim) {
  const { denoms } = networks.find((network) => network.chainId === claim.chainId);
  const paid = claim.drips.map((drip) => amountText(drip, denoms)).join(" and ");
  const facts = [
    ["Address", claim.address],
    ["Transaction", claim.txHash],
    ["Block", claim.height],
    ["Claim", claim.id],
  ];
  if (claim.state === "queued") {
    showResult(
      "waiting",
      "In line",
      `Place ${claim.queuePosition ?? "?"}. It goes out with the next block.`,
      "queued",
      facts,
    );
  } else if (claim.state === "submitted") {
    showResult("waiting", "On its way", "The transaction is with the chain.", "submitted", facts);
  } else if (claim.state === "confirmed") {
    showResult("paid", "Paid", `${paid} arrived.`, "confirmed", facts);
  } else {
    const text = `Nothing was paid and no allowance was used. ${claim.reason ?? claim.code ?? ""}`;
    showResult("failed", "Not paid", text, null, facts);
  }
  if (claim.state === "confirmed" || claim.state === "failed") {
    submit.disabled = false;
    void showFaucet();
  }
}

/** Says no, kindly: the reason, and until when it holds. A claim that is open is followed instead. */
function showRefusal(problem, chainId) {
  submit.disabled = false;
  if (problem.code === "claim_open") return follow({ chainId, id: problem.claimId });
  if (problem.code === "invalid_address" || problem.code === "recipient_not_allowed") return showFault(problem.detail);
  if (!problem.retryAt) return showResult("failed", problem.title, problem.detail, null, []);
  const tick = () => {
    const over = Date.parse(problem.retryAt) <= Date.now();
    const when = new Date(problem.retryAt).toLocaleString();
    const text = over ? "now" : `${untilText(problem.retryAt, Date.now())}, at ${when}`;
    showFacts(at("facts"), [["You may claim again", text]]);
    if (over) window.clearInterval(countdown);
  };
  const text = problem.code === "cooldown_active" ? "This address was paid a short while ago." : problem.detail;
  showResult("failed", problem.title, text, null, []);
  tick();
  countdown = window.setInterval(tick, 1000);
}

function showFault(text) {
  const fault = at("address-fault");
  fault.hidden = text === "";
  fault.textContent = text;
  if (text === "") address.removeAttribute("aria-invalid");
  else {
    address.setAttribute("aria-invalid", "true");
    address.focus();
  }
}

function follow(claim) {
  letGo();
  letGo = followClaim(claim, showClaim);
}

/** Random, also where the page is served without TLS. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function claimTokens(event) {
  event.preventDefault();
  const network = chosen();
  const text = address.value.trim();
  window.clearInterval(countdown);
  letGo();
  at("result").hidden = true;
  showFault(text === "" ? "Paste an address first." : "");
  if (text === "" || !network) return;
  submit.disabled = true;
  if (!asksForWork.has(network.chainId)) await showFaucet();
  const answer = await earnAndSend(network.chainId, text);
  if (answer?.cancelled) {
    submit.disabled = false;
    submit.focus();
  } else if (answer?.status === 202) {
    showClaim(answer.body);
    follow(answer.body);
  } else if (answer) showRefusal(answer.body, network.chainId);
  else {
    submit.disabled = false;
    showResult("failed", "No answer", "The faucet could not be reached. Nothing was lost; try again.", null, []);
  }
  if (answer?.held) at("result-title").focus();
}

/** Solves the puzzle where there is one, then claims; once more where its price rose meanwhile. Null: no answer came. */
async function earnAndSend(chainId, text, again = true) {
  const earned = asksForWork.get(chainId) ? await earnClaim(chainId, text) : {};
  if (earned === null || earned.cancelled) return earned;
  if (earned.refusal) return { body: earned.refusal };
  // The same key when the answer is lost: asked twice, paid once.
  const headers = { "content-type": "application/json", "idempotency-key": newKey() };
  const init = { method: "POST", headers, body: JSON.stringify({ address: text, challenge: earned.solved }) };
  const path = claimsPath(chainId);
  const answer = await ask(path, init)
    .catch(() => ask(path, init))
    .catch(() => null);
  if (again && answer?.body.code === "challenge_outpriced") return earnAndSend(chainId, text, false);
  return answer && { ...answer, held: earned.held };
}

async function start() {
  form.addEventListener("submit", (event) => void claimTokens(event));
  select.addEventListener("change", showNetwork);
  const { status, body } = await ask("/api/v1/networks").catch(() => ({ status: 0, body: {} }));
  if (status !== 200) {
    showResult("failed", body.title ?? "No answer", body.detail ?? "The faucet could not be reached.", null, []);
    return;
  }
  networks = body.networks;
  select.replaceChildren(...networks.map(({ chainId, name }) => new Option(`${name} (${chainId})`, chainId)));
  at("network-field").hidden = networks.length < 2;
  showNetwork();
  window.setInterval(() => void showFaucet(), 15_000);
}

void start();

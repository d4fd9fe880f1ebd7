import { at } from "../parts.js";
import { say } from "../texts.js";
import { signText, walletAddress } from "../wallet.js";
import { ceremonyPath, look, refusalWords, send } from "./ceremony-api.js";
import { inert } from "./inert.js";

const phases = ["sealed", "attesting", "countdown"];
const nodeForm = /^[0-9a-f]{40}$/;
let now = { network: null, view: null };

/** Shows the form while words on the sealed genesis are taken. */
export function setAttest(network, view) {
  const seal = view?.seals.find(({ version }) => version === view.standing);
  if (now.network?.chainId !== network?.chainId || now.view?.standing !== view?.standing) tell("idle");
  now = { network, view };
  at("attest").hidden = seal === undefined || !phases.includes(view.phase);
}

/** Makes the form work. `afterwards` is called when the log has grown. */
export function listenToAttest(afterwards) {
  at("attest").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = at("attest-do");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      if (await attest(now)) await afterwards();
    } finally {
      button.setAttribute("aria-disabled", "false");
    }
  });
}

async function attest({ network, view }) {
  const node = at("attest-node").value.trim().toLowerCase();
  const [file] = at("attest-file").files;
  if (file === undefined) return tell("failed", say("att.which"), say("att.choose"));
  if (node !== "" && !nodeForm.test(node)) return tell("failed", say("att.noId"), say("att.idForm"));
  tell("waiting", say("att.hashing"), file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const seal = view.seals.find(({ version }) => version === view.standing);
  const own = hex(await crypto.subtle.digest("SHA-256", bytes));
  if (own !== seal.sha256) return tell("failed", say("att.other"), say("att.otherText", { own, sealed: seal.sha256 }));
  const who = await walletAddress(network);
  if (who.fault) return tell("failed", say("att.noSignature"), who.fault);
  const { address } = who;
  if (!view.gentxs.some(({ operator }) => operator === address))
    return tell("failed", say("att.notIn"), say("att.notInText", { address }));
  return handOver({ network, bytes, address, node });
}

async function handOver({ network, bytes, address, node }) {
  const { chainId } = network;
  const asked = await look(ceremonyPath(chainId, `/challenges/${address}`));
  if (asked?.status !== 200) return refused(asked);
  const { wordFor } = await import("./built/attest.js");
  const word = wordFor(asked.body, bytes, node);
  tell("waiting", say("att.inWallet"), word);
  const signed = await signText(network, address, word);
  if (signed.fault) return tell("failed", say("att.noSignature"), signed.fault);
  const { pubKey, signature } = signed;
  const body = JSON.stringify({ v: 1, proof: "adr036", word, pubKey, signature });
  const taken = await send("POST", ceremonyPath(chainId, `/attestations/${address}`), body);
  if (taken?.status !== 201) return refused(taken);
  tell("paid", say("att.done"), say("att.leaf", { index: taken.body.receipt.index }));
  return true;
}

function refused(answer) {
  const { title, text } = refusalWords(answer);
  return tell("failed", title, text);
}

/** Says what came of it; answers false, for whoever asks whether anything was done. */
function tell(kind, title = "", text = "") {
  const box = at("attest-result");
  box.hidden = kind === "idle";
  box.dataset.kind = kind;
  at("attest-title").textContent = title;
  at("attest-text").replaceChildren(inert(text));
  return false;
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

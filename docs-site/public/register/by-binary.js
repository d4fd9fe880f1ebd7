import { utcText } from "../ceremony/moments.js";
import { at, make } from "../parts.js";
import { say } from "../texts.js";
import { commandBox } from "../validators/profile-view.js";

/** No chain has this id, so that what is signed can't be sent anywhere (genesis/proof/signed-tx.ts). */
const proofChainId = "wellspring-proof";

/** A text as one word of a POSIX shell. */
function quoted(text) {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The commands by which a network's binary signs a line as the memo of a transaction that no chain takes. */
function signCommands({ binary, denom }, operator, word) {
  const send = `${quoted(binary)} tx bank send ${operator} ${operator} ${quoted(`1${denom}`)}`;
  // One word, so that every shell leaves it out when it is not set.
  const keyring = `\${KEYRING:+--keyring-backend="$KEYRING"}`;
  const sign = `--offline --account-number 0 --sequence 0 --chain-id ${proofChainId}`;
  return [
    `${send} --note ${quoted(word)} --generate-only --chain-id ${proofChainId} > proof.json`,
    `${quoted(binary)} tx sign proof.json --from "$KEY" ${keyring} ${sign} > signed.json`,
    "cat signed.json",
  ].join("\n");
}

/** Shows how to sign a challenge's line with the binary, and takes what was signed. */
export function showSigning(facts, { operator, word, expiresAt }) {
  at("signing").hidden = false;
  at("signing-until").textContent = say("reg.until", { time: utcText(expiresAt) });
  at("commands").replaceChildren(commandBox(signCommands(facts, operator, word), say("reg.theCommands")));
  at("commands").append(make("p", { className: "hint", textContent: say("reg.keyName") }));
  at("signed").value = "";
  at("signing-title").focus();
}

/** Takes it away: what was to be signed is no longer what the form says. */
export function hideSigning() {
  at("signing").hidden = true;
  at("commands").replaceChildren();
}

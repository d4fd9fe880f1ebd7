import { at, listenToDrop } from "../parts.js";
import { say } from "../texts.js";

/** As long as the deployment takes one. */
const bytesMax = 32 * 1024;
let changed = () => undefined;

/** Makes choosing, dropping and pasting work. `onChange` is called with each change. */
export function listenToGentxInput(onChange) {
  changed = onChange;
  at("gentx-file").addEventListener("change", () => void take(at("gentx-file").files[0]));
  at("gentx-text").addEventListener("input", () => {
    at("gentx-file").value = "";
    read();
  });
  listenToDrop(at("drop"), take);
}

async function take(file) {
  if (!file) return;
  if (file.size > bytesMax) {
    at("gentx-hint").textContent = say("reg.gentxLarge");
    return;
  }
  at("gentx-text").value = await file.text();
  read();
}

/** Whose it is, as far as it says so: the field for the operator is filled where it is empty. */
function read() {
  at("gentx-hint").textContent = say("reg.gentxStanding");
  const operator = operatorIn(at("gentx-text").value);
  if (operator !== "" && at("operator").value.trim() === "") at("operator").value = operator;
  changed();
}

function operatorIn(text) {
  try {
    const address = JSON.parse(text)?.body?.messages?.[0]?.delegator_address;
    return typeof address === "string" ? address.slice(0, 160) : "";
  } catch {
    // Half of one is typed, or something else.
    return "";
  }
}

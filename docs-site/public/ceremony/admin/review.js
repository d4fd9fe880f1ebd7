import { at, copyable, make } from "../../parts.js";
import { shortText } from "../../text.js";
import { ceremonyPath } from "../ceremony-api.js";
import { inert, plain } from "../inert.js";
import { confirmAct } from "./confirm.js";

/** Shows the gentxs that stand, each with its file and the way to take it out. */
export function showReview(chainId, { gentxs, phase }, act) {
  at("review-none").hidden = gentxs.length > 0;
  at("review-table").hidden = gentxs.length === 0;
  const open = phase === "accounts" || phase === "collecting";
  at("review-rows").replaceChildren(...gentxs.map((gentx) => row(chainId, gentx, open, act)));
}

function row(chainId, { operator, moniker, power, sha256 }, open, act) {
  const address = copyable(operator, "operator", make("code", { textContent: shortText(operator), title: operator }));
  const file = make("a", {
    href: ceremonyPath(chainId, `/log/content/${sha256}`),
    textContent: "File",
    download: `${operator}.json`,
  });
  const out = make("button", { type: "button", className: "link", textContent: "Take out", hidden: !open });
  const name = plain(moniker ?? operator);
  file.setAttribute("aria-label", `File of ${name}`);
  out.setAttribute("aria-label", `Take out ${name}`);
  out.addEventListener("click", async () => {
    const text = "The operator has to sign another gentx to come back. The reason stands in the public log.";
    const agreed = await confirmAct({ title: `Take out ${name}?`, text, button: "Take out", reason: "needed" });
    if (agreed) await act({ kind: "withdraw", operator, ...agreed }, `Take out ${name}`);
  });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, inert(moniker ?? ""), address),
    make("td", { className: "number", textContent: power }),
    make("td", { className: "acts" }, file, out),
  );
}

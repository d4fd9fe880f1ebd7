import { at, copyable, make } from "../../parts.js";
import { shortText } from "../../text.js";
import { say } from "../../texts.js";
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
  const address = copyable(
    operator,
    say("list.operator"),
    make("code", { textContent: shortText(operator), title: operator }),
  );
  const file = make("a", {
    href: ceremonyPath(chainId, `/log/content/${sha256}`),
    textContent: say("adm.file"),
    download: `${operator}.json`,
  });
  const out = make("button", { type: "button", className: "link", textContent: say("adm.takeOut"), hidden: !open });
  const name = plain(moniker ?? operator);
  file.setAttribute("aria-label", say("adm.fileOf", { name }));
  const takeOut = say("adm.takeOutOf", { name });
  out.setAttribute("aria-label", takeOut);
  out.addEventListener("click", async () => {
    const text = say("adm.takeOutText");
    const agreed = await confirmAct({ title: `${takeOut}?`, text, button: say("adm.takeOut"), reason: "needed" });
    if (agreed) await act({ kind: "withdraw", operator, ...agreed }, takeOut);
  });
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, inert(moniker ?? ""), address),
    make("td", { className: "number", textContent: power }),
    make("td", { className: "acts" }, file, out),
  );
}

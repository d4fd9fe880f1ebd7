import { at, copyable, make } from "../parts.js";
import { shortText } from "../text.js";
import { say } from "../texts.js";
import { inert } from "./inert.js";

const svg = "http://www.w3.org/2000/svg";
const width = 1000;
const height = 44;
const rowsFirst = 25;
const drawnMax = 60;
let whole = false;

/** Shows the gentxs that stand, the strongest first, and how the power is spread. */
export function showGentxs(view) {
  const gentxs = view.gentxs.toSorted((one, other) => Number(BigInt(other.power) - BigInt(one.power)));
  const total = gentxs.reduce((sum, { power }) => sum + BigInt(power), 0n);
  at("gentxs").hidden = false;
  at("gentxs-count").textContent = countText(gentxs.length, total, view.refusals);
  at("power").hidden = gentxs.length === 0 || total === 0n;
  at("gentxs-table").hidden = gentxs.length === 0;
  if (gentxs.length === 0) return;
  if (total > 0n) showPower(gentxs, total);
  const rows = whole ? gentxs : gentxs.slice(0, rowsFirst);
  at("gentxs-rows").replaceChildren(...rows.map((gentx) => row(gentx, total)));
  const more = at("gentxs-more");
  more.hidden = rows.length === gentxs.length;
  more.textContent = say("list.all", { count: gentxs.length });
  more.onclick = () => {
    whole = true;
    showGentxs(view);
  };
}

/** Takes the list away. */
export function hideGentxs() {
  whole = false;
  at("gentxs").hidden = true;
}

function countText(count, total, refusals) {
  if (count === 0) return say(refusals ? "list.noneRefused" : "list.none", { count: refusals });
  const refused = refusals ? ` ${say("list.refused", { count: refusals })}` : "";
  return `${say(count === 1 ? "list.one" : "list.stand", { count, power: group(total) })}${refused}`;
}

function row({ operator, moniker, power, index }, total) {
  const name = moniker ? inert(moniker) : make("span", { className: "hint", textContent: say("list.noName") });
  const address = copyable(
    operator,
    say("list.operator"),
    make("code", { textContent: shortText(operator), title: operator }),
  );
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name, address),
    make("td", { className: "number power", textContent: group(BigInt(power)) }),
    make("td", { className: "number", textContent: percentText(BigInt(power), total) }),
    make("td", { className: "number act", textContent: String(index) }),
  );
}

/** One bar with a part for each validator, and marks at a third and two thirds. The table says the same. */
function showPower(gentxs, total) {
  const bar = element("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" });
  bar.setAttribute("aria-label", say("list.shares", { spread: spreadText(gentxs, total) }));
  const drawn = gentxs.slice(0, drawnMax);
  let before = 0n;
  drawn.forEach(({ power }, index) => {
    const [from, to] = [place(before, total), place(before + BigInt(power), total)];
    before += BigInt(power);
    const size = { x: from, y: 6, width: Math.max(0.5, to - from - 2), height: 32 };
    bar.append(element("rect", { ...size, class: `share share-${index % 3}` }));
  });
  const from = place(before, total);
  if (before < total)
    bar.append(element("rect", { x: from, y: 6, width: width - from, height: 32, class: "share rest" }));
  for (const part of [1, 2]) {
    const x = (width * part) / 3;
    bar.append(element("line", { x1: x, x2: x, y1: 0, y2: height, class: "mark" }));
  }
  at("power-bar").replaceChildren(bar);
  at("power-text").textContent = spreadText(gentxs, total);
}

/** How few hold more than a third, which can stop the chain, and more than two thirds, which can run it. */
function spreadText(gentxs, total) {
  const few = (part) => {
    let sum = 0n;
    return (
      1 +
      gentxs.findIndex(({ power }) => {
        sum += BigInt(power);
        return sum * 3n > total * part;
      })
    );
  };
  const [third, most] = [few(1n), few(2n)];
  if (third === most) return say(third === 1 ? "list.oneMost" : "list.someMost", { third });
  return say(third === 1 ? "list.oneThird" : "list.someThird", { third, most });
}

function element(name, attributes) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

const place = (power, total) => Number((power * BigInt(width * 10)) / total) / 10;
const group = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** A share as a percentage with two digits behind the point, exactly cut. */
function percentText(power, total) {
  if (total === 0n) return "–";
  const parts = (power * 10_000n) / total;
  return `${parts / 100n}.${String(parts % 100n).padStart(2, "0")} %`;
}

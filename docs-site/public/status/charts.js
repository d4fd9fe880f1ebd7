import { locale, say } from "../texts.js";

const svg = "http://www.w3.org/2000/svg";
const [width, height, gap] = [1000, 120, 12];

function element(name, attributes, ...children) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

const drawing = (label, tall, ...children) =>
  element(
    "svg",
    { viewBox: `0 0 ${width} ${tall}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    ...children,
  );

/** A time between blocks, as short as it can be said: `6.1 s`. */
export function gapText(ms) {
  if (ms >= 120_000) return `${Math.round(ms / 60_000).toLocaleString(locale)} min`;
  const digits = ms < 10_000 ? 1 : 0;
  return `${(ms / 1000).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} s`;
}

/** A share as a percentage, with one digit after the point; never rounded up to what it isn't. */
export function percentText(part, whole) {
  const tenths = whole === 0n ? 0 : Number((part * 1000n) / whole);
  return `${(tenths / 10).toLocaleString(locale, { maximumFractionDigits: 1 })} %`;
}

/** The time before each block that is known, the oldest first: `[{height, ms}]`. `blocks`: the newest first. */
export function gapsOf(blocks) {
  return blocks
    .slice(0, -1)
    .map((block, at) => ({ height: block.height, ms: Date.parse(block.time) - Date.parse(blocks[at + 1].time) }))
    .reverse();
}

/** A bar for each block, as high as the time before it; a line where the middle lies. `label`: the same in words. */
export function timesChart(gaps, medianMs, label) {
  const most = Math.max(...gaps.map(({ ms }) => ms), medianMs * 1.5, 1);
  const step = width / gaps.length;
  const bars = gaps.map(({ height: block, ms }, at) => {
    const tall = Math.max(2, (Math.max(ms, 0) / most) * height);
    const title = element("title", {}, say("status.bar", { height: block, time: gapText(ms) }));
    const place = { x: at * step + gap / 2, y: height - tall, width: step - gap, height: tall };
    return element("rect", { ...place, class: ms > 2 * medianMs ? "bar long" : "bar" }, title);
  });
  const y = height - (medianMs / most) * height;
  return drawing(label, height, ...bars, element("line", { x1: 0, x2: width, y1: y, y2: y, class: "middle" }));
}

/** One bar of who signed, and the mark at two thirds. `label`: the same in words. */
export function powerChart(signing, whole, label) {
  const part = whole === 0n ? 0 : Number((signing * 1000n) / whole);
  const mark = (width * 2) / 3;
  return drawing(
    label,
    44,
    element("rect", { x: 0, y: 0, width, height: 44, class: "rest" }),
    element("rect", { x: 0, y: 0, width: part, height: 44, class: signing * 3n > whole * 2n ? "bar" : "bar long" }),
    element("line", { x1: mark, x2: mark, y1: 0, y2: 44, class: "mark" }),
  );
}

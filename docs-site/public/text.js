import { locale, say } from "./texts.js";

/** An amount of base units as a person reads it: `1.5 PAW`. Exact: no floating point is used. */
export function amountText({ denom, amount }, denoms) {
  const known = denoms.find((entry) => entry.denom === denom);
  if (!known) return `${amount} ${denom}`;
  const unit = 10n ** BigInt(known.exponent);
  const base = BigInt(amount);
  const whole = String(base / unit).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const rest = String(base % unit)
    .padStart(known.exponent, "0")
    .replace(/0+$/, "");
  return `${whole}${rest === "" ? "" : `.${rest}`} ${known.display}`;
}

/** Several amounts: `1 PAW and 2 GOLD`. */
export function amountsText(coins, denoms) {
  return coins.map((coin) => amountText(coin, denoms)).join(` ${say("page.and")} `);
}

/** `42 s`, `5 min`, `23 h 10 min`, `3 days`: a length of time, rounded up so that nobody comes too early. */
export function durationText(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60)
    return [`${Math.floor(minutes / 60)} h`, minutes % 60 ? `${minutes % 60} min` : ""].join(" ").trim();
  return `${Math.ceil(minutes / 1440)} ${say("unit.days")}`;
}

/** A time of day in the reader's own way; with the date where it is another day. */
export function clockText(time, nowMs) {
  const when = new Date(time);
  const clock = when.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (when.toDateString() === new Date(nowMs).toDateString()) return clock;
  const day = when.toLocaleDateString(locale, { weekday: "short", day: "numeric", month: "short" });
  return say("unit.clockOn", { clock, day });
}

/** How long a limit of so many seconds is: `a minute`, `24 h`, `90 s`. */
export function periodText(seconds) {
  if (seconds === 60) return say("unit.minute");
  if (seconds === 3600) return say("unit.hour");
  if (seconds === 86_400) return say("unit.day");
  return durationText(seconds * 1000);
}

/** A wait in seconds, to a tenth: `1.2 s`. */
export function secondsText(ms) {
  return `${(ms / 1000).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

/** The ends of a long word: `sand1pvc9…jeamxp`. */
export function shortText(text) {
  return text.length <= 20 ? text : `${text.slice(0, 9)}…${text.slice(-6)}`;
}

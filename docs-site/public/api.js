/** Asks this deployment's API. Answers status and body; a body that is no JSON counts as no answer. */
export async function ask(path, init = {}) {
  const answer = await fetch(path, { ...init, headers: { accept: "application/json", ...init.headers } });
  return { status: answer.status, body: await answer.json() };
}

/** The path of a network's claims. */
export function claimsPath(chainId) {
  return `/api/v1/networks/${encodeURIComponent(chainId)}/faucet/claims`;
}

/**
 * Follows a claim by server-sent events until it ended, and calls `onChange` for each state. Where the stream
 * breaks, the browser comes back by itself. Answers a function that lets go.
 */
export function followClaim(claim, onChange) {
  const source = new EventSource(`${claimsPath(claim.chainId)}/${encodeURIComponent(claim.id)}/events`);
  source.addEventListener("claim", (event) => {
    const next = JSON.parse(event.data);
    onChange(next);
    if (next.state === "confirmed" || next.state === "failed") source.close();
  });
  return () => source.close();
}

/** An amount of base units as a person reads it: `1.5 PAW`. Exact: no floating point is used. */
export function amountText({ denom, amount }, denoms) {
  const known = denoms.find((entry) => entry.denom === denom);
  if (!known) return `${amount} ${denom}`;
  const digits = amount.padStart(known.exponent + 1, "0");
  const whole = digits.slice(0, digits.length - known.exponent).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const rest = digits.slice(digits.length - known.exponent).replace(/0+$/, "");
  return `${whole}${rest === "" ? "" : `.${rest}`} ${known.display}`;
}

/** `in 12 s`, `in 5 min`: how long until a time. */
export function untilText(time, nowMs) {
  const seconds = Math.max(0, Math.ceil((Date.parse(time) - nowMs) / 1000));
  if (seconds < 120) return `in ${seconds} s`;
  if (seconds < 7200) return `in ${Math.round(seconds / 60)} min`;
  return `in ${Math.round(seconds / 3600)} h`;
}

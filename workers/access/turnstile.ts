import { z } from "zod";
import type { ProofVerdict, TurnstileProofs } from "../domain/access/proofs.ts";
import type { Log } from "../domain/claim/ports.ts";
import { readAnswer } from "./read-answer.ts";
import { sha256Hex } from "./sha256.ts";

/** What one network's widget is checked by. */
export type TurnstileSettings = {
  readonly chainId: string;
  readonly secret: string;
  /** Host names of the pages that may show the widget, lower case. */
  readonly hostnames: readonly string[];
  /** Cloudflare's own address, except in tests. */
  readonly verifyUrl: string;
};

/** What the page gives the widget as its action; Cloudflare hands it back, and nobody between can change it. */
const action = "claim";
/** Cloudflare's own bounds: no token is longer, none is good for longer. */
const tokenMax = 2048;
const ageMaxMs = 300_000;
const clocksApartMs = 60_000;
/** Spent nonces are kept this much longer, so that a clock that runs behind opens no second chance. */
const nonceGraceMs = 600_000;
const timeoutMs = 5_000;
const bytesMax = 65_536;
const again = "Cloudflare gave no answer about the Turnstile token. Try again in some seconds.";

/** Source: developers.cloudflare.com/turnstile/get-started/server-side-validation. */
const answer = z.object({
  success: z.boolean(),
  challenge_ts: z.string().max(64).optional(),
  hostname: z.string().max(253).optional(),
  action: z.string().max(64).optional(),
  cdata: z.string().max(255).optional(),
  "error-codes": z.array(z.string().max(64)).max(16).default([]),
});
type Answer = z.output<typeof answer>;

/**
 * Tokens of Cloudflare's Turnstile, by its siteverify. The widget's cdata has to be the address that is to be paid,
 * so that a token is good for nobody else. Whatever goes wrong on the way is a refusal, never a pass.
 */
export class Turnstile implements TurnstileProofs {
  readonly #settings: TurnstileSettings;
  readonly #log: Log;

  constructor(settings: TurnstileSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  async verify(token: string, clientIp: string | null, address: string, nowMs: number): Promise<ProofVerdict> {
    const no = (detail: string): ProofVerdict => ({ ok: false, detail });
    if (token === "" || token.length > tokenMax) return no(`A Turnstile token has from 1 to ${tokenMax} characters.`);
    const hash = await sha256Hex(`${this.#settings.chainId}\n${token}`);
    const said = await this.#ask(token, clientIp, hash);
    if (said === null) return no(again);
    if (!said.success) return no(this.#refusalOf(said["error-codes"]));
    const { hostnames } = this.#settings;
    if (!hostnames.includes(said.hostname?.toLowerCase() ?? ""))
      return no("The Turnstile token was made on a page that is not this faucet's.");
    if (said.action !== action) return no(`The Turnstile token is not for the action ${action}.`);
    if (said.cdata !== address) return no("The Turnstile token is for another address (cdata).");
    const madeMs = Date.parse(said.challenge_ts ?? "");
    if (!(madeMs <= nowMs + clocksApartMs)) return no("The Turnstile token's time is not one of the past.");
    if (nowMs - madeMs > ageMaxMs) return no("The Turnstile token is older than 5 minutes. Solve a new one.");
    const nonce = { id: `turnstile:${hash}`, expiresAtMs: madeMs + ageMaxMs + nonceGraceMs };
    return { ok: true, quotaKey: `turnstile:${address}`, nonce };
  }

  /** Cloudflare's word; null when there is none. */
  async #ask(token: string, clientIp: string | null, hash: string): Promise<Answer | null> {
    const { secret, verifyUrl } = this.#settings;
    const ip = clientIp === null ? {} : { remoteip: clientIp };
    // Asked again for the same claim, Cloudflare says the same again; on another network of ours it refuses.
    const form = new URLSearchParams({ secret, response: token, ...ip, idempotency_key: uuidOf(hash) });
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      // A redirect could take the secret elsewhere.
      const got = await fetch(verifyUrl, { method: "POST", body: form, redirect: "manual", signal });
      if (got.ok) return answer.parse(await readAnswer(got, bytesMax));
      await got.body?.cancel();
      this.#log("turnstile_unreachable", { status: got.status });
    } catch (error) {
      this.#log("turnstile_unreachable", { error: error instanceof Error ? error.name : "unknown" });
    }
    return null;
  }

  #refusalOf(codes: readonly string[]): string {
    if (codes.includes("timeout-or-duplicate"))
      return "The Turnstile token was used before, or is older than 5 minutes. Solve a new one.";
    if (codes.some((code) => code.endsWith("-input-secret"))) {
      this.#log("turnstile_secret_refused", {});
      return "Cloudflare refuses this faucet's TURNSTILE_SECRET. Tell the faucet's operator.";
    }
    if (codes.includes("internal-error")) return again;
    return "The Turnstile token is not one of this faucet's widget. Solve a new one.";
  }
}

/** A UUID for a hash, in the form of version 4, which every reader of UUIDs takes. */
function uuidOf(hash: string): string {
  const variant = "89ab"[Number.parseInt(hash.charAt(16), 16) % 4];
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`];
  return [...parts, `${variant}${hash.slice(17, 20)}`, hash.slice(20, 32)].join("-");
}

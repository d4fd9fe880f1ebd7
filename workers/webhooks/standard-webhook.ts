import { Webhook } from "standardwebhooks";
import type { WebhookSender } from "../domain/claim/deliver.ts";
import type { OutgoingMessage } from "../domain/claim/watch-store.ts";

const timeoutMsMost = 10_000;

/** Posts messages as standardwebhooks.com has it, signed with a shared secret. No redirect is followed. */
export class StandardWebhook implements WebhookSender {
  readonly #url: string;
  readonly #signer: Webhook;
  readonly #nowMs: () => number;
  readonly #timeoutMs: number;

  /** `secret` is `whsec_` and base64. */
  constructor(url: string, secret: string, nowMs: () => number, timeoutMs = timeoutMsMost) {
    this.#timeoutMs = timeoutMs;
    this.#url = url;
    this.#signer = new Webhook(secret);
    this.#nowMs = nowMs;
  }

  async send({ id, body }: Pick<OutgoingMessage, "id" | "body">): Promise<string | null> {
    const at = new Date(this.#nowMs());
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": this.#signer.sign(id, at, body),
    };
    try {
      const init = {
        method: "POST",
        headers,
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(this.#timeoutMs),
      } as const;
      const answer = await fetch(this.#url, init);
      await answer.body?.cancel();
      return answer.status >= 200 && answer.status < 300 ? null : `it answered ${answer.status}`;
    } catch (error) {
      // The name alone: a message may quote the URL, and that may hold a credential.
      return error instanceof Error ? error.name : "unknown";
    }
  }
}

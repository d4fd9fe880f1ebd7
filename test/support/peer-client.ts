import { exports } from "cloudflare:workers";

/** What a peer's client got. */
export type PeerAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** Asks the Worker under test as a peer's client does: under any host, and the answer may be any text. */
export async function send(url: string, init: RequestInit = {}): Promise<PeerAnswer> {
  const whole = url.startsWith("/") ? `http://wellspring.test${url}` : url;
  const answer = await exports.default.fetch(new Request(whole, init));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** POSTs a body; a string goes out as it is. */
export function post(url: string, body: unknown, headers: HeadersInit = {}): Promise<PeerAnswer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return send(url, { method: "POST", body: text, headers });
}

/** The answer read as JSON. */
export function json({ text }: PeerAnswer): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

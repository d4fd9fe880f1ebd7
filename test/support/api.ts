import { env, exports } from "cloudflare:workers";
import { toBech32 } from "@cosmjs/encoding";

/** An answer of the API, its body read as JSON. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

/** Asks the Worker under test. */
export async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await exports.default.fetch(new Request(`http://wellspring.test${path}`, init));
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** The path of a network's claims. */
export function claimsOf(chainId: string): string {
  return `/api/v1/networks/${chainId}/faucet/claims`;
}

/** Claims; a string body goes out as it is. */
export function claim(chainId: string, body: unknown, headers: HeadersInit = {}, query = ""): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return ask(`${claimsOf(chainId)}${query}`, { method: "POST", body: text, headers });
}

/** An address of the test chains that nobody has used. */
export function newAddress(): string {
  return toBech32("sand", crypto.getRandomValues(new Uint8Array(20)));
}

/** Holds, steps or resets a chain: see test/support/sandbox-setup.ts. */
export async function control(chainId: string, operation: string): Promise<void> {
  const answer = await fetch(`${env.SANDBOX_CONTROL}/${chainId}/${operation}`, { method: "POST" });
  await answer.text();
}

/** What an address holds on the chain, in usand: the chain's own word. */
export async function balanceOf(chainId: string, address: string): Promise<bigint> {
  return BigInt(await (await fetch(`${env.SANDBOX_CONTROL}/${chainId}/${address}`)).text());
}

/** Asks until the answer satisfies; throws with the last one after 20 s. */
export async function until<T>(question: () => Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  const endMs = Date.now() + 20_000;
  for (;;) {
    const answer = await question();
    if (satisfied(answer)) return answer;
    if (Date.now() > endMs) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

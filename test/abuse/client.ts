import { toBech32 } from "@cosmjs/encoding";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/scrypt";
import type { Random } from "../simulation/random.ts";
import { pack } from "../support/solve-challenge.ts";
import type { Origin } from "./populations.ts";

type Puzzle = Parameters<typeof solveChallenge>[0]["challenge"];
type Work = { readonly triesMost: number };

/** A puzzle that was handed out, not solved yet. */
export type Bought = { readonly challenge: Puzzle; readonly triesMost: number };

/** An answer: its status, and its code where it is a refusal. */
export type Told = { readonly status: number; readonly code: string };

/** Work that a population can still do, in derivations. */
export type Purse = { left: number; spent: number };

/** What the edge would say of the client with this number. `group` keeps populations apart. */
export function originHeaders(origin: Origin, group: number, index: number, random: Random): Record<string, string> {
  const own4 = `20.${group}.${index >> 8}.${index & 255}`;
  switch (origin) {
    case "ipv4 each":
      return { "cf-connecting-ip": own4 };
    case "/48 each":
      return { "cf-connecting-ip": `2a00:${group.toString(16)}:${index.toString(16)}::1` };
    case "one ipv4":
      return { "cf-connecting-ip": `198.51.100.${group}` };
    case "one /48":
      // Each /56 has 256 of the /64s: every claim comes from another /64, and each third from another /56.
      return { "cf-connecting-ip": `2a0f:dead:beef:${(index * 86).toString(16)}::1` };
    case "one ipv4, forged header":
      return {
        "cf-connecting-ip": `198.51.100.${group}`,
        "x-forwarded-for": `${random.between(1, 223)}.${random.between(0, 255)}.0.1`,
        "x-real-ip": own4,
      };
    case "another worker":
      return { "cf-connecting-ip": own4, "cf-worker": "attacker.example" };
  }
}

/** A recipient that nobody has used. */
export function newRecipient(random: Random): string {
  return toBech32(
    "sand",
    Uint8Array.from({ length: 20 }, () => random.between(0, 255)),
  );
}

/** One client's own requests to one faucet. */
export class Client {
  readonly #url: string;
  readonly #faucet: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, chainId: string, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#faucet = `${url}/api/v1/networks/${chainId}/faucet`;
    this.#headers = headers;
  }

  /** A puzzle at the price of the moment, or the refusal. */
  async buy(address: string): Promise<Bought | Told> {
    const { status, body } = await this.#post(`${this.#faucet}/challenges`, { address });
    if (status !== 201) return { status, code: String(body.code) };
    return { challenge: body.challenge as Puzzle, triesMost: (body.work as Work).triesMost };
  }

  /** A text for the recipient to sign, or the refusal. */
  async askText(address: string): Promise<{ readonly text: string } | Told> {
    const { status, body } = await this.#post(`${this.#faucet}/challenges`, { address, kind: "signature" });
    return status === 201 ? { text: String(body.text) } : { status, code: String(body.code) };
  }

  async claim(brought: object, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
    const { status, body } = await this.#post(`${this.#faucet}/claims`, brought, headers);
    return { status, code: String(body.code ?? "") };
  }

  /** As @cosmjs/faucet-client does. */
  async credit(address: string): Promise<Told> {
    const body = JSON.stringify({ address, denom: "usand" });
    const answer = await fetch(`${this.#url}/credit`, { method: "POST", headers: this.#headers, body });
    return { status: answer.status, code: (await answer.text()).slice(0, 40) };
  }

  async #post(url: string, content: unknown, headers: Readonly<Record<string, string>> = {}) {
    const init = { method: "POST", headers: { ...this.#headers, ...headers }, body: JSON.stringify(content) };
    const answer = await fetch(url, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
}

/** Solves a puzzle natively and pays for each derivation. Null: the purse does not hold what it may take. */
export async function solveFrom(purse: Purse, { challenge, triesMost }: Bought): Promise<string | null> {
  if (purse.left < triesMost / 2) return null;
  const counted: typeof deriveKey = (...of) => {
    purse.left -= 1;
    purse.spent += 1;
    return deriveKey(...of);
  };
  const solution = await solveChallenge({ challenge, deriveKey: counted, timeout: 120_000 });
  return solution && pack(challenge, solution);
}

import { toBech32 } from "@cosmjs/encoding";
import { account } from "../genesis/gentxs.ts";
import { adminKeys, newAdminClient } from "./admin-keys.ts";
import { type Answer, ask } from "./api.ts";
import { profileOf, proofOf } from "./registrations.ts";

const client = newAdminClient();

/** Where a network's validators lie. */
export const validatorsOf = (chain: string) => `/api/v1/networks/${chain}/validators`;

/** The line that an operator signs for a content. */
export async function wordFor(chain: string, number: number, action: string, content?: object): Promise<string> {
  const body = JSON.stringify({ action, operator: account(number), ...(content ? { content } : {}) });
  const { status, body: challenge } = await ask(`${validatorsOf(chain)}/challenges`, { method: "POST", body });
  if (status !== 200 || typeof challenge.word !== "string") throw new Error(JSON.stringify(challenge));
  return challenge.word;
}

/** Sends a body. */
export function send(
  path: string,
  method: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return ask(path, { method, body: JSON.stringify(body), headers });
}

/** A registration that is ready to be sent. */
export async function registrationOf(
  chain: string,
  number: number,
  {
    changes = {},
    contact,
    kind = "adr036",
  }: { changes?: object; contact?: string | null; kind?: "adr036" | "tx" } = {},
) {
  const content = { profile: profileOf(number, changes), ...(contact === undefined ? {} : { contact }) };
  const word = await wordFor(chain, number, "register", content);
  return { operator: account(number), content, proof: proofOf(word, number, kind) };
}

/** Registers an operator. */
export async function register(
  chain: string,
  number: number,
  how: Parameters<typeof registrationOf>[2] = {},
): Promise<Answer> {
  return send(validatorsOf(chain), "POST", await registrationOf(chain, number, how));
}

/** Amends an operator's registration. */
export async function amend(chain: string, number: number, content: object): Promise<Answer> {
  const word = await wordFor(chain, number, "amend", content);
  return send(`${validatorsOf(chain)}/${account(number)}`, "PUT", { content, proof: proofOf(word, number) });
}

/** Withdraws an operator's registration. */
export async function withdraw(chain: string, number: number): Promise<Answer> {
  const word = await wordFor(chain, number, "withdraw");
  return send(`${validatorsOf(chain)}/${account(number)}/withdrawal`, "POST", { proof: proofOf(word, number) });
}

/** Asks for something of a coordinator's. */
export function askReviewer(
  chain: string,
  method: string,
  path: string,
  body?: object,
  key: keyof typeof adminKeys = "coordinator",
): Promise<Answer> {
  const headers = { authorization: `Bearer ${adminKeys[key]}`, "cf-connecting-ip": client };
  const sent = body ? { body: JSON.stringify(body) } : {};
  return ask(`/api/v1/admin/networks/${chain}/validators${path}`, { method, headers, ...sent });
}

/** Approves an operator's registration at the revision that stands. */
export async function approve(chain: string, number: number, more: object = {}): Promise<Answer> {
  const { body } = await ask(`${validatorsOf(chain)}/${account(number)}`);
  const { rev } = body.registered as { rev: number };
  return askReviewer(chain, "POST", `/${account(number)}/approval`, { rev, ...more });
}

/** An address with a prefix that no key stands behind. */
export const strayAddress = (prefix = "paw") => toBech32(prefix, crypto.getRandomValues(new Uint8Array(20)));

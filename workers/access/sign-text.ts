/** What a text to be signed says, apart from its nonce. */
export type SignFacts = {
  /** Where it was asked for, such as `https://faucet.example.org`. */
  readonly origin: string;
  readonly chainId: string;
  /** What the signature is good for, and for nothing else. */
  readonly action: string;
  readonly address: string;
  readonly expiresAtMs: number;
};

/** A text that was read back; its nonce is not checked yet. */
export type SignTextReading =
  | { readonly ok: true; readonly facts: SignFacts; readonly nonce: string }
  | { readonly ok: false };

/** Longer is no text of ours: origin, network and address have their own bounds. */
const textMax = 1024;
const head = "Wellspring asks you to prove that you hold this address. Signing moves nothing and costs nothing.";
const origins = /^https?:\/\/[\x21-\x7e]{1,300}$/;
const words = /^[\x21-\x7e]{1,128}$/;
const form = new RegExp(
  `^${head.replaceAll(".", "\\.")}\n\nOrigin: (\\S+)\nNetwork: (\\S+)\nAction: (\\S+)\nAddress: (\\S+)\nNonce: ([0-9a-f]{64})\nExpires: (\\S+)$`,
);

/**
 * Writes the text: one fact a line, for the person who signs it in their wallet. Throws where a fact could hold a
 * line break or a space: then a text would say two things.
 */
export function writeSignText({ origin, chainId, action, address, expiresAtMs }: SignFacts, nonce: string): string {
  if (!origins.test(origin) || ![chainId, action, address].every((fact) => words.test(fact)))
    throw new Error("a fact of a text to be signed has a space or is too long");
  const facts = [
    `Origin: ${origin}`,
    `Network: ${chainId}`,
    `Action: ${action}`,
    `Address: ${address}`,
    `Nonce: ${nonce}`,
    `Expires: ${new Date(expiresAtMs).toISOString()}`,
  ];
  return [head, "", ...facts].join("\n");
}

/** Reads what {@link writeSignText} wrote: only a text that it would write again, to the letter. Never throws. */
export function readSignText(text: string): SignTextReading {
  const match = text.length <= textMax ? form.exec(text) : null;
  if (match === null) return { ok: false };
  const [, origin = "", chainId = "", action = "", address = "", nonce = "", expires = ""] = match;
  const facts = { origin, chainId, action, address, expiresAtMs: Date.parse(expires) };
  try {
    return writeSignText(facts, nonce) === text ? { ok: true, facts, nonce } : { ok: false };
  } catch {
    return { ok: false };
  }
}

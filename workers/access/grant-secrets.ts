import type { GrantKind } from "../domain/access/grant.ts";

/** No 0, 1, i, l, o, u: what is read aloud in a hall is typed right. 30 letters. */
const speakable = "23456789abcdefghjkmnpqrstvwxyz";
const idAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * What is kept of a secret: SHA-256 in hex, apart by kind. A key has 256 random bits, so nothing slower is needed. A
 * code is what people type: case, spaces around it and dashes do not matter.
 */
export async function hashSecret(kind: GrantKind, secret: string): Promise<string> {
  const text = kind === "code" ? secret.normalize("NFKC").toLowerCase().replaceAll(/[\s-]/g, "") : secret;
  const bytes = new TextEncoder().encode(`wellspring/${kind}/${text}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A new grant's id and secret. With `id` given, another secret for that one. */
export function newSecret(
  kind: GrantKind,
  id = pick(idAlphabet, 12),
): { readonly id: string; readonly secret: string } {
  if (kind === "code") return { id, secret: `${pick(speakable, 5)}-${pick(speakable, 5)}` };
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
  return { id, secret: `wsk_${id}_${text}` };
}

/** So many letters, each as likely: bytes past the last whole multiple are dropped. */
function pick(alphabet: string, count: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      if (byte < fair && text.length < count) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

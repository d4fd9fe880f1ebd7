import { z } from "zod";

const hex = z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/);
const count = z.int().min(0);

/** What a client sends back; as ALTCHA's own widget builds it. */
const payload = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal("SCRYPT"),
      cost: count,
      data: z.strictObject({ chainId: z.string().max(50), address: z.string().max(256), triesMost: count }),
      expiresAt: count,
      keyLength: count,
      keyPrefix: hex,
      keySignature: hex,
      memoryCost: count,
      nonce: hex,
      parallelism: count,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: z.strictObject({ counter: count, derivedKey: hex, time: z.number().optional() }),
});

type Payload = z.output<typeof payload>;

/** A solution of the right shape, or why not. Nothing of it is believed yet. */
export type SolutionReading =
  | { readonly ok: true; readonly challenge: Payload["challenge"]; readonly solution: Solution }
  | { readonly ok: false; readonly detail: string };

type Solution = { readonly counter: number; readonly derivedKey: string };

/** Reads `challenge` of a claim: base64 of the JSON `{"challenge": …, "solution": …}`. Never throws. */
export function readSolution(text: string): SolutionReading {
  const no = (detail: string) => ({ ok: false, detail }) as const;
  let content: unknown;
  try {
    content = JSON.parse(atob(text.trim()));
  } catch {
    return no('A solved challenge is base64 of the JSON {"challenge": …, "solution": …}.');
  }
  const parsed = payload.safeParse(content);
  if (parsed.success) {
    const { counter, derivedKey } = parsed.data.solution;
    return { ok: true, challenge: parsed.data.challenge, solution: { counter, derivedKey } };
  }
  const [fault] = parsed.error.issues;
  return no(`The solved challenge is not as it should be at ${fault?.path.join(".") || "its root"}.`);
}

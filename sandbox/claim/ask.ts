/** A JSON object as it came. */
export type Body = Record<string, unknown>;
/** An answer of the faucet's API. */
export type Answer = { readonly status: number; readonly body: Body };

/** Nobody answered, or no JSON. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

const askMs = 15_000;
const pauseMs = 500;

/** Asks for JSON: three tries, a longer pause after each. Throws {@link NoAnswer}. */
export async function ask(url: string, init: RequestInit): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(askMs) });
      return { status: answer.status, body: (await answer.json()) as Body };
    } catch (error) {
      if (attempt === 3) throw new NoAnswer(`no usable answer from ${url}: ${causeOf(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
    }
  }
}

/** fetch says "fetch failed" and keeps the reason inside. */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== "" ? cause.message : message;
}

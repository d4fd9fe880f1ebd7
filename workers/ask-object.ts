const pauseMs = 100;

/**
 * Asks a Durable Object over RPC, and again where no reply came, `tries` times in all. Throws what `unreachable` makes
 * of the last error's text.
 */
export async function askObject<Stub, T>(
  stub: () => Stub,
  question: (object: Stub) => Promise<T>,
  tries: number,
  unreachable: (text: string, options: ErrorOptions) => Error,
): Promise<T> {
  let cause: unknown;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      // A stub that has thrown stays broken: each try takes a new one.
      return await question(stub());
    } catch (error) {
      cause = error;
      if (isOverloaded(error)) break;
      if (attempt < tries) await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
    }
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  throw unreachable(text.slice(0, 300), { cause });
}

/** Set by the platform on an object's error; asking again at once would make it worse. */
function isOverloaded(error: unknown): boolean {
  return error instanceof Error && "overloaded" in error && error.overloaded === true;
}

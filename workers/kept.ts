/**
 * The same question, asked again only when its answer is older than `keptMs`: many people look at one thing at a time.
 * Only the value is kept: a promise is its request's own.
 */
export function kept<T>(ask: () => Promise<T>, keptMs: number, nowMs: () => number): () => Promise<T> {
  let last: { readonly value: T; readonly atMs: number } | null = null;
  return async () => {
    if (last !== null && nowMs() - last.atMs < keptMs) return last.value;
    const value = await ask();
    last = { value, atMs: nowMs() };
    return value;
  };
}

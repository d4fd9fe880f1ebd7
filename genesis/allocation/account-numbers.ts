/** The numbers that accounts end up with, and the order in which they then stand. */
export type AccountNumbers = { readonly numbers: Float64Array; readonly order: Uint32Array; readonly inOrder: boolean };

/**
 * Account numbers as the SDK's `SanitizeGenesisAccounts` (x/auth/types/genesis.go) gives them: whoever repeats a
 * number gets the lowest that nobody has, lowest repeated number first; then all stand by number.
 */
export function sanitizedNumbers(given: Float64Array): AccountNumbers {
  const numbers = given.slice();
  // The lowest free number is never above the count, so the others needn't be marked one by one.
  const taken = new Uint8Array(given.length + 1);
  const byNumber = Uint32Array.from(given, (_, index) => index).sort(
    (a, b) => (given[a] ?? 0) - (given[b] ?? 0) || a - b,
  );
  const repeated: number[] = [];
  byNumber.forEach((index, place) => {
    const before = byNumber[place - 1];
    if (before !== undefined && given[before] === given[index]) repeated.push(index);
    else mark(taken, given[index] ?? 0);
  });
  let free = 0;
  for (const index of repeated) {
    while (taken[free] === 1) free += 1;
    numbers[index] = free;
    mark(taken, free);
  }
  const order = Uint32Array.from(numbers, (_, index) => index).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
  return { numbers, order, inOrder: order.every((index, place) => index === place) };
}

function mark(taken: Uint8Array, number: number): void {
  if (number < taken.length) taken[number] = 1;
}

type Event = { readonly atMs: number; readonly order: number; readonly run: () => void };

/** Virtual time. Events run one by one; between two of them every promise that can go on has gone on. */
export class Timeline {
  nowMs = 1_750_000_000_000;
  readonly #heap: Event[] = [];
  #order = 0;

  /** Whole milliseconds, as clocks tell them. */
  at(atMs: number, run: () => void): void {
    this.#push({ atMs: Math.max(Math.ceil(atMs), this.nowMs), order: this.#order++, run });
  }

  after(ms: number, run: () => void): void {
    this.at(this.nowMs + ms, run);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Runs events until `done` says so, or `endMs` is reached. */
  async run(endMs: number, done: () => boolean): Promise<void> {
    while (!done()) {
      const next = this.#heap[0];
      if (!next || next.atMs > endMs) return;
      this.#pop();
      this.nowMs = next.atMs;
      next.run();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let child = heap.push(event) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!isBefore(event, heap[parent])) break;
      heap[child] = heap[parent] as Event;
      child = parent;
    }
    heap[child] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let parent = 0;
    for (;;) {
      let child = parent * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child])) child += 1;
      if (!isBefore(heap[child] as Event, last)) break;
      heap[parent] = heap[child] as Event;
      parent = child;
    }
    heap[parent] = last;
  }
}

function isBefore(a: Event, b: Event | undefined): boolean {
  return b === undefined || a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

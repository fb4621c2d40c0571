/** A story told in simulated time: each yielded number is how many milliseconds pass before it goes on. */
export type Process = Generator<number, void, void>;

type Entry = { atMs: number; order: number; process: Process };

/**
 * Discrete-event engine: processes take turns in the order of their times; equal times keep the order of their
 * scheduling, so that a run is a pure function of what was spawned. Times are milliseconds since the start.
 */
export type Engine = {
  nowMs(): number;
  spawn(process: Process, delayMs: number): void;
  /** When the next process goes on; Infinity when none waits. */
  nextAtMs(): number;
  runNext(): void;
};

export function createEngine(): Engine {
  const heap: Entry[] = [];
  let now = 0;
  let order = 0;

  const push = (process: Process, atMs: number): void => {
    heap.push({ atMs, order, process });
    order += 1;
    siftUp(heap, heap.length - 1);
  };

  return {
    nowMs: () => now,
    spawn: (process, delayMs) => push(process, now + Math.max(0, delayMs)),
    nextAtMs: () => heap[0]?.atMs ?? Infinity,
    runNext: () => {
      const entry = popFirst(heap);
      if (entry === undefined) return;
      now = entry.atMs;
      const step = entry.process.next();
      // Whole milliseconds: what messages carry, so that nothing is rounded differently later.
      if (step.done !== true) push(entry.process, now + Math.max(1, Math.round(step.value)));
    },
  };
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}

function siftUp(heap: Entry[], from: number): void {
  let index = from;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapIfBefore(heap, index, parent)) return;
    index = parent;
  }
}

function popFirst(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || first === last) return first;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const leftEntry = heap[left];
    if (leftEntry === undefined) return first;
    const rightEntry = heap[left + 1];
    const child = rightEntry !== undefined && isBefore(rightEntry, leftEntry) ? left + 1 : left;
    if (!swapIfBefore(heap, child, index)) return first;
    index = child;
  }
}

function swapIfBefore(heap: Entry[], child: number, parent: number): boolean {
  const childEntry = heap[child];
  const parentEntry = heap[parent];
  if (childEntry === undefined || parentEntry === undefined || !isBefore(childEntry, parentEntry))
    return false;
  heap[child] = parentEntry;
  heap[parent] = childEntry;
  return true;
}

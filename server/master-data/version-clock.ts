/** Versions of rows: Unix microseconds, never twice the same, never back. The newest version is the row. */
export function createVersionClock(nowMs: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(last + 1, nowMs() * 1000);
    return last;
  };
}

import { useSyncExternalStore } from "react";

/** One clock for all ages on the page: it ticks once a second, and only while something looks at it. */
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    nowMs = Date.now();
    timer = setInterval(() => {
      nowMs = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now, Unix ms, to the second. */
export function useNowMs(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

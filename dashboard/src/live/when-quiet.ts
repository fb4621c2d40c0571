import type { QueryClient } from "@tanstack/react-query";

const LONGEST_WAIT_MS = 2000;

/**
 * Starts something when no question to the server is under way any more, at the latest after two seconds. The answer stops it, or
 * calls the start off.
 */
export function whenQuiet(queries: QueryClient, start: () => () => void): () => void {
  let stop: (() => void) | null = null;
  const begin = () => {
    callOff();
    stop = start();
  };
  const timer = setTimeout(begin, LONGEST_WAIT_MS);
  const unsubscribe = queries.getQueryCache().subscribe(() => {
    if (queries.isFetching() === 0) begin();
  });
  const callOff = () => {
    clearTimeout(timer);
    unsubscribe();
  };
  return () => {
    callOff();
    stop?.();
  };
}

import { ApiProblem } from "./api-problem.ts";
import { type BackOff, backOffDelayMs } from "./stream/back-off.ts";

const WAITS: BackOff = { firstMs: 250, longestMs: 10_000 };
/** A server that asks to wait longer than this is not waited for, milliseconds. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Tries a call again where that helps and does no harm: 429 and 503 after what `Retry-After` says, and what got no answer, with
 * waits that double. `isRepeatable`: the call only reads, or carries an idempotency key; any other is tried again only after a
 * 429, which did nothing.
 */
export async function withRetries<Answer>(
  attempt: () => Promise<Answer>,
  options: { retries: number; isRepeatable: boolean; signal?: AbortSignal | undefined },
): Promise<Answer> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isMended = attempts < options.retries && isWorthAnother(error, options.isRepeatable);
      if (!isMended || !(error instanceof ApiProblem)) throw error;
      const waitMs = waitBefore(attempts, error);
      if (waitMs > LONGEST_WAIT_MS) throw error;
      await pause(waitMs, options.signal);
    }
  }
}

function isWorthAnother(error: unknown, isRepeatable: boolean): boolean {
  if (!(error instanceof ApiProblem)) return false;
  if (error.status === 429) return true;
  return isRepeatable && (error.status === 503 || error.code === "unreachable");
}

/** What the server asks for, and some chance beside it, so that all who wait do not come back in one instant. */
function waitBefore(attempts: number, { retryAfterSeconds }: ApiProblem): number {
  const ownMs = backOffDelayMs(attempts, Math.random(), WAITS);
  return retryAfterSeconds === null ? ownMs : retryAfterSeconds * 1000 + Math.random() * 250;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      signal?.removeEventListener("abort", abort);
      resolve();
    }
    function abort(): void {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
    }
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

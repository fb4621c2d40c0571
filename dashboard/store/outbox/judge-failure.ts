import { ApiProblem } from "../../../client/api-problem.ts";
import type { Refusal } from "./outbox-entry.ts";

/** A server that failed so often at one action is not asked again by itself: the actions behind it go on. */
export const MOST_FAILURES = 5;
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);

/**
 * What a failed attempt means for its action. `later`: nothing is decided, the same request is sent again. `signed_out`: again,
 * once somebody has signed in. `failed`: the server broke at it. `taken`: it was done, only the answer can't be read. `refused`:
 * decided, and will not be decided otherwise.
 */
export type Verdict =
  | { kind: "later"; retryAfterMs: number | null; isOffline: boolean }
  | { kind: "signed_out" }
  | { kind: "failed"; refusal: Refusal }
  | { kind: "taken" }
  | { kind: "refused"; refusal: Refusal };

export function judgeFailure(error: unknown): Verdict {
  if (!(error instanceof ApiProblem)) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "failed", refusal: { status: 0, code: "page_failed", title: "The page failed", detail } };
  }
  const { status, code, title, detail, retryAfterSeconds } = error;
  const refusal = { status, code, title, detail };
  if (code === "unreadable_answer") return { kind: "taken" };
  if (status === 0) return { kind: "later", retryAfterMs: null, isOffline: true };
  if (status === 401) return { kind: "signed_out" };
  if (NOT_NOW.has(status)) {
    const retryAfterMs = retryAfterSeconds === null ? null : retryAfterSeconds * 1000;
    return { kind: "later", retryAfterMs, isOffline: false };
  }
  return status >= 500 ? { kind: "failed", refusal } : { kind: "refused", refusal };
}

const FIRST_MS = 5_000;
const LONGEST_MS = 2 * 3_600_000;

/**
 * When to try again after `attempts` that failed (1 or more): 5 s, doubling to two hours, of which a random half is taken away
 * at most, so that what failed together does not come back together. Null once `giveUpAfterMs` have passed since it began:
 * some 20 attempts in a day.
 */
export function nextAttemptAtMs(
  delivery: { createdAtMs: number; attempts: number },
  nowMs: number,
  random: number,
  limits: { firstMs?: number; giveUpAfterMs: number },
): number | null {
  const ceilingMs = Math.min(
    LONGEST_MS,
    (limits.firstMs ?? FIRST_MS) * 2 ** Math.min(delivery.attempts - 1, 30),
  );
  const atMs = nowMs + ceilingMs * (1 - random / 2);
  return atMs > delivery.createdAtMs + limits.giveUpAfterMs ? null : Math.round(atMs);
}

/** Wrong passwords that are answered at once, before the next attempt has to wait. */
const FREE_FAILURES_PER_USER = 5;
/** All readers of a store come from one address: one wrong password among them must not lock out the others. */
const FREE_FAILURES_PER_ADDRESS = 100;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const MAX_ENTRIES = 10_000;

export type AuthThrottle = {
  /** Whether an attempt must be turned away without looking at its password. */
  isWaiting(address: string, user: string): boolean;
  failed(address: string, user: string): void;
  succeeded(address: string, user: string): void;
};

type Failures = { count: number; lastMs: number };

/** Makes guessing slow: after some failures each further one doubles the time in which nothing is tried, up to 60 s. */
export function createAuthThrottle(deps: { nowMs: () => number }): AuthThrottle {
  const failures = new Map<string, Failures>();

  const isKeyWaiting = (key: string, freeFailures: number): boolean => {
    const entry = failures.get(key);
    if (entry === undefined) return false;
    const ageMs = deps.nowMs() - entry.lastMs;
    if (ageMs > FORGOTTEN_AFTER_MS) failures.delete(key);
    const excess = entry.count - freeFailures;
    return excess >= 0 && ageMs < Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(excess, 16));
  };

  const addFailure = (key: string): void => {
    const count = (failures.get(key)?.count ?? 0) + 1;
    // Deleted first, so that the map stays in the order of the last failure and the oldest goes first.
    failures.delete(key);
    const oldest = failures.size >= MAX_ENTRIES ? failures.keys().next() : undefined;
    if (oldest?.done === false) failures.delete(oldest.value);
    failures.set(key, { count, lastMs: deps.nowMs() });
  };

  return {
    isWaiting: (address, user) =>
      isKeyWaiting(userKey(address, user), FREE_FAILURES_PER_USER) ||
      isKeyWaiting(address, FREE_FAILURES_PER_ADDRESS),
    failed(address, user) {
      addFailure(userKey(address, user));
      addFailure(address);
    },
    succeeded(address, user) {
      failures.delete(userKey(address, user));
    },
  };
}

function userKey(address: string, user: string): string {
  return `${address} ${user.slice(0, 64)}`;
}

import type { Logger } from "pino";
import type { LedgerReader } from "./ledger-reader.ts";
import type { SequencedMovement, SequenceFollower } from "./sequence-follower.ts";

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;

/**
 * Reads what was missed from ClickHouse, one location after the other, until nothing is missing. Tries again for as long
 * as it must, more and more slowly: until then the projection says that it is not caught up, and guesses nothing.
 */
export function createGapFiller(deps: {
  reader: LedgerReader;
  logger: Logger;
  apply(locationId: string, movements: readonly SequencedMovement[]): void;
  firstDelayMs?: number;
}) {
  const firstDelayMs = deps.firstDelayMs ?? FIRST_DELAY_MS;
  const queue = new Map<string, SequenceFollower>();
  let running: Promise<void> | null = null;
  let isStopped = false;
  let wake = () => {};

  async function fill(locationId: string, follower: SequenceFollower): Promise<void> {
    let delayMs = firstDelayMs;
    // oxlint-disable-next-line no-unmodified-loop-condition -- stop() changes it while this awaits
    while (follower.hasGap && !isStopped) {
      const before = follower.applied;
      try {
        const missed = await deps.reader.movementsAfter(locationId, before);
        if (isStopped) return;
        deps.apply(locationId, follower.take(missed));
        if (follower.applied > before) {
          delayMs = firstDelayMs;
          continue;
        }
        deps.logger.warn(
          { locationId, applied: before, behind: follower.lag },
          "missing movements are not in ClickHouse yet",
        );
      } catch (error) {
        deps.logger.warn(
          { err: error, locationId, applied: before },
          "missing movements could not be read; will try again",
        );
      }
      await pause(delayMs);
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      const next = queue.entries().next();
      // Cleared here and not when the promise settles: a request in between would be lost.
      if (next.done === true || isStopped) {
        running = null;
        return;
      }
      const [locationId, follower] = next.value;
      queue.delete(locationId);
      await fill(locationId, follower);
    }
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    /** Starts filling, unless this location waits for it already. */
    request(locationId: string, follower: SequenceFollower): void {
      if (isStopped) return;
      queue.set(locationId, follower);
      running ??= run();
    },
    async stop(): Promise<void> {
      isStopped = true;
      wake();
      await running;
    },
  };
}

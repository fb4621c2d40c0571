import type { Logger } from "pino";
import type { StoredReads } from "./stored-reads.ts";

/** Takes in what was read while no ingest ran, or just before one ended, and what waited for a change made meanwhile. */
export async function catchUp(storedReads: StoredReads, logger: Logger): Promise<void> {
  const events = {
    cutOff: await storedReads.replay(),
    waitedForReader: await storedReads.takeWaiting(null),
    waitedForProduct: await storedReads.takeNewlyKnown(null),
  };
  await storedReads.countUnassigned();
  if (Object.values(events).some((count) => count > 0)) {
    logger.info({ events }, "Stored reads that were not in the ledger yet are taken in");
  }
}

import type { Logger } from "pino";
import type { MasterData } from "./master-data.ts";
import type { NewlyKnown } from "./newly-known.ts";
import type { Committer } from "./pipeline/committer.ts";
import type { ReaderActivity } from "./reader-activity.ts";
import type { StoredReads } from "./recovery/stored-reads.ts";

/** Changes of master data within this time are read together. */
const pauseMs = 200;
const againMs = 5_000;

export type MasterDataReloader = {
  /** Master data changed. Many changes in a row are one reload: the one that waits will see them all. */
  request(): void;
  /** Reloads no more, and resolves when the one that runs has ended. */
  stop(): Promise<void>;
};

/** Reads master data again when it changed; reads that waited for a zone or a product that they have now are taken in. */
export function createMasterDataReloader(deps: {
  masterData: MasterData;
  activity: ReaderActivity;
  committer: Committer;
  storedReads: StoredReads;
  logger: Logger;
}): MasterDataReloader {
  const { masterData, activity, committer, storedReads, logger } = deps;
  let reloading: Promise<void> = Promise.resolve();
  let isWaiting = false;
  let isStopped = false;
  /** A look at what is newly known broke off: the next one is at all that is known. */
  let isOwed = false;
  let later: NodeJS.Timeout | undefined;

  async function takeNewlyKnown(news: NewlyKnown | null): Promise<void> {
    if (!isOwed && news !== null && news.gtins.length === 0 && news.tags.length === 0) return;
    const wanted = isOwed ? null : news;
    isOwed = true;
    await committer.flush();
    const events = await storedReads.takeNewlyKnown(wanted);
    isOwed = false;
    logger.info({ events }, "Reads that had waited for products or mapped tags are taken in");
  }

  async function reload(): Promise<void> {
    try {
      await takeNewlyKnown(await masterData.reload());
      // Asked after the reload: until its end reads came in that wait.
      const readers = activity
        .waiting()
        .filter(({ locationId, readerId }) => masterData.isAssignedReader(locationId, readerId))
        .map(({ locationId, readerId }) => `${locationId}/${readerId}`);
      if (readers.length === 0) return;
      await committer.flush();
      const events = await storedReads.takeWaiting(new Set(readers));
      logger.info({ readers, events }, "Reads that had waited for these readers are taken in");
    } catch (error) {
      logger.error(
        { error },
        "Master data could not be read again; the copy of before is used, and it is tried again.",
      );
      clearTimeout(later);
      if (!isStopped) later = setTimeout(request, againMs);
    }
  }

  function request(): void {
    if (isWaiting || isStopped) return;
    isWaiting = true;
    reloading = reloading.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      isWaiting = false;
      await reload();
    });
  }

  return {
    request,
    async stop() {
      isStopped = true;
      clearTimeout(later);
      await reloading;
    },
  };
}

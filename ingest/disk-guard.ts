import { statfs } from "node:fs/promises";
import type { Logger } from "pino";
import type { Intake } from "./intake/intake.ts";

export type DiskGuard = {
  /** Looks at the disk, and pauses or resumes intake. */
  check(): Promise<void>;
  /** Why intake is paused, for a person; null while there is room. */
  reason(): string | null;
};

/** Pauses intake before the disk is full: ClickHouse then still has room to merge, and nothing is half written. */
export function createDiskGuard(deps: {
  /** Share of the disk that is free, 0 to 1. */
  freeShare(): Promise<number>;
  minFreeShare: number;
  intake: Pick<Intake, "pause" | "resume">;
  logger: Logger;
}): DiskGuard {
  const { minFreeShare, intake, logger } = deps;
  let reason: string | null = null;
  return {
    async check() {
      try {
        const freeShare = await deps.freeShare();
        const isFull = freeShare < minFreeShare;
        if (isFull && reason === null) {
          intake.pause();
          logger.error(
            { freeShare },
            "The disk is nearly full. Intake is paused: nothing is lost, senders wait. Free space to go on.",
          );
        }
        if (!isFull && reason !== null) intake.resume();
        reason = isFull
          ? `${(freeShare * 100).toFixed(1)} % of the disk is free, ${minFreeShare * 100} % are needed; intake is paused`
          : null;
      } catch (error) {
        logger.warn({ error }, "The free space of the disk could not be read");
      }
    },
    reason: () => reason,
  };
}

/** The share of a folder's disk that this user may still fill. */
export async function freeShareOf(directory: string): Promise<number> {
  const { bavail, blocks } = await statfs(directory);
  return bavail / blocks;
}

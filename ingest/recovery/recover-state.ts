import type { MasterData } from "../master-data.ts";
import type { ReaderActivity } from "../reader-activity.ts";
import type { FollowOthers } from "./follow-others.ts";
import { type LoadBookDeps, type LoadedBook, loadBook } from "./load-book.ts";
import { restoreClocks } from "../readers/restore-clocks.ts";

export type RecoverStateDeps = Omit<LoadBookDeps, "followedUntilMs"> & {
  masterData: MasterData;
  activity: ReaderActivity;
  /** Null where this ingest serves all locations. */
  others: FollowOthers | null;
};

/** Loads what ingest must know before its first message: master data, readers' clocks, the stock book. */
export async function recoverState(deps: RecoverStateDeps): Promise<LoadedBook> {
  const { db, masterData, activity, others, ownsLocation, nowMs } = deps;
  await masterData.reload();
  await restoreClocks({ db, activity, ownsLocation, nowMs });
  return await loadBook({ ...deps, followedUntilMs: (await others?.readFollowedUntil()) ?? null });
}

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type {
  ReplayOptions,
  ReplayProgress,
  ReplayReport,
  TrackingReplay,
} from "../../domain/api/tracking-replays.ts";

/** Replays that are kept to be asked for; the oldest go first. */
const MAX_KEPT = 20;
/** After each few milliseconds of work a replay rests as long: ingest and the server in this process go first. */
const REST_MS = 5;

/** Runs one replay. `breathe` is called every few milliseconds of work and rejects when it is to end. */
export type RunTrackingReplay = (
  options: ReplayOptions,
  hooks: { onProgress(progress: ReplayProgress): void; breathe(): Promise<void> },
) => Promise<ReplayReport>;

export type TrackingReplays = ReturnType<typeof createTrackingReplays>;

/** Replays that this process does, one at a time. They live in its memory: a restart forgets them. */
export function createTrackingReplays(deps: { run: RunTrackingReplay; logger: Logger }) {
  const replays = new Map<string, TrackingReplay>();

  async function work(replay: TrackingReplay): Promise<void> {
    try {
      replay.report = await deps.run(replay.options, {
        onProgress: (progress) => {
          replay.progress = progress;
        },
        async breathe() {
          await pause(REST_MS);
          if (replay.status === "cancelled") throw new Error("cancelled");
        },
      });
      if (replay.status === "running") replay.status = "done";
    } catch (error) {
      if (replay.status === "cancelled") return;
      replay.status = "failed";
      replay.failure = error instanceof Error ? error.message : String(error);
      deps.logger.error(
        { err: error, replayId: replay.replayId },
        "a replay failed; the ledger is as it was",
      );
    }
  }

  function forgetOldest(): void {
    for (const replayId of replays.keys()) {
      if (replays.size <= MAX_KEPT) return;
      replays.delete(replayId);
    }
  }

  return {
    running: () => [...replays.values()].find(({ status }) => status === "running") ?? null,
    find: (replayId: string) => replays.get(replayId) ?? null,
    /** Call it when none is running. */
    start(options: ReplayOptions): TrackingReplay {
      const replay: TrackingReplay = {
        replayId: randomUUID(),
        status: "running",
        options,
        progress: { atMs: Date.parse(options.from), share: 0, reads: 0, events: 0 },
        report: null,
        failure: null,
      };
      replays.set(replay.replayId, replay);
      forgetOldest();
      void work(replay);
      return replay;
    },
    /** It ends with its next breath. */
    cancel(replay: TrackingReplay): void {
      if (replay.status === "running") replay.status = "cancelled";
    },
  };
}

import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import {
  type ReplayOptions,
  type ReplayProgress,
  type ReplayReport,
  trackingReplaySchema,
} from "../../domain/api/tracking-replays.ts";

const askEveryMs = 300;
const answerWithinMs = 30_000;

/** Has a running system do a replay, and waits for its report. Interrupted, it ends the replay there. */
export async function followReplay(
  system: { url: string; token: string },
  options: ReplayOptions,
  onProgress: (progress: ReplayProgress) => void,
): Promise<ReplayReport> {
  let replay = await ask(system, "POST", "/v1/admin/replays", options);
  const path = `/v1/admin/replays/${replay.replayId}`;
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt);
  try {
    while (replay.status === "running") {
      await pause(askEveryMs);
      replay = await ask(system, interrupted.signal.aborted ? "DELETE" : "GET", path);
      onProgress(replay.progress);
    }
  } finally {
    process.off("SIGINT", interrupt);
  }
  if (replay.report !== null) return replay.report;
  throw new Error(replay.failure ?? `The replay was ${replay.status}. The ledger is as it was.`);
}

async function ask(system: { url: string; token: string }, method: string, path: string, body?: unknown) {
  const response = await fetch(new URL(path, system.url), {
    method,
    headers: { authorization: `Bearer ${system.token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(answerWithinMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.ok) return trackingReplaySchema.parse(answer);
  const problem = z.object({ detail: z.string() }).safeParse(answer);
  throw new Error(problem.success ? problem.data.detail : `the system answered ${response.status}`);
}

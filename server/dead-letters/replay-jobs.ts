import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { DeadLetterFilter, ReplayJob } from "../../domain/api/dead-letters.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";
import type { Replayer } from "./replayer.ts";

/** Letters on their way at once: a message may have megabytes. */
const CHUNK = 25;
const KEPT_JOBS = 50;

type Job = { answer: ReplayJob; isStopping: boolean; done: Promise<void> };

export type ReplayJobs = ReturnType<typeof createReplayJobs>;

/**
 * Replays of many, one job at a time, the oldest letter first. A job ends early when the broker is away, when a person
 * stops it, or when nobody answers a whole chunk: what it did not try stays open.
 */
export function createReplayJobs(deps: {
  store: DeadLetterStore;
  replayer: Replayer;
  nowMs(): number;
  logger: Logger;
}) {
  const jobs = new Map<string, Job>();

  const nowText = () => new Date(deps.nowMs()).toISOString();

  async function run(job: Job, filter: DeadLetterFilter, isHistorical: boolean): Promise<void> {
    const { answer } = job;
    const wish = { isHistorical, by: answer.startedBy, jobId: answer.jobId };
    let after: { ms: number; id: string } | null = null;
    for (;;) {
      if (job.isStopping) return end(job, "stopped", "A person, or the end of the server, stopped it.");
      const rows = await deps.store.openAfter(filter, after, CHUNK);
      if (rows.length === 0) return end(job, "finished", "");
      answer.total = Math.max(answer.total, answer.tried + (rows[0]?.remaining ?? 0));
      const { steps, refusal } = await deps.replayer.replay(
        rows.map((row) => row.dead_letter_id),
        wish,
      );
      for (const { step } of steps) count(answer, step.status);
      if (refusal !== null) return end(job, "stopped", refusal);
      if (steps.every(({ step }) => step.status === "unknown")) {
        return end(job, "stopped", "No ingest answered. Start it again when /readyz of ingest is green.");
      }
      const last = rows.at(-1);
      if (last !== undefined) after = { ms: last.first_received_ms, id: last.dead_letter_id };
    }
  }

  function end(job: Job, state: "finished" | "stopped", reason: string): void {
    Object.assign(job.answer, { state, reason, finishedAt: nowText() });
  }

  return {
    running: (): ReplayJob | null =>
      [...jobs.values()].find(({ answer }) => answer.state === "running")?.answer ?? null,
    get: (jobId: string): ReplayJob | null => jobs.get(jobId)?.answer ?? null,
    list: (): ReplayJob[] => [...jobs.values()].map(({ answer }) => answer).reverse(),

    /** Only letters that came before now: one that comes back meanwhile is not tried for ever. */
    start(filter: DeadLetterFilter, isHistorical: boolean, startedBy: string): ReplayJob {
      const answer: ReplayJob = {
        jobId: randomUUID(),
        state: "running",
        reason: "",
        startedBy,
        startedAt: nowText(),
        finishedAt: null,
        total: 0,
        tried: 0,
        accepted: 0,
        duplicates: 0,
        rejected: 0,
        unknown: 0,
      };
      const job: Job = { answer, isStopping: false, done: Promise.resolve() };
      job.done = run(job, { ...filter, to: filter.to ?? answer.startedAt }, isHistorical).catch(
        (error: unknown) => {
          deps.logger.error({ err: error, jobId: answer.jobId }, "a replay of dead letters broke off");
          end(
            job,
            "stopped",
            "It broke off; the server's log says why. What was not tried is open as before.",
          );
        },
      );
      jobs.set(answer.jobId, job);
      for (const jobId of jobs.keys()) if (jobs.size > KEPT_JOBS) jobs.delete(jobId);
      return answer;
    },
    /** After what is on its way. */
    stop(jobId: string): ReplayJob | null {
      const job = jobs.get(jobId);
      if (job === undefined) return null;
      job.isStopping = true;
      return job.answer;
    },
    async stopAll(): Promise<void> {
      for (const job of jobs.values()) job.isStopping = true;
      await Promise.all([...jobs.values()].map((job) => job.done));
    },
  };
}

function count(answer: ReplayJob, status: string | null): void {
  answer.tried += 1;
  if (status === "duplicate") answer.duplicates += 1;
  else if (status === "rejected") answer.rejected += 1;
  else if (status === "unknown") answer.unknown += 1;
  else answer.accepted += 1;
}

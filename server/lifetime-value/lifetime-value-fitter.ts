import type { Logger } from "pino";
import type { LifetimeValueRun } from "../../domain/api/lifetime-value.ts";
import { createLocalClock, dateOfDay } from "../../domain/time-zone/local-clock.ts";
import { pause } from "../../sql/pause.ts";
import type { LifetimeValueStore } from "./lifetime-value-store.ts";
import { type ComputeLifetimeValues, runFit } from "./run-fit.ts";

/** How often it is looked whether the night's run is due. */
const LOOK_EVERY_MS = 300_000;
/** … and whether this server has become the writer. */
const WRITER_EVERY_MS = 2_000;

export type LifetimeValueFitter = ReturnType<typeof createLifetimeValueFitter>;

/**
 * Fits lifetime value: each night after `hour` of the locations' time zone (null = never by itself), and when asked. One run at a time.
 * A run looks at whole days, so its last one is yesterday; repeated on the same day it makes the same values.
 */
export function createLifetimeValueFitter(deps: {
  store: LifetimeValueStore;
  compute: ComputeLifetimeValues;
  role: { mode(): "loading" | "writer" | "standby" };
  hour: number | null;
  lookEveryMs?: number;
  logger: Logger;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { store, logger, lookEveryMs = LOOK_EVERY_MS } = deps;
  const stopping = new AbortController();
  let last: LifetimeValueRun | null = null;
  let running: Promise<number> | null = null;
  let schedule: Promise<void> = Promise.resolve();
  /** The day that the schedule has taken on since the start. */
  let triedDay = "";

  /** Today's day in the time zone and the hour of it. */
  function localNow(timeZone: string): { day: number; hour: number } {
    const { day, minute } = createLocalClock(timeZone).read(deps.nowMs());
    return { day, hour: Math.floor(minute / 60) };
  }

  /** @returns how many persons were predicted */
  async function work(run: LifetimeValueRun, askedBy: string): Promise<number> {
    const startMs = performance.now();
    try {
      const timeZone = await store.timeZone();
      const asOf = dateOfDay(localNow(timeZone).day - 1);
      run.asOf = asOf;
      const order = { run: Number(run.runId), asOf, timeZone, askedBy, startedAt: run.startedAt };
      const persons = await runFit(deps, order, stopping.signal);
      run.status = "done";
      const tookMs = Math.round(performance.now() - startMs);
      logger.info({ runId: run.runId, asOf, persons, tookMs }, "Lifetime values are predicted anew");
      return persons;
    } catch (error) {
      run.status = "failed";
      run.failure = error instanceof Error ? error.message : String(error);
      if (!stopping.signal.aborted)
        logger.error(
          { err: error, runId: run.runId },
          "lifetime values could not be predicted; the last ones stay",
        );
      return 0;
    }
  }

  function begin(askedBy: string): LifetimeValueRun {
    if (last?.status === "running") return last;
    const run: LifetimeValueRun = {
      runId: String(deps.nextVersion()),
      status: "running",
      asOf: null,
      startedAt: new Date(deps.nowMs()).toISOString(),
      failure: null,
    };
    last = run;
    running = work(run, askedBy);
    return run;
  }

  async function isDue(hour: number): Promise<boolean> {
    const timeZone = await store.timeZone();
    const now = localNow(timeZone);
    const wanted = dateOfDay(now.day - 1);
    if (now.hour < hour || triedDay === wanted) return false;
    const [newest] = await store.fits(1);
    triedDay = wanted;
    return newest === undefined || newest.asOf < wanted;
  }

  async function follow(hour: number): Promise<void> {
    do {
      try {
        while (deps.role.mode() !== "writer") {
          if (!(await pause(WRITER_EVERY_MS, stopping.signal))) return;
        }
        if (await isDue(hour)) {
          begin("schedule");
          // Where there is nobody yet, a history may be imported at any hour of the day.
          if ((await running) === 0) triedDay = "";
        }
      } catch (error) {
        logger.warn(
          { err: error },
          "it could not be seen whether lifetime values are due; looked again soon",
        );
      }
    } while (await pause(lookEveryMs, stopping.signal));
  }

  return {
    /** Begins a run, or gives the one that goes on. */
    begin,
    /** The run that goes on, or else the last one since the start. */
    last: (): LifetimeValueRun | null => last,
    /** Resolves when none goes on. */
    idle: async (): Promise<void> => {
      await running;
    },
    start(): void {
      if (deps.hour !== null) schedule = follow(deps.hour);
    },
    /** A run that goes on is ended; the last whole one stays. */
    async stop(): Promise<void> {
      stopping.abort();
      await running;
      await schedule;
    },
  };
}

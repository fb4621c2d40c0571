import { encodeMessage } from "./formats/encode-message.ts";
import type { Timeline } from "./message.ts";
import type { Simulation, SimulationStep } from "./simulation.ts";
import { liveTimeline } from "./timeline.ts";
import type { TruthRow } from "./world/world.ts";

/** Behind by more than this (a laptop that slept), the run goes on from the present and does not catch up in a burst. */
const MAX_LAG_MS = 30_000;

export type RunClock = {
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

export type RunProgress = {
  /** Everything up to here was published and acknowledged; give it as `resumeFromMs` to go on after a restart. */
  acknowledgedMs: number;
  messages: number;
  reads: number;
  /** How far publishing is behind the simulated schedule, in real milliseconds. */
  lagMs: number;
};

export type RunOptions = {
  simulation: Simulation;
  root: string;
  /** Resolves when the broker has acknowledged (QoS 1). */
  publish(topic: string, payload: string): Promise<void>;
  clock: RunClock;
  /** Simulated seconds per real second; above 0. */
  speed: number;
  signal: AbortSignal;
  /** Publishes that may wait for their acknowledgement at the same time. Default 256. */
  window?: number;
  /** Steps up to here are walked through without publishing, at once. Default: all are published. */
  resumeFromMs?: number;
  /** Called with rows of truth and the time they hold for. */
  onTruth?(atUnixMs: number, rows: readonly TruthRow[]): void;
  /** Called after each step that was taken. */
  onProgress?(progress: RunProgress): void;
};

/**
 * Publishes a simulation in real time until it ends or the signal is aborted, and resolves when all is acknowledged.
 * Rejects with the first failed publish.
 */
export async function runSimulation(options: RunOptions): Promise<RunProgress> {
  const { simulation, root, clock, speed, signal } = options;
  const resumeFromMs = options.resumeFromMs ?? -1;
  const inFlight = createInFlight(options.window ?? 256);
  let originMs = clock.now();
  let timeline: Timeline | null = null;
  let messages = 0;
  let reads = 0;
  let lagMs = 0;
  const progress = (): RunProgress => ({ acknowledgedMs: inFlight.acknowledgedMs(), messages, reads, lagMs });

  for (const step of simulation.steps()) {
    if (signal.aborted) break;
    if (step.dueMs <= resumeFromMs || step.dueMs === Infinity) continue;
    // The clock starts when the walk to the present is over.
    if (timeline === null) originMs = clock.now();
    timeline ??= liveTimeline(originMs, Math.max(0, resumeFromMs), speed);

    const earlyMs = timeline.toUnixMs(step.dueMs) - clock.now();
    lagMs = Math.max(0, -earlyMs);
    if (earlyMs > 0) await clock.wait(earlyMs, signal);
    else if (lagMs > MAX_LAG_MS) timeline = liveTimeline(clock.now(), step.dueMs, speed);
    if (signal.aborted) break;

    if (step.kind === "truth") {
      options.onTruth?.(timeline.toUnixMs(step.dueMs), step.rows);
      continue;
    }
    const payload = encodeMessage(step.body, timeline, step.locationId);
    await inFlight.add(step.dueMs, options.publish(`${root}/${step.topic}`, payload));
    messages += 1;
    reads += readsIn(step);
    options.onProgress?.(progress());
  }
  await inFlight.drain();
  return progress();
}

function readsIn(step: Extract<SimulationStep, { kind: "message" }>): number {
  return step.body.kind === "reads" ? step.body.reads.length : 0;
}

/** At most `window` promises at a time. `acknowledgedMs` is the time before which nothing is open any more. */
function createInFlight(window: number) {
  const open = new Map<Promise<void>, number>();
  const failures: unknown[] = [];
  let lastMs = -1;
  const throwIfFailed = (): void => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async add(dueMs: number, publish: Promise<void>): Promise<void> {
      const settled = publish.then(
        () => void open.delete(settled),
        (error: unknown) => {
          failures.push(error);
          open.delete(settled);
        },
      );
      open.set(settled, dueMs);
      lastMs = dueMs;
      while (open.size >= window) await Promise.race(open.keys());
      throwIfFailed();
    },
    async drain(): Promise<void> {
      await Promise.all(open.keys());
      throwIfFailed();
    },
    acknowledgedMs(): number {
      const [oldest] = open.values();
      return oldest === undefined ? lastMs : oldest - 1;
    },
  };
}

import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { summaryOf } from "../../domain/epcis/event-summary.ts";
import { stockMeaningOf } from "../../domain/epcis/stock/stock-meaning.ts";
import { type Refusal, refuse } from "../../domain/result.ts";
import { HttpProblem } from "../problems.ts";
import type { CaptureError, ErrorBehaviour, EventOutcome } from "./capture-outcome.ts";
import type { CaptureJob, CaptureStore } from "./capture-store.ts";
import type { EventStore } from "./event-store.ts";
import { type MoveStockDeps, moveStock } from "./move-stock.ts";
import { captureError, type TakenDocument, type TakenEvent, takeDocument } from "./take-document.ts";
import type { EpcisValidator } from "./validate.ts";

/** Jobs whose stock is still to be moved; more are refused rather than kept. */
const MAX_WAITING = 1_000;
/** How long stock events of a job are tried again while the broker is away; then the job ends and says so. */
const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, ...Array.from({ length: 40 }, () => 30_000)];

/** Events whose receipts are waited for at once. */
const CONCURRENT = 100;

export type CaptureJobs = ReturnType<typeof createCaptureJobs>;

/**
 * Runs capture jobs. Events are written first, in one step for a job; then what they mean for stock is published, job after job,
 * in the order of the documents. A job that a stop cut off goes on at the next start: its events are there or not, never half,
 * and its stock events are known by their ids.
 */
export function createCaptureJobs(
  deps: MoveStockDeps & {
    validator: EpcisValidator;
    store: CaptureStore;
    events: EventStore;
    nowMs(): number;
    logger: Logger;
    retryDelaysMs?: readonly number[];
  },
) {
  const retryDelaysMs = deps.retryDelaysMs ?? RETRY_DELAYS_MS;
  const stopping = new AbortController();
  let waiting = 0;
  let lastTaken: Promise<unknown> = Promise.resolve();
  let lastMoved: Promise<unknown> = Promise.resolve();

  /** Writes the events, one job after the other, so that a repeat finds what came before it. */
  function take(job: CaptureJob): Promise<TakenDocument> {
    const mine = lastTaken.then(() => {
      const { opened } = deps.validator.openDocument(JSON.parse(job.document));
      if (opened === null) throw new Error(`the document of capture job ${job.captureId} cannot be opened`);
      return takeDocument({ validator: deps.validator, store: deps.events, nowMs: deps.nowMs }, job, opened);
    });
    lastTaken = mine.catch(() => undefined);
    return mine;
  }

  async function moveAll(job: CaptureJob, document: TakenDocument): Promise<void> {
    const errors: CaptureError[] = [...document.errors];
    const byIndex = new Map(document.events.map((one) => [one.event, one]));
    const patience = { attempts: 0 };
    for (const some of inTurns(document.taken)) {
      const outcomes = await Promise.all(some.map((taken) => moveOne(job, taken, errors, patience)));
      // Stopping: the job stays as it is, and goes on at the next start.
      if (stopping.signal.aborted) return;
      for (const outcome of outcomes) byIndex.set(outcome.event, outcome);
    }
    const events = [...byIndex.values()].sort((a, b) => a.event - b.event);
    await finish({ ...job, outcome: { errors, events }, success: errors.length === 0 });
  }

  /** `patience` is the job's: where the broker stays away, the events that follow are not waited for as long again. */
  async function moveOne(
    job: CaptureJob,
    taken: TakenEvent,
    errors: CaptureError[],
    patience: { attempts: number },
  ): Promise<EventOutcome> {
    const base = { event: taken.index, eventID: taken.eventId, status: "captured" as const };
    let why: Refusal = refuse("outcome_unknown", "Events before it were not answered.");
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      if (patience.attempts > retryDelaysMs.length) break;
      const moved = await moveStock(deps, taken, job.locationId);
      if (moved.ok) {
        patience.attempts = 0;
        return { ...base, ...moved.value };
      }
      why = moved;
      patience.attempts = Math.max(patience.attempts, attempt + 1);
      const delayMs = retryDelaysMs[attempt];
      if (delayMs === undefined) break;
      await wait(delayMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
    const detail = `Its stock events were not answered: ${why.detail} Send them by POST /v1/events, or correct the stock.`;
    errors.push(captureError("outcome_unknown", detail, taken.index));
    return { ...base, published: [], left: [{ code: why.code, detail: why.detail }] };
  }

  const finish = (job: CaptureJob) => deps.store.save({ ...job, finishedAtMs: deps.nowMs() });

  async function run(job: CaptureJob): Promise<TakenDocument> {
    let document: TakenDocument;
    try {
      document = await take(job);
    } catch (error) {
      // Left as it is: what is not known now may be written; the next start goes on with it.
      deps.logger.error({ err: error, captureId: job.captureId }, "a capture job waits for the next start");
      throw error;
    }
    waiting += 1;
    const moved = lastMoved.then(() => moveAll(job, document));
    lastMoved = moved
      .catch((error: unknown) => {
        deps.logger.error({ err: error, captureId: job.captureId }, "a capture job waits for the next start");
      })
      .finally(() => {
        waiting -= 1;
      });
    return document;
  }

  return {
    /**
     * Takes a document whose envelope is valid. @returns the job, durable, and its capture, which goes on: it ends when the
     * events are written. Throws `epcis_busy`.
     */
    async begin(wish: {
      document: unknown;
      errorBehaviour: ErrorBehaviour;
      createdBy: string;
      locationId: string | null;
    }): Promise<{ job: CaptureJob; captured: Promise<TakenDocument> }> {
      if (waiting >= MAX_WAITING || stopping.signal.aborted) {
        throw new HttpProblem("epcis_busy", `${waiting} capture jobs wait.`, {}, { "retry-after": "10" });
      }
      const job: CaptureJob = {
        captureId: randomUUID(),
        createdAtMs: deps.nowMs(),
        finishedAtMs: null,
        createdBy: wish.createdBy,
        locationId: wish.locationId,
        errorBehaviour: wish.errorBehaviour,
        success: true,
        document: JSON.stringify(wish.document),
        outcome: { errors: [], events: [] },
      };
      await deps.store.save(job);
      const captured = run(job);
      captured.catch(() => undefined);
      return { job, captured };
    },

    /** Goes on with the jobs that the last stop cut off. */
    async resume(): Promise<void> {
      for (const job of await deps.store.running()) void run(job).catch(() => undefined);
    },

    /** No more attempts: what runs is left for the next start. */
    stop(): void {
      stopping.abort();
    },

    /** Resolves when no job waits: for tests and for an orderly stop. */
    async idle(): Promise<void> {
      await lastTaken;
      await lastMoved;
    },
  };
}

/** Events that may be told at once; one that depends on what the ledger made of those before it stands alone. */
function inTurns(taken: readonly TakenEvent[]): TakenEvent[][] {
  const turns: TakenEvent[][] = [];
  let open: TakenEvent[] = [];
  for (const one of taken) {
    const isAlone = one.isDeclaration || stockMeaningOf(summaryOf(one.event)) === "remove";
    if (isAlone || open.length === CONCURRENT) {
      if (open.length > 0) turns.push(open);
      open = [];
    }
    if (isAlone) turns.push([one]);
    else open.push(one);
  }
  if (open.length > 0) turns.push(open);
  return turns;
}

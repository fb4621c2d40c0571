import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import {
  type CaptureOutcome,
  captureOutcomeSchema,
  type ErrorBehaviour,
  errorBehaviourSchema,
} from "./capture-outcome.ts";

/** A capture job. `document` is kept while it runs, so that the next start can go on with it. Times in Unix ms. */
export type CaptureJob = {
  captureId: string;
  createdAtMs: number;
  finishedAtMs: number | null;
  createdBy: string;
  /** The one location that the sender may speak for; null = all. */
  locationId: string | null;
  errorBehaviour: ErrorBehaviour;
  success: boolean;
  document: string;
  outcome: CaptureOutcome;
};

const COLUMNS = [
  "capture_id",
  "created_at",
  "finished_at",
  "created_by",
  "location_id",
  "error_behaviour",
  "success",
  "document",
  "outcome",
  "version",
];

const rowSchema = z
  .object({
    capture_id: z.string(),
    created_at: instantSchema,
    finished_at: instantSchema.nullable(),
    created_by: z.string(),
    location_id: z.string(),
    error_behaviour: errorBehaviourSchema,
    success: z.number(),
    document: z.string(),
    outcome: z.string(),
  })
  .transform(
    (row): CaptureJob => ({
      captureId: row.capture_id,
      createdAtMs: Date.parse(row.created_at),
      finishedAtMs: row.finished_at === null ? null : Date.parse(row.finished_at),
      createdBy: row.created_by,
      locationId: row.location_id === "" ? null : row.location_id,
      errorBehaviour: row.error_behaviour,
      success: row.success === 1,
      document: row.document,
      outcome: captureOutcomeSchema.parse(JSON.parse(row.outcome)),
    }),
  );

/** Later than any row. */
const END_OF_TIME_MS = 9_999_999_999_999;
const MAX_RUNNING = 1_000;

export type CaptureStore = ReturnType<typeof createCaptureStore>;

/** Capture jobs in the table `epcis_captures`. */
export function createCaptureStore(deps: { db: Database; nextVersion(): number }) {
  const select = (wish: {
    captureId?: string;
    locationId?: string;
    isRunning?: boolean;
    before?: { ms: number; id: string };
    rows: number;
  }) =>
    deps.db.query({
      name: "epcis/captures",
      sql: loadQuery("epcis/captures"),
      params: {
        before_ms: wish.before?.ms ?? END_OF_TIME_MS,
        before_id: wish.before?.id ?? "",
        capture_id: wish.captureId ?? "",
        location_id: wish.locationId ?? "",
        is_running: wish.isRunning === true ? 1 : 0,
        page_rows: wish.rows,
      },
      row: rowSchema,
    });

  return {
    /** Newest first; one more than `limit`. `locationId` null lists those of all senders. */
    list: (page: { before: { ms: number; id: string } | null; locationId: string | null; limit: number }) =>
      select({
        ...(page.before === null ? {} : { before: page.before }),
        locationId: page.locationId ?? "",
        rows: page.limit + 1,
      }),
    async find(captureId: string): Promise<CaptureJob | null> {
      return captureId === "" ? null : ((await select({ captureId, rows: 1 }))[0] ?? null);
    },
    /** Those that a stop cut off, oldest first, with their documents. */
    running: async () => (await select({ isRunning: true, rows: MAX_RUNNING })).reverse(),
    async save(job: CaptureJob): Promise<void> {
      await deps.db.insert({
        name: "epcis/save-capture",
        table: "epcis_captures",
        columns: COLUMNS,
        rows: [
          [
            job.captureId,
            new Date(job.createdAtMs).toISOString(),
            job.finishedAtMs === null ? null : new Date(job.finishedAtMs).toISOString(),
            job.createdBy,
            job.locationId ?? "",
            job.errorBehaviour,
            job.success ? 1 : 0,
            job.finishedAtMs === null ? job.document : "",
            JSON.stringify(job.outcome),
            deps.nextVersion(),
          ],
        ],
      });
    },
  };
}

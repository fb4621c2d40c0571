import { z } from "zod";
import type { FeedRun } from "../../domain/api/feeds.ts";
import { feedFindingSchema } from "../../domain/feeds/feed-finding.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MAX_SECONDS = 60;

/** A row of a feed. `locationId` is empty where the row is of all locations. */
export type FeedLine = { gtin: number; locationId: string; text: string };

const lineRowSchema = z
  .object({ gtin: z.number(), location_id: z.string(), text: z.string() })
  .transform((row): FeedLine => ({ gtin: row.gtin, locationId: row.location_id, text: row.text }));

const productRowSchema = z
  .object({
    gtin: z.number(),
    sku: z.string(),
    price: z.string().nullable(),
    currency: z.string(),
    is_sku_shared: z.number(),
  })
  .transform(({ is_sku_shared, ...row }) => ({ ...row, isSkuShared: is_sku_shared === 1 }));
export type FeedProduct = z.output<typeof productRowSchema>;

const runRowSchema = z
  .object({
    feed: z.string(),
    run: z.number(),
    kind: z.enum(["full", "delta"]),
    since_run: z.number(),
    state: z.enum(["sent", "broken"]),
    channel: z.string(),
    header: z.string(),
    asked_by: z.string(),
    revision: z.number(),
    started_at: instantSchema,
    finished_at: instantSchema,
    rows: z.number(),
    left_out: z.number(),
    findings: z.string(),
    bytes: z.number(),
    sha256: z.string(),
  })
  .transform((row) => ({
    header: row.header,
    run: {
      runId: String(row.run),
      feed: row.feed,
      kind: row.kind,
      sinceRunId: row.since_run === 0 ? null : String(row.since_run),
      state: row.state,
      channel: row.channel,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      revision: row.revision,
      askedBy: row.asked_by,
      rows: row.rows,
      leftOut: row.left_out,
      findings: z.array(feedFindingSchema).parse(JSON.parse(row.findings)),
      bytes: row.bytes,
      sha256: row.sha256,
    } satisfies FeedRun,
  }));
export type StoredFeedRun = z.output<typeof runRowSchema>;

export type FeedStore = ReturnType<typeof createFeedStore>;

/** Goods for feeds, and what was told of them: runs and their rows. */
export function createFeedStore({ db }: { db: Database }) {
  async function runs(filter: {
    feed?: string;
    run?: number;
    before?: number;
    state?: string;
    kind?: string;
    limit: number;
  }): Promise<StoredFeedRun[]> {
    const { feed = "", run = 0, before = 0, state = "", kind = "", limit } = filter;
    return await db.query({
      name: "feeds/runs",
      sql: loadQuery("feeds/runs"),
      params: { feed, run, before, state, kind, page_rows: limit },
      row: runRowSchema,
    });
  }

  return {
    runs,
    /** Goods after a GTIN, by GTIN. */
    products: (after: number, limit: number): Promise<FeedProduct[]> =>
      db.query({
        name: "feeds/products",
        sql: loadQuery("feeds/products"),
        params: { after, page_rows: limit },
        row: productRowSchema,
        maxSeconds: MAX_SECONDS,
      }),
    /** What was told through a run of the products after one GTIN up to another. */
    told: (feed: string, through: number, after: number, upTo: number): Promise<FeedLine[]> =>
      db.query({
        name: "feeds/told",
        sql: loadQuery("feeds/told"),
        params: { feed, through, after, up_to: upTo },
        row: lineRowSchema,
        maxSeconds: MAX_SECONDS,
      }),
    /** A page of what was sent, after a row. */
    sent: (feed: string, run: number, after: FeedLine | null, limit: number): Promise<FeedLine[]> =>
      db.query({
        name: "feeds/run-text",
        sql: loadQuery("feeds/run-text"),
        params: {
          feed,
          run,
          after_gtin: after?.gtin ?? 0,
          after_location: after?.locationId ?? "",
          page_rows: limit,
        },
        row: lineRowSchema,
        maxSeconds: MAX_SECONDS,
      }),
    async writeRows(feed: string, run: number, lines: readonly FeedLine[], sentAt: string): Promise<void> {
      if (lines.length === 0) return;
      await db.insert({
        name: "feeds/write-rows",
        table: "feed_rows",
        columns: ["feed", "run", "gtin", "location_id", "text", "sent_at"],
        rows: lines.map((line) => [feed, run, line.gtin, line.locationId, line.text, sentAt]),
      });
    },
    async writeRun(
      run: FeedRun,
      more: { header: string; settings: unknown; serverId: string },
    ): Promise<void> {
      const row = {
        feed: run.feed,
        run: Number(run.runId),
        kind: run.kind,
        since_run: Number(run.sinceRunId ?? 0),
        state: run.state,
        channel: run.channel,
        settings: JSON.stringify(more.settings),
        header: more.header,
        asked_by: run.askedBy,
        server_id: more.serverId,
        revision: run.revision,
        started_at: run.startedAt,
        finished_at: run.finishedAt,
        rows: run.rows,
        left_out: run.leftOut,
        findings: JSON.stringify(run.findings),
        bytes: run.bytes,
        sha256: run.sha256,
      };
      await db.insert({
        name: "feeds/write-run",
        table: "feed_runs",
        columns: Object.keys(row),
        rows: [Object.values(row)],
      });
    },
  };
}

import { Counter, type Registry } from "prom-client";
import type { FeedRun } from "../../domain/api/feeds.ts";

export type FeedMetrics = ReturnType<typeof createFeedMetrics>;

/** What was sent of feeds. The channels of marketplaces are an open list, so they are no label. */
export function createFeedMetrics(registry: Registry) {
  const runs = new Counter({
    name: "onhand_feed_runs_total",
    help: "Feeds that were fetched, by kind and by whether they were read to their end",
    labelNames: ["kind", "state"] as const,
    registers: [registry],
  });
  const rows = new Counter({
    name: "onhand_feed_rows_total",
    help: "Rows sent in feeds",
    registers: [registry],
  });
  const leftOut = new Counter({
    name: "onhand_feed_rows_left_out_total",
    help: "Rows that failed the lint of their feed and were not sent",
    registers: [registry],
  });
  return {
    onRun(run: FeedRun): void {
      runs.inc({ kind: run.kind, state: run.state });
      rows.inc(run.rows);
      leftOut.inc(run.leftOut);
    },
  };
}

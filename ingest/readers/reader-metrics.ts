import { Gauge, type Registry } from "prom-client";
import type { ReaderActivity } from "../reader-activity.ts";

/** How many readers are there, gone, or off in their time: counted when Prometheus asks. */
export function registerReaderMetrics(registry: Registry, activity: ReaderActivity): void {
  const readers: Gauge<"status"> = new Gauge({
    name: "onhand_ingest_readers",
    help: "Readers that were heard since the start, by status",
    labelNames: ["status"] as const,
    registers: [registry],
    collect() {
      for (const [status, count] of Object.entries(activity.summary().byStatus))
        readers.set({ status }, count);
    },
  });
  const corrected: Gauge = new Gauge({
    name: "onhand_ingest_corrected_clocks",
    help: "Readers whose clock is off, so that their reads are corrected",
    registers: [registry],
    collect() {
      corrected.set(activity.summary().corrected);
    },
  });
}

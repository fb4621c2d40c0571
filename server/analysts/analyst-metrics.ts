import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Turns } from "../http/turns.ts";

/** What analysts' queries came to, how long they took until their answer began, and how many run and wait. */
export function createAnalystMetrics(registry: Registry, slots: Turns) {
  const queries = new Counter({
    name: "onhand_sql_queries_total",
    help: "Queries of analysts by outcome: answered, refused, failed, left or busy",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "onhand_sql_seconds",
    help: "Seconds from a query of an analyst until its answer began",
    buckets: [0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const running = new Gauge({
    name: "onhand_sql_running",
    help: "Queries of analysts by state: running or waiting",
    labelNames: ["state"],
    registers: [],
    collect() {
      this.set({ state: "running" }, slots.running());
      this.set({ state: "waiting" }, slots.waiting());
    },
  });
  registry.registerMetric(running);
  return {
    observe(outcome: "answered" | "refused" | "failed" | "left" | "busy", tookMs: number): void {
      queries.inc({ outcome });
      if (outcome === "answered") seconds.observe(tookMs / 1000);
    },
  };
}

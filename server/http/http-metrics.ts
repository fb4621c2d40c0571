import { Histogram, type Registry } from "prom-client";
import type { Route } from "./route.ts";

export type HttpMetrics = ReturnType<typeof createHttpMetrics>;

/** Time of each request by route. Labels are the route's pattern, never an address, so their number is bounded. */
export function createHttpMetrics(registry: Registry) {
  const histogram = new Histogram({
    name: "onhand_http_request_seconds",
    help: "Time to answer HTTP requests",
    labelNames: ["route", "method", "status"] as const,
    buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  /** Label look-ups hash and sort; the hot path keeps what they found, by route and status. */
  const series = new Map<Route, Map<number, { observe(value: number): void }>>();

  function seriesOf(route: Route, status: number): { observe(value: number): void } {
    let byStatus = series.get(route);
    if (byStatus === undefined) {
      byStatus = new Map();
      series.set(route, byStatus);
    }
    let one = byStatus.get(status);
    if (one === undefined) {
      one = histogram.labels(route.path, route.method, String(status));
      byStatus.set(status, one);
    }
    return one;
  }

  return {
    observe(route: Route, status: number, elapsedMs: number): void {
      seriesOf(route, status).observe(elapsedMs / 1000);
    },
  };
}

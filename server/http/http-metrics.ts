import { Histogram, type Registry } from "prom-client";

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
  /** Label look-ups hash and sort; the hot path keeps what they found. */
  const series = new Map<string, { observe(value: number): void }>();
  return {
    observe(route: string, method: string, status: number, elapsedMs: number): void {
      const key = `${method}${status}${route}`;
      let one = series.get(key);
      if (one === undefined) {
        one = histogram.labels(route, method, String(status));
        series.set(key, one);
      }
      one.observe(elapsedMs / 1000);
    },
  };
}

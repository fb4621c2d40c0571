import { Counter, Gauge, type Registry } from "prom-client";
import type { Projection } from "../projection/projection.ts";
import type { StreamHub } from "../stream/stream-hub.ts";

/** What the projection and the stream count, read when Prometheus asks. */
export function registerServerMetrics(deps: {
  registry: Registry;
  projection: Projection;
  hub: StreamHub;
}): void {
  const { projection, hub, registry } = deps;
  const gauges: [string, string, () => number][] = [
    ["onhand_positions", "Positions held in memory", () => projection.table().size],
    ["onhand_position_bytes", "Bytes of the table of positions", () => projection.table().byteLength],
    ["onhand_projection_loaded", "1 when positions are loaded", () => Number(projection.isLoaded())],
    [
      "onhand_projection_lag_movements",
      "Movements that exist and are not applied yet",
      () => projection.lag(),
    ],
    ["onhand_stream_sockets", "Open sockets of the availability stream", () => hub.sockets.size],
    ["onhand_stream_subscriptions", "Subscriptions of all sockets", () => hub.subscriptionCount()],
  ];
  const counters: [string, string, () => number][] = [
    ["onhand_projection_movements_total", "Movements applied", () => projection.counts().movements],
    [
      "onhand_projection_gaps_total",
      "Gaps in a location's sequence that were found",
      () => projection.counts().gaps,
    ],
    [
      "onhand_projection_refused_total",
      "Messages that were not understood",
      () => projection.counts().refused,
    ],
    ["onhand_stream_frames_total", "Frames with items that were sent", () => hub.counts().frames],
    ["onhand_stream_snapshots_total", "Snapshots that were begun", () => hub.counts().snapshots],
    [
      "onhand_stream_resumes_total",
      "Subscriptions that got only what had changed",
      () => hub.counts().resumed,
    ],
    [
      "onhand_stream_dropped_total",
      "Subscriptions dropped to a snapshot: slow readers",
      () => hub.counts().dropped,
    ],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
  }
  for (const [name, help, read] of counters) {
    const counter: Counter = new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        counter.reset();
        counter.inc(read());
      },
    });
  }
}

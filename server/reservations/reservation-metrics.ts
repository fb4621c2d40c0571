import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { ReservationRole } from "./reservation-role.ts";

/** What is counted while reservations are decided. */
export function createReservationMetrics(registry: Registry) {
  const decided = new Counter({
    name: "onhand_reservations_decided_total",
    help: "Commands by what became of them",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  const counts = {
    granted: decided.labels("granted"),
    changed: decided.labels("changed"),
    refused: decided.labels("refused"),
    repeated: decided.labels("repeated"),
  };
  const groupRows = new Histogram({
    name: "onhand_reservation_group_rows",
    help: "Rows of a group commit",
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000],
    registers: [registry],
  });
  const commitSeconds = new Histogram({
    name: "onhand_reservation_commit_seconds",
    help: "Time to make a group durable",
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  return {
    onDecided: (outcome: keyof typeof counts) => counts[outcome].inc(),
    onCommit(group: { rows: number; seconds: number }): void {
      groupRows.observe(group.rows);
      commitSeconds.observe(group.seconds);
    },
  };
}

/** What the book holds, read when Prometheus asks. */
export function registerReservationGauges(deps: { registry: Registry; role: ReservationRole }): void {
  const { registry, role } = deps;
  const gauges: [string, string, () => number][] = [
    ["onhand_reservations_live", "Reservations that hold stock", () => role.book().liveCount],
    ["onhand_reservations_known", "Reservations in memory, live or not", () => role.book().size],
    [
      "onhand_reservations_at_risk",
      "Reservations that stock does not cover",
      () => role.book().atRiskCount(),
    ],
    ["onhand_reservations_writer", "1 while this server grants", () => Number(role.writer() !== null)],
    ["onhand_reservations_waiting_rows", "Rows not durable yet", () => role.log()?.waitingRows() ?? 0],
    ["onhand_reservation_keys", "Idempotency keys in memory", () => role.writer()?.keys.size() ?? 0],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
  }
}

import { Counter, Gauge, type Registry } from "prom-client";
import type { Intake, IntakeStatus } from "./intake.ts";

/** Reads the intake's own counts when it is asked, so that no message pays for being counted. */
export function registerIntakeMetrics(metrics: Registry, intake: Intake): void {
  const gauge = (name: string, help: string, read: (status: IntakeStatus) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read(intake.status()));
      },
    });
  const counter = (name: string, help: string, read: (status: IntakeStatus) => number): Counter =>
    new Counter({
      name,
      help,
      registers: [metrics],
      collect() {
        this.reset();
        this.inc(read(intake.status()));
      },
    });
  gauge("onhand_intake_connected", "1 while subscribed (or listening), else 0", (s) => Number(s.isConnected));
  gauge("onhand_intake_in_flight_messages", "Messages taken in and not yet durable", (s) => s.inFlight);
  gauge(
    "onhand_intake_in_flight_bytes",
    "Payload bytes taken in and not yet durable",
    (s) => s.inFlightBytes,
  );
  gauge("onhand_intake_held_back", "1 while senders are made to wait, else 0", (s) => Number(s.isHeldBack));
  counter(
    "onhand_intake_acknowledged_total",
    "Messages acknowledged after they were durable",
    (s) => s.acknowledged,
  );
  counter(
    "onhand_intake_failed_total",
    "Messages not acknowledged because they could not be made durable",
    (s) => s.failed,
  );
  counter("onhand_intake_reconnects_total", "Attempts to connect again", (s) => s.reconnects);
}

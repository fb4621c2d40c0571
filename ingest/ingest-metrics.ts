import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Counters that the hot path adds to; Prometheus reads them when it asks. */
export type IngestCounts = {
  messages: number;
  reads: number;
  control: number;
  deadLetters: number;
  lostReaderMessages: number;
};

export function createIngestMetrics(registry: Registry) {
  const counts: IngestCounts = { messages: 0, reads: 0, control: 0, deadLetters: 0, lostReaderMessages: 0 };
  const exposed: [keyof IngestCounts, string, string][] = [
    ["messages", "onhand_ingest_messages_total", "MQTT messages taken in"],
    ["reads", "onhand_ingest_reads_total", "Tag reads decoded"],
    [
      "control",
      "onhand_ingest_control_messages_total",
      "Reader messages that are no reads: status, heartbeat, GPI",
    ],
    ["deadLetters", "onhand_ingest_dead_letters_total", "Messages that could not be understood"],
    [
      "lostReaderMessages",
      "onhand_ingest_lost_reader_messages_total",
      "Messages and reads that readers lost, by their numbers or their own word",
    ],
  ];
  for (const [key, name, help] of exposed) {
    const counter: Counter = new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        counter.reset();
        counter.inc(counts[key]);
      },
    });
  }
  return {
    counts,
    refusals: new Counter({
      name: "onhand_ingest_refusals_total",
      help: "Messages, reads and events that were refused, by code (docs/errors.md)",
      labelNames: ["code"] as const,
      registers: [registry],
    }),
    readerNotices: new Counter({
      name: "onhand_ingest_reader_notices_total",
      help: "What readers said or showed of trouble, by kind (docs/readers.md)",
      labelNames: ["kind"] as const,
      registers: [registry],
    }),
    events: new Counter({
      name: "onhand_ingest_events_total",
      help: "Ledger events committed, by type",
      labelNames: ["type"] as const,
      registers: [registry],
    }),
    duplicates: new Counter({
      name: "onhand_ingest_duplicates_total",
      help: "Stock events that were repeats",
      registers: [registry],
    }),
    commitSeconds: new Histogram({
      name: "onhand_ingest_commit_seconds",
      help: "Time to make a batch durable",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [registry],
    }),
    batchRows: new Histogram({
      name: "onhand_ingest_batch_rows",
      help: "Rows of a batch",
      buckets: [1, 10, 100, 1_000, 10_000, 50_000],
      registers: [registry],
    }),
    isBlocked: new Gauge({
      name: "onhand_ingest_blocked",
      help: "1 while ClickHouse does not take batches and intake waits",
      registers: [registry],
    }),
    lagSeconds: new Gauge({
      name: "onhand_ingest_lag_seconds",
      help: "Age of the oldest message of the last committed batch when it became durable",
      registers: [registry],
    }),
  };
}

export type IngestMetrics = ReturnType<typeof createIngestMetrics>;

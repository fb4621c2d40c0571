import { Counter, Gauge, type Registry } from "prom-client";

export type ConnectorMetrics = ReturnType<typeof createConnectorMetrics>;

/** What comes from connected shops. Connectors are few and named by an admin, so they are a label. */
export function createConnectorMetrics(registry: Registry) {
  const messages = new Counter({
    name: "onhand_connector_messages_total",
    help: "Messages of connected shops, by what became of them",
    labelNames: ["connector", "outcome"] as const,
    registers: [registry],
  });
  return {
    count(connector: string, outcome: string): void {
      messages.inc({ connector, outcome });
    },
    registerGauges(read: { waiting(): number; held(): number }): void {
      const gauges: [string, string, () => number][] = [
        [
          "onhand_connector_messages_waiting",
          "Messages of connected shops that are durable and not taken yet",
          read.waiting,
        ],
        ["onhand_connector_messages_held", "Messages of connected shops that wait for a person", read.held],
      ];
      for (const [name, help, value] of gauges) {
        const gauge: Gauge = new Gauge({
          name,
          help,
          registers: [registry],
          collect: () => gauge.set(value()),
        });
      }
    },
  };
}

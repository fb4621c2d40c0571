import { Counter, Gauge, type Registry } from "prom-client";

export type BrokerMetrics = ReturnType<typeof createBrokerMetrics>;

export function createBrokerMetrics(metrics: Registry, countClients: () => number) {
  const registers = [metrics];
  return {
    clients: new Gauge({
      name: "onhand_broker_clients",
      help: "Clients connected to the embedded MQTT broker",
      registers,
      collect() {
        this.set(countClients());
      },
    }),
    denied: new Counter({
      name: "onhand_broker_denied_total",
      help: "Publishes and subscriptions refused for want of a right",
      labelNames: ["access"] as const,
      registers,
    }),
    rejectedConnections: new Counter({
      name: "onhand_broker_rejected_connections_total",
      help: "Connections refused: wrong_key, throttled, busy, full, client_id_taken",
      labelNames: ["reason"] as const,
      registers,
    }),
    brokenConnections: new Counter({
      name: "onhand_broker_broken_connections_total",
      help: "Connections ended by the broker for an error, a refused publish among them",
      registers,
    }),
  };
}

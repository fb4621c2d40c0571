import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { OrderRole } from "./order-role.ts";

/** What is counted while orders are decided. */
export function createOrderMetrics(registry: Registry) {
  const decided = new Counter({
    name: "onhand_orders_decided_total",
    help: "Commands for orders by what became of them",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  const commitSeconds = new Histogram({
    name: "onhand_order_commit_seconds",
    help: "Time to make a group of changes of orders durable",
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  return {
    onDecided: (outcome: "placed" | "changed" | "refused" | "repeated") => decided.inc({ outcome }),
    onCommit: (group: { seconds: number }) => commitSeconds.observe(group.seconds),
  };
}

/** What the book holds, read when Prometheus asks. */
export function registerOrderGauges(deps: { registry: Registry; role: OrderRole; nowMs(): number }): void {
  const { registry, role } = deps;
  const book = () => role.writer()?.book;
  const untold = () => {
    let count = 0;
    for (const orderId of book()?.openIds() ?? []) {
      if (book()?.record(orderId)?.order.mustTell === true) count += 1;
    }
    return count;
  };
  const gauges: [string, string, () => number][] = [
    ["onhand_orders_open", "Orders with something left to do", () => book()?.openCount ?? 0],
    ["onhand_orders_known", "Orders in memory, open or not", () => book()?.size ?? 0],
    ["onhand_orders_untold", "Orders whose customer has to be told something", untold],
  ];
  for (const [name, help, read] of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
  }
}

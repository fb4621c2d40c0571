import type { Order } from "./order.ts";

/** A copy whose fulfilments, lines and notices can be changed. What lies within those (`arrival`, `handOver`, `told`) is replaced, never changed. */
export function copyOrder(order: Order): Order {
  return {
    ...order,
    fulfilments: order.fulfilments.map((one) => ({ ...one, times: { ...one.times } })),
    lines: order.lines.map((line) => ({ ...line, epcs: [...line.epcs] })),
    notices: order.notices.map((notice) => ({ ...notice })),
    timeline: [...order.timeline],
  };
}

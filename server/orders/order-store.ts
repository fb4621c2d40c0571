import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { orderSchema } from "../../domain/orders/order.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import { orderEventKindSchema } from "../../domain/orders/order-step.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { createLogReader } from "../commit-log/log-reader.ts";

const eventRowSchema = z.object({
  ordinal: z.number(),
  kind: z.string(),
  decided_at: instantSchema,
  fulfilment_id: z.string(),
  order_json: z.string(),
});
type EventRow = z.infer<typeof eventRowSchema>;

const MAX_LOADED_ROWS = 1_000_000;

export type OrderStore = ReturnType<typeof createOrderStore>;

/** What the server reads of `order_events`. */
export function createOrderStore(deps: { db: Database }) {
  const log = createLogReader({ db: deps.db, area: "orders", maxRows: MAX_LOADED_ROWS, maxSeconds: 120 });
  const { ask } = log;

  return {
    ...log,

    /** The newest change of each order that is open, or was changed since an instant; in the order of their ordinals. */
    async live(sinceMs: number): Promise<OrderEvent[]> {
      const rows = await ask("load-live", { since: instantParameter(sinceMs) }, eventRowSchema);
      return rows.flatMap((row) => toEvent(row) ?? []).sort((one, other) => one.ordinal - other.ordinal);
    },

    /** One order by its newest change; null when there is none. */
    async order(orderId: string): Promise<OrderEvent | null> {
      const [row] = await ask("order", { order_id: orderId }, eventRowSchema);
      return row === undefined ? null : toEvent(row);
    },

    /** Changes after an ordinal, in their order. */
    async after(ordinal: number, pageRows: number): Promise<{ events: OrderEvent[]; lastOrdinal: number }> {
      const rows = await ask("follow", { after: ordinal, page_rows: pageRows }, eventRowSchema);
      return {
        events: rows.flatMap((row) => toEvent(row) ?? []),
        lastOrdinal: rows.at(-1)?.ordinal ?? ordinal,
      };
    },
  };
}

/** Null for a row that changes no order. Throws when it is not what was written. */
function toEvent(row: EventRow): OrderEvent | null {
  const kind = orderEventKindSchema.safeParse(row.kind);
  if (!kind.success) return null;
  return {
    ordinal: row.ordinal,
    kind: kind.data,
    atMs: Date.parse(row.decided_at),
    fulfilmentId: row.fulfilment_id === "" ? null : row.fulfilment_id,
    order: orderSchema.parse(JSON.parse(row.order_json)),
  };
}

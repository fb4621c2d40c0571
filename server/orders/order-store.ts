import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { orderSchema } from "../../domain/orders/order.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import { orderEventKindSchema } from "../../domain/orders/order-step.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";

const eventRowSchema = z.object({
  ordinal: z.number(),
  kind: z.string(),
  decided_at: instantSchema,
  fulfilment_id: z.string(),
  order_json: z.string(),
});
type EventRow = z.infer<typeof eventRowSchema>;

const keyRowSchema = z.object({
  ordinal: z.number(),
  decided_at: instantSchema,
  order_id: z.string(),
  key_scope: z.string(),
  idempotency_key: z.string(),
  request_hash: z.string(),
  answer_status: z.number(),
});
export type OrderKeyRow = z.infer<typeof keyRowSchema>;

const MAX_LOADED_ROWS = 1_000_000;

export type OrderStore = ReturnType<typeof createOrderStore>;

/** What the server reads of `order_events`. */
export function createOrderStore(deps: { db: Database }) {
  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>) =>
    deps.db.query({
      name: `orders/${name}`,
      sql: loadQuery(`orders/${name}`),
      params,
      row,
      maxRows: MAX_LOADED_ROWS,
      maxSeconds: 120,
    });

  return {
    async lastChange(): Promise<{ ordinal: number; epoch: number }> {
      const row = z.object({ last_ordinal: z.number(), last_epoch: z.number() });
      const [found] = await ask("last-change", {}, row);
      return { ordinal: found?.last_ordinal ?? 0, epoch: found?.last_epoch ?? 0 };
    },

    /** The newest change of each order that is open, or was changed since an instant; in the order of their ordinals. */
    async live(sinceMs: number): Promise<OrderEvent[]> {
      const rows = await ask("load-live", { since: instantParameter(sinceMs) }, eventRowSchema);
      return rows.flatMap((row) => toEvent(row) ?? []).sort((one, other) => one.ordinal - other.ordinal);
    },

    /** Keys used since an instant; the oldest first. */
    async keys(sinceMs: number, maxKeys: number): Promise<OrderKeyRow[]> {
      const params = { since: instantParameter(sinceMs), max_keys: maxKeys };
      return (await ask("load-keys", params, keyRowSchema)).reverse();
    },

    async findKey(scope: string, key: string, sinceMs: number): Promise<OrderKeyRow | null> {
      const params = { key_scope: scope, idempotency_key: key, since: instantParameter(sinceMs) };
      const [found] = await ask("find-key", params, keyRowSchema);
      return found ?? null;
    },

    async answerAt(ordinal: number): Promise<{ status: number; text: string } | null> {
      const row = z.object({ answer_status: z.number(), text: z.string() });
      const [found] = await ask("answer-at", { ordinal }, row);
      return found === undefined ? null : { status: found.answer_status, text: found.text };
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

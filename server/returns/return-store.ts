import { z } from "zod";
import { tillEventSchema } from "../../domain/events/stock-event.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { ItemFact } from "../../domain/returns/decide-return.ts";
import { returnSchema } from "../../domain/returns/return.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Beyond every ordinal. */
const LAST = Number.MAX_SAFE_INTEGER;
const ON_HAND: ReadonlySet<string> = new Set(["present", "exiting"]);

const factRow = z.object({
  epc: z.string(),
  gtin: z.number(),
  status: z.string(),
  sold_ordinal: z.number(),
  back_ordinal: z.number(),
  sold_order_id: z.string(),
  sold_receipt_id: z.string(),
  sold_at_ms: z.number(),
});
const tillRow = z.object({
  event_type: z.string(),
  source: z.string(),
  body: z.string().transform((text) => tillEventSchema.parse(JSON.parse(text))),
  recorded_at: instantSchema,
  epcs: z.array(z.string()),
  epc_gtins: z.array(z.number()),
});
export type TillRow = z.output<typeof tillRow>;
const importedRow = z.object({
  order_source: z.string(),
  gtin: z.number(),
  channel: z.string(),
  method: z.string(),
  sold: z.number(),
  gone_back: z.number(),
});
const listRow = z.object({
  first_ordinal: z.number(),
  document: z.string().transform((text) => returnSchema.parse(JSON.parse(text))),
});

export type ReturnStore = ReturnType<typeof createReturnStore>;

/** What is read of returns, and of what was bought before. */
export function createReturnStore(deps: { db: Database }) {
  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>) =>
    deps.db.query({ name: `returns/${name}`, sql: loadQuery(`returns/${name}`), params, row });

  return {
    /** What the ledger knows of items; of an item that it never saw: nothing. */
    async itemFacts(epcs: readonly string[]): Promise<Map<string, ItemFact>> {
      if (epcs.length === 0) return new Map();
      const rows = await ask("item-facts", { epcs }, factRow);
      return new Map(
        rows.map((row) => {
          const isOut =
            row.sold_ordinal > 0 && (row.status === "sold" || row.back_ordinal > row.sold_ordinal);
          return [
            row.epc,
            {
              epc: row.epc,
              gtin: row.gtin,
              soldIn: isOut ? row.sold_order_id || row.sold_receipt_id : null,
              soldAtMs: isOut ? row.sold_at_ms : null,
              isBack: row.status !== "sold" && row.sold_ordinal > 0 && row.back_ordinal > row.sold_ordinal,
              isOnHand: ON_HAND.has(row.status),
            },
          ];
        }),
      );
    },
    tillSale: (wish: { locationId: string; source: string; transactionId: string }) =>
      ask(
        "till-sale",
        { location_id: wish.locationId, source: wish.source, transaction_id: wish.transactionId },
        tillRow,
      ),
    /** Units by product that came back of a till's transaction. */
    async tillReturns(wish: {
      locationId: string;
      transactionId: string;
      sinceMs: number;
    }): Promise<Map<number, number>> {
      const rows = await ask(
        "till-returns",
        {
          location_id: wish.locationId,
          transaction_id: wish.transactionId,
          since: instantParameter(wish.sinceMs),
        },
        z.object({ gtin: z.number(), quantity: z.number() }),
      );
      return new Map(rows.map((row) => [row.gtin, row.quantity]));
    },
    importedOrder: (orderId: string, source: string) =>
      ask("imported-order", { order_id: orderId, source }, importedRow),
    /** Units by line that came back of something, without what is under way. */
    async returnedOf(originId: string): Promise<Map<string, number>> {
      const row = z.object({ line_id: z.string(), quantity: z.number() });
      const rows = await ask("returned-of", { origin_id: originId }, row);
      return new Map(rows.map((one) => [one.line_id, one.quantity]));
    },
    list: (
      filter: { locationId: string; boughtId: string; status: string; isFlagged: boolean | null },
      beforeOrdinal: number | null,
      pageRows: number,
    ) =>
      ask(
        "list",
        {
          location_id: filter.locationId,
          bought_id: filter.boughtId,
          status: filter.status,
          is_flagged: filter.isFlagged === null ? 2 : Number(filter.isFlagged),
          before_ordinal: beforeOrdinal ?? LAST,
          page_rows: pageRows,
        },
        listRow,
      ),
  };
}

import { z } from "zod";
import {
  type ConnectorMessage,
  connectorMessageSchema,
  type OrderProgress,
  orderProgressSchema,
} from "../../domain/connectors/connector.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Beyond every ordinal. */
const LAST = Number.MAX_SAFE_INTEGER;

export const storedMessage = z
  .string()
  .transform((text): ConnectorMessage => connectorMessageSchema.parse(JSON.parse(text)));
const listRow = z.object({ first_ordinal: z.number(), document: storedMessage });
const progressRow = z.object({
  progress: z.string().transform((text): OrderProgress => orderProgressSchema.parse(JSON.parse(text))),
});
const codeRow = z.object({ code: z.string(), gtin: z.number() });
const lineRow = z.object({
  location_id: z.string(),
  code: z.string(),
  quantity: z.number(),
  as_of: z.string(),
});

/** A line of a book that comes line by line; `gtin` 0 where no product has the code. */
export type LiveLine = { locationId: string; code: string; gtin: number; quantity: number; asOf: string };
export type MessageStore = ReturnType<typeof createMessageStore>;

/** What is read of messages of connected shops, and the books and codes that they fill. */
export function createMessageStore(deps: { db: Database; nextVersion(): number }) {
  const { db } = deps;
  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>) =>
    db.query({ name: `connectors/${name}`, sql: loadQuery(`connectors/${name}`), params, row });

  const store = {
    list: (
      filter: { connectorId: string; status: string; subject: string },
      beforeOrdinal: number | null,
      pageRows: number,
    ) =>
      ask(
        "list",
        {
          connector_id: filter.connectorId,
          status: filter.status,
          subject: filter.subject,
          before_ordinal: beforeOrdinal ?? LAST,
          page_rows: pageRows,
        },
        listRow,
      ),
    /** What was found last of an order; null when nothing was. */
    async progress(originId: string): Promise<OrderProgress | null> {
      const [found] = await ask("progress", { origin_id: originId }, progressRow);
      return found?.progress ?? null;
    },
    /** Held messages of one order, the oldest first; at most 50. */
    async heldOf(originId: string): Promise<ConnectorMessage[]> {
      const rows = await ask("held-of", { origin_id: originId }, z.object({ document: storedMessage }));
      return rows.map((row) => row.document);
    },
    async heldCount(): Promise<number> {
      const [found] = await ask("held-count", {}, z.object({ held: z.number() }));
      return found?.held ?? 0;
    },
    /** GTINs of codes, of those that have one. */
    async findCodes(connectorId: string, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (codes.length === 0) return new Map();
      const rows = await ask("find-codes", { source: connectorId, codes: [...new Set(codes)] }, codeRow);
      return new Map(rows.map((row) => [row.code, row.gtin]));
    },
    /** Maps codes, and gives the lines of the book that waited for it their products. */
    async mapCodes(connectorId: string, items: readonly { code: string; gtin: number }[]): Promise<void> {
      const version = deps.nextVersion();
      await db.insert({
        name: "connectors/map-codes",
        table: "product_codes",
        columns: ["source", "code", "gtin", "version"],
        rows: items.map(({ code, gtin }) => [connectorId, code, gtin, version]),
      });
      const gtinOf = new Map(items.map(({ code, gtin }) => [code, gtin]));
      const waiting = await ask(
        "unmatched-lines",
        { source: connectorId, codes: items.map(({ code }) => code) },
        lineRow,
      );
      await store.keepLines(
        connectorId,
        waiting.map((row) => ({
          locationId: row.location_id,
          code: row.code,
          gtin: gtinOf.get(row.code) ?? 0,
          quantity: row.quantity,
          asOf: row.as_of,
        })),
      );
    },
    /** An older line never takes the place of a newer one, whatever comes first. */
    async keepLines(connectorId: string, lines: readonly LiveLine[]): Promise<void> {
      if (lines.length === 0) return;
      await db.insert({
        name: "connectors/lines",
        table: "erp_live_lines",
        columns: ["source", "location_id", "code", "gtin", "quantity", "as_of", "version"],
        rows: lines.map(({ locationId, code, gtin, quantity, asOf }): Cell[] => {
          const version = Date.parse(asOf) * 2000 + (gtin === 0 ? 0 : 1);
          return [connectorId, locationId, code, gtin, quantity, new Date(asOf).toISOString(), version];
        }),
      });
    },
  };
  return store;
}

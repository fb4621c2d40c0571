import { z } from "zod";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import type { PrefixDigitsOf } from "../../domain/epcis/stock/goods.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

export type KnownGoods = ReturnType<typeof createKnownGoods>;

/** What the ledger knows of goods that a captured event names: how they are tagged, whether they are on hand. */
export function createKnownGoods(deps: { db: Database }) {
  const { db } = deps;
  return {
    /** How long the company prefixes of these products are, by the tags that were seen of them. */
    async prefixDigits(gtins: readonly string[]): Promise<PrefixDigitsOf> {
      if (gtins.length === 0) return () => null;
      const rows = await db.query({
        name: "epcis/known-prefixes",
        sql: loadQuery("epcis/known-prefixes"),
        params: { gtins: gtins.map(Number) },
        row: z.object({ gtin: z.number(), epc: z.string() }),
      });
      const digits = new Map<number, number>();
      for (const { gtin, epc } of rows) {
        const hex = parseEpcHex(epc);
        const decoded = hex.ok ? decodeEpc(hex.value) : null;
        if (decoded?.ok === true && decoded.gs1CompanyPrefix !== null) {
          digits.set(gtin, decoded.gs1CompanyPrefix.length);
        }
      }
      return (gtin) => digits.get(Number(gtin)) ?? null;
    },

    /** Where each of these items (hex of the identity) is on hand; those that are not are left out. */
    async onHand(epcs: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (epcs.length === 0) return new Map();
      const rows = await db.query({
        name: "epcis/items-on-hand",
        sql: loadQuery("epcis/items-on-hand"),
        params: { epcs },
        row: z.object({ epc: z.string(), location_id: z.string() }),
      });
      return new Map(rows.map((row) => [row.epc, row.location_id]));
    },

    async inLedger(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (eventIds.length === 0) return new Set();
      const rows = await db.query({
        name: "epcis/in-ledger",
        sql: loadQuery("epcis/in-ledger"),
        params: { event_ids: eventIds },
        row: z.object({ event_id: z.string() }),
      });
      return new Set(rows.map((row) => row.event_id));
    },
  };
}

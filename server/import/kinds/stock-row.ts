import { z } from "zod";
import { refuse, type Result } from "../../../domain/result.ts";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import type { ImportOptions } from "../import-options.ts";
import { createTimeParser } from "../local-time.ts";
import type { SourceRow } from "../read-rows.ts";
import { readGtin, readUnits } from "../read-values.ts";
import { toLocationId } from "./locations.ts";

/** Units of a product at a location by another system, and when that was true. `gtin` or `code` is given. */
export type StockRow = {
  locationId: string;
  gtin: number | null;
  code: string | null;
  quantity: number;
  asOfMs: number;
};

export const STOCK_FIELDS = {
  aliases: {
    locationId: ["location", "storeid", "store", "osmid", "id"],
    gtin: ["gtin14", "gtin13", "ean", "ean13", "upc", "barcode"],
    code: ["sku", "stockcode", "productcode", "itemnumber"],
    quantity: ["qty", "units", "onhand", "stock"],
    asOf: ["occurredat", "countedat", "date", "timestamp"],
  },
  required: [["gtin", "code"], ["quantity"]],
} as const;

/** Reads rows of stock; locations have to be known. */
export function createStockRowReader({ db, options }: { db: Database; options: ImportOptions }) {
  const parseTime = createTimeParser(options.timeZone);
  const locations = new Set<string>();

  return {
    async load(): Promise<void> {
      const rows = await db.query({
        name: "import/known-locations",
        sql: loadQuery("import/known-locations"),
        row: z.object({ location_id: z.string() }),
      });
      for (const row of rows) locations.add(row.location_id);
    },
    read({ fields }: SourceRow): Result<StockRow> {
      const locationId = toLocationId(fields["locationId"] ?? options.location ?? "");
      if (!locationId.ok) return locationId;
      if (!locations.has(locationId.value)) {
        return refuse("unknown_location", `there is no location ${locationId.value}; import it first`);
      }
      const gtin = fields["gtin"] === undefined ? null : readGtin(fields["gtin"]);
      if (gtin?.ok === false) return gtin;
      const code = fields["code"] ?? null;
      if (gtin === null && code === null) return refuse("missing_value", "the row names no product");
      const quantity = readUnits(fields["quantity"] ?? "");
      if (!quantity.ok) return quantity;
      const asOf = parseTime(fields["asOf"] ?? options.asOf ?? "");
      if (!asOf.ok) {
        return fields["asOf"] === undefined && options.asOf === undefined
          ? refuse("missing_value", "nothing says when the positions were true; say it with --as-of")
          : asOf;
      }
      return {
        ok: true,
        value: {
          locationId: locationId.value,
          gtin: gtin?.value ?? null,
          code,
          quantity: quantity.value,
          asOfMs: asOf.value,
        },
      };
    },
  };
}

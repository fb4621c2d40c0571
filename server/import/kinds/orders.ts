import { z } from "zod";
import type { Cell } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { createKeyCounter } from "../key-counter.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import { isNonMerchandise } from "../non-merchandise.ts";
import { createProductCodes } from "../product-codes.ts";
import { PRODUCT_COLUMNS, storedMoneySchema } from "../product-rows.ts";
import { storeChanges } from "../store-changes.ts";
import {
  createOrderTimeParser,
  ORDER_FIELDS,
  ORDER_LINE_COLUMNS,
  type OrderLine,
  parseOrderLine,
} from "./order-line.ts";

const COLUMNS = ["source", ...ORDER_LINE_COLUMNS] as const;

const storedSchema = z.object({
  source: z.string(),
  order_id: z.string(),
  line_no: z.number(),
  line_type: z.string(),
  channel: z.string(),
  method: z.string(),
  location_id: z.string(),
  customer_id: z.string(),
  country: z.string(),
  code: z.string(),
  gtin: z.number(),
  description: z.string(),
  quantity: z.number(),
  unit_price: storedMoneySchema,
  currency: z.string(),
  ordered_at: z.string(),
});
const countSchema = z.object({ lines: z.number() });
const gtinSchema = z.object({ gtin: z.number() });

/** Products remembered as stored; beyond that they are asked for again. */
const MAX_KNOWN_PRODUCTS = 500_000;

type ProductSeed = { gtin: number; code: string; name: string; currency: string };

/**
 * Order lines of the past. A line is known by (source, order, ordinal within it in file order), never by its content:
 * real files repeat lines. So all lines of an order must come in one file, in the same order each time.
 */
export function createOrderImporter({ db, options, nowMs }: ImportContext): KindImporter<OrderLine> & {
  productsCreated: () => number;
} {
  const ordinals = createKeyCounter();
  const codes = createProductCodes({ db, source: options.source, nowMs });
  const parseTime = createOrderTimeParser(options.timeZone);
  const knownProducts = new Set<number>();
  let hasHistory = true;
  let created = 0;

  async function createMissingProducts(seeds: ReadonlyMap<number, ProductSeed>): Promise<void> {
    if (knownProducts.size > MAX_KNOWN_PRODUCTS) knownProducts.clear();
    const unknown = [...seeds.keys()].filter((gtin) => !knownProducts.has(gtin));
    if (unknown.length === 0) return;
    const stored = await db.query({
      name: "import/products-by-gtin",
      sql: loadQuery("import/products-by-gtin"),
      params: { gtins: unknown },
      row: gtinSchema,
    });
    for (const { gtin } of stored) knownProducts.add(gtin);
    const missing = unknown.filter((gtin) => !knownProducts.has(gtin));
    await db.insert({
      name: "import/create-products",
      table: "products",
      columns: [...PRODUCT_COLUMNS, "version"],
      rows: missing.flatMap((gtin) => {
        const seed = seeds.get(gtin);
        return seed === undefined ? [] : [[...productCells(seed), nowMs() * 1000]];
      }),
    });
    for (const gtin of missing) knownProducts.add(gtin);
    created += missing.length;
  }

  function productCells({ gtin, code, name, currency }: ProductSeed): Cell[] {
    const kind = isNonMerchandise(code, options.nonMerchandise) ? "non_merchandise" : "merchandise";
    // An invoice says nothing of tags or list prices.
    return [gtin, code, name, "", kind, null, null, currency, 0, 0];
  }

  async function findStored(lines: readonly OrderLine[]): Promise<Map<string, readonly Cell[]>> {
    if (!hasHistory) return new Map();
    const rows = await db.query({
      name: "import/lines-of-orders",
      sql: loadQuery("import/lines-of-orders"),
      params: { source: options.source, order_ids: [...new Set(lines.map((line) => line.orderId))] },
      row: storedSchema,
    });
    return new Map(
      rows.map((row) => [lineKey(row.order_id, row.line_no), COLUMNS.map((column) => row[column])]),
    );
  }

  return {
    fields: ORDER_FIELDS,
    productsCreated: () => created,
    start: async () => {
      await codes.load();
      const [row] = await db.query({
        name: "import/has-lines",
        sql: loadQuery("import/has-lines"),
        params: { source: options.source },
        row: countSchema,
      });
      hasHistory = row === undefined || row.lines > 0;
    },
    parse: (row) => {
      // Counted before anything is refused, so that a line's ordinal stays when the line before it is mended.
      const lineNo = ordinals.next(row.fields["orderId"] ?? "");
      return parseOrderLine(row, lineNo, options, parseTime);
    },
    write: async (chunk) => {
      const lines = chunk.map(({ entry }) => entry);
      const gtinByCode = await codes.resolve(
        lines.flatMap((line) => (line.gtin === null ? [line.code] : [])),
      );
      const gtinOf = (line: OrderLine) => line.gtin ?? gtinByCode.get(line.code) ?? 0;
      await createMissingProducts(seedsOf(lines, gtinOf));
      const stored = await findStored(lines);
      const rows = lines.map((line) => toCells(options.source, line, gtinOf(line)));
      const target = {
        name: "import/orders",
        table: "order_lines",
        columns: COLUMNS,
        version: nowMs() * 1000,
      };
      const counts = await storeChanges(db, target, rows, (row) =>
        stored.get(lineKey(String(row[1]), Number(row[2]))),
      );
      return { ...counts, refused: [] };
    },
  };
}

/** A name for each product: the first description of a line that was really sold, for others are notes of the staff. */
function seedsOf(lines: readonly OrderLine[], gtinOf: (line: OrderLine) => number): Map<number, ProductSeed> {
  const seeds = new Map<number, ProductSeed>();
  for (const line of lines) {
    const gtin = gtinOf(line);
    const isSold = line.lineType === "sale" && line.unitPrice !== "0" && line.description !== "";
    const known = seeds.get(gtin);
    if (known === undefined || (known.name === known.code && isSold)) {
      seeds.set(gtin, {
        gtin,
        code: line.code,
        name: isSold ? line.description : line.code,
        currency: line.currency,
      });
    }
  }
  return seeds;
}

function lineKey(orderId: string, lineNo: number): string {
  return `${lineNo} ${orderId}`;
}

function toCells(source: string, line: OrderLine, gtin: number): Cell[] {
  return [
    source,
    line.orderId,
    line.lineNo,
    line.lineType,
    line.channel,
    line.method,
    line.locationId,
    line.customerId,
    line.country,
    line.code,
    gtin,
    line.description,
    line.quantity,
    line.unitPrice,
    line.currency,
    line.orderedAt,
  ];
}

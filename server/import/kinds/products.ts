import { PRODUCT_KINDS } from "../../../domain/product.ts";
import { refuse, type Result } from "../../../domain/result.ts";
import type { Cell } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { createKeyCounter } from "../key-counter.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import { createProductCodes } from "../product-codes.ts";
import { PRODUCT_COLUMNS, type StoredProduct, storedProductSchema } from "../product-rows.ts";
import type { SourceRow } from "../read-rows.ts";
import { readBoolean, readGtin, readMoney } from "../read-values.ts";
import { storeChanges } from "../store-changes.ts";

const FIELDS = {
  aliases: {
    gtin: ["gtin14", "gtin13", "gtin12", "ean", "ean13", "upc", "barcode", "code"],
    sku: ["stockcode", "itemnumber", "articlenumber"],
    name: ["productname", "title", "description"],
    category: ["productcategory", "department"],
    kind: [],
    price: ["listprice", "unitprice", "retailprice"],
    cost: ["unitcost"],
    currency: ["currencycode"],
    isTagged: ["tagged", "rfid"],
  },
  required: [["gtin", "sku"], ["name"]],
};

/** What the file says; null where it says nothing: then a stored product keeps its own. */
type Entry = {
  gtin: number | null;
  sku: string | null;
  name: string;
  category: string | null;
  kind: string | null;
  price: string | null;
  cost: string | null;
  currency: string | null;
  isTagged: number | null;
};

/** Products by GTIN; those without one get a restricted-circulation GTIN by their SKU. */
export function createProductImporter({ db, options, nowMs }: ImportContext): KindImporter<Entry> {
  const seen = createKeyCounter();
  const codes = createProductCodes({ db, source: options.source, nowMs });

  function parse({ fields }: SourceRow): Result<Entry> {
    const gtin = fields["gtin"] === undefined ? null : readGtin(fields["gtin"]);
    if (gtin?.ok === false) return gtin;
    const sku = fields["sku"] ?? null;
    if (gtin === null && sku === null) return refuse("missing_value", "the row has neither a GTIN nor a SKU");
    const name = fields["name"];
    if (name === undefined) return refuse("missing_value", "the product has no name");
    const texts = { name, sku: sku ?? "", category: fields["category"] ?? "" };
    if (name.length > 500 || texts.sku.length > 100 || texts.category.length > 200) {
      return refuse("too_long", "a name has at most 500 characters, a category 200, a SKU 100");
    }
    const price = optional(fields["price"], readMoney);
    if (!price.ok) return price;
    const cost = optional(fields["cost"], readMoney);
    if (!cost.ok) return cost;
    const isTagged = optional(fields["isTagged"], readBoolean);
    if (!isTagged.ok) return isTagged;
    const kind = fields["kind"] ?? null;
    if (kind !== null && !PRODUCT_KINDS.some((known) => known === kind)) {
      return refuse("invalid_kind", `"${kind}" is not a kind of product: ${PRODUCT_KINDS.join(", ")}`);
    }
    const currency = fields["currency"] ?? options.currency ?? null;
    if (currency !== null && !/^[A-Z]{3}$/.test(currency)) {
      return refuse("invalid_currency", `"${currency}" is not a currency such as EUR`);
    }
    if (seen.next(gtin === null ? `sku ${sku}` : String(gtin.value)) > 1) {
      return refuse(
        "duplicate_in_file",
        "an earlier row of the file has the same GTIN or SKU; the first one counts",
      );
    }
    return {
      ok: true,
      value: {
        gtin: gtin?.value ?? null,
        sku,
        name,
        category: fields["category"] ?? null,
        kind,
        price: price.value,
        cost: cost.value,
        currency,
        isTagged: isTagged.value === null ? null : Number(isTagged.value),
      },
    };
  }

  return {
    fields: FIELDS,
    start: async () => await codes.load(),
    parse,
    write: async (chunk) => {
      const entries = chunk.map(({ entry }) => entry);
      const gtins = await codes.resolve(
        entries.flatMap((entry) => (entry.gtin === null && entry.sku !== null ? [entry.sku] : [])),
      );
      const gtinOf = (entry: Entry) => entry.gtin ?? gtins.get(entry.sku ?? "") ?? 0;
      const stored = new Map<Cell, StoredProduct>();
      for (const product of await db.query({
        name: "import/products-by-gtin",
        sql: loadQuery("import/products-by-gtin"),
        params: { gtins: entries.map(gtinOf) },
        row: storedProductSchema,
      })) {
        stored.set(product.gtin, product);
      }
      const rows = entries.map((entry) => toCells(gtinOf(entry), entry, stored.get(gtinOf(entry))));
      const target = {
        name: "import/products",
        table: "products",
        columns: PRODUCT_COLUMNS,
        version: nowMs() * 1000,
      };
      const counts = await storeChanges(db, target, rows, ([gtin = null]) => {
        const known = stored.get(gtin);
        return known === undefined ? undefined : PRODUCT_COLUMNS.map((column) => known[column]);
      });
      return { ...counts, refused: [] };
    },
  };
}

function toCells(gtin: number, entry: Entry, stored: StoredProduct | undefined): Cell[] {
  return [
    gtin,
    entry.sku ?? stored?.sku ?? "",
    entry.name,
    entry.category ?? stored?.category ?? "",
    entry.kind ?? stored?.kind ?? "merchandise",
    entry.price ?? stored?.price ?? null,
    entry.cost ?? stored?.cost ?? null,
    entry.currency ?? stored?.currency ?? "EUR",
    entry.isTagged ?? stored?.is_tagged ?? 1,
    0,
  ];
}

function optional<T>(text: string | undefined, read: (text: string) => Result<T>): Result<T | null> {
  return text === undefined ? { ok: true, value: null } : read(text);
}

/** Many rows of `from` name one of `to` by these columns, which have the same names in both. */
export type DataRelation = {
  from: string;
  columns: readonly string[];
  to: string;
  says: string;
};

/**
 * How the open tables join, for the diagram and for who writes SQL. ClickHouse holds nobody to these: a row may name what is not
 * there, and reports use LEFT JOIN. A test holds the names to the database.
 */
export const DATA_RELATIONS: readonly DataRelation[] = [
  { from: "location_zones", columns: ["location_id"], to: "locations", says: "is part of" },
  { from: "readers", columns: ["location_id"], to: "locations", says: "stands in" },
  { from: "reads", columns: ["location_id", "reader_id"], to: "readers", says: "was sent by" },
  { from: "reads", columns: ["gtin"], to: "products", says: "is a tag of" },
  { from: "product_codes", columns: ["gtin"], to: "products", says: "names" },
  { from: "movements", columns: ["location_id"], to: "locations", says: "happened at" },
  { from: "movements", columns: ["gtin"], to: "products", says: "moves" },
  { from: "positions", columns: ["location_id"], to: "locations", says: "is at" },
  { from: "positions", columns: ["gtin"], to: "products", says: "is of" },
  {
    from: "movements",
    columns: ["location_id", "gtin", "state"],
    to: "positions",
    says: "adds up to",
  },
  { from: "current_items", columns: ["location_id"], to: "locations", says: "is at" },
  { from: "current_items", columns: ["gtin"], to: "products", says: "is one of" },
  { from: "item_history", columns: ["epc"], to: "current_items", says: "led to" },
  { from: "sales_lines", columns: ["location_id"], to: "locations", says: "was fulfilled at" },
  { from: "sales_lines", columns: ["gtin"], to: "products", says: "sold" },
  { from: "sales_lines", columns: ["person_id"], to: "customers_now", says: "was bought by" },
  { from: "sales_lines", columns: ["source", "order_id"], to: "all_orders", says: "is part of" },
  { from: "all_fulfilments", columns: ["source", "order_id"], to: "all_orders", says: "fulfils" },
  { from: "all_fulfilments", columns: ["location_id"], to: "locations", says: "is done at" },
  {
    from: "all_order_units",
    columns: ["order_id", "fulfilment_id"],
    to: "all_fulfilments",
    says: "is part of",
  },
  { from: "all_order_units", columns: ["gtin"], to: "products", says: "is of" },
  { from: "all_order_steps", columns: ["order_id"], to: "all_orders", says: "is a step of" },
  { from: "all_returns", columns: ["gtin"], to: "products", says: "brought back" },
  { from: "all_returns", columns: ["location_id"], to: "locations", says: "came back to" },
  { from: "all_misses", columns: ["gtin"], to: "products", says: "asked for" },
  { from: "all_misses", columns: ["location_id"], to: "locations", says: "was noticed at" },
  { from: "customer_keys", columns: ["person_id"], to: "customers_now", says: "leads to" },
  { from: "lifetime_values_now", columns: ["person_id"], to: "customers_now", says: "is predicted of" },
  { from: "survey_answers", columns: ["order_id"], to: "all_orders", says: "is about" },
  { from: "history_stock_days", columns: ["location_id"], to: "locations", says: "is at" },
  { from: "history_stock_days", columns: ["gtin"], to: "products", says: "is of" },
  { from: "erp_book_lines", columns: ["source", "location_id", "book"], to: "erp_books", says: "stands in" },
  { from: "erp_book_lines", columns: ["gtin"], to: "products", says: "is of" },
];

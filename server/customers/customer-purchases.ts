import { z } from "zod";
import { type CustomerPurchases, MAX_NAMED_PURCHASES } from "../../domain/customers/customer-purchases.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const valueRow = z.object({
  currency: z.string(),
  orders: z.number(),
  channels: z.array(z.string()),
  sales: z.string(),
  returns: z.string(),
  net_sum: z.string(),
  first_at: instantSchema.nullable(),
  last_at: instantSchema.nullable(),
});
const orderRow = z.object({
  source: z.string(),
  order_id: z.string(),
  is_here: z.number(),
  order_channel: z.string(),
  methods: z.array(z.string()),
  location_ids: z.array(z.string()),
  currency: z.string(),
  units: z.number(),
  units_back: z.number(),
  sales: z.string(),
  returns: z.string(),
  net_sum: z.string(),
  first_at: instantSchema,
});

/** What a person bought in all channels, live and imported, by the person's id. */
export async function readPurchases(db: Database, personId: string): Promise<CustomerPurchases> {
  const values = await db.query({
    name: "customers/value",
    sql: loadQuery("customers/value"),
    params: { person_id: personId },
    row: valueRow,
  });
  const orders = await db.query({
    name: "customers/purchases",
    sql: loadQuery("customers/purchases"),
    params: { person_id: personId, most_rows: MAX_NAMED_PURCHASES },
    row: orderRow,
  });
  return {
    values: values.map((row) => ({
      currency: row.currency,
      orders: row.orders,
      channels: row.channels,
      sales: row.sales,
      returns: row.returns,
      net: row.net_sum,
      firstAt: row.first_at,
      lastAt: row.last_at,
    })),
    orders: orders.map((row) => ({
      source: row.source,
      orderId: row.order_id,
      isHere: row.is_here === 1,
      channel: row.order_channel,
      methods: row.methods,
      locationIds: row.location_ids,
      currency: row.currency,
      units: row.units,
      unitsBack: row.units_back,
      sales: row.sales,
      returns: row.returns,
      net: row.net_sum,
      orderedAt: row.first_at,
    })),
  };
}

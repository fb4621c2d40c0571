import { z } from "zod";
import { type CustomerExport, customerExportSchema } from "../../domain/customers/customer.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { Caller } from "../http/route.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import { toCustomerAnswer } from "./customer-answer.ts";
import type { CustomerStore } from "./customer-store.ts";

const importedRow = z.object({
  source: z.string(),
  customer_id: z.string(),
  country: z.string(),
  attributes: z.string(),
});
const offerRow = z.object({
  offer_id: z.string(),
  kind: z.string(),
  event_id: z.string(),
  code: z.string(),
  issuing_channel: z.string(),
  redeeming_channel: z.string(),
  order_id: z.string(),
  at: instantSchema,
});
const orderRow = z.record(z.string(), z.union([z.string(), z.number()]));

export type ExportCustomer = ReturnType<typeof createCustomerExport>;

/** All that is known of a person. Throws `customer_not_found` and `customer_erased`. */
export function createCustomerExport(deps: {
  db: Database;
  store: CustomerStore;
  box: SecretBox;
  nowMs(): number;
}) {
  const { db } = deps;
  return async (customerId: string, caller: Caller): Promise<CustomerExport> => {
    const known = await deps.store.load([customerId]);
    const customer = toCustomerAnswer(known, customerId, { caller, box: deps.box });
    const ask = <Row>(name: string, row: z.ZodType<Row>) =>
      db.query({
        name: `customers/${name}`,
        sql: loadQuery(`customers/${name}`),
        params: { customer_ids: customer.recordIds },
        row,
      });
    const imported = await ask("export-imported", importedRow);
    const orders = await ask("export-live-orders", z.object({ order_json: z.string() }));
    const reservations = await ask("export-reservations", z.object({ newest: z.string() }));
    const offers = await ask("export-offers", offerRow);
    return customerExportSchema.parse({
      exportedAt: new Date(deps.nowMs()).toISOString(),
      customer,
      history: known.rows
        .filter((row) => customer.recordIds.includes(row.customer_id) && row.kind !== "moved")
        .map((row) => ({ at: row.at, what: row.kind, customerId: row.customer_id, by: row.actor })),
      imported: imported.map((row) => ({
        source: row.source,
        customerId: row.customer_id,
        country: row.country,
        attributes: JSON.parse(row.attributes === "" ? "{}" : row.attributes),
      })),
      orders: orders.map((row) => JSON.parse(row.order_json)),
      orderLines: await ask("export-orders", orderRow),
      reservations: reservations.map((row) => JSON.parse(row.newest)),
      offers: offers.map((row) => ({
        offerId: row.offer_id,
        what: row.kind,
        id: row.event_id,
        code: row.code,
        issuingChannel: row.issuing_channel,
        redeemingChannel: row.redeeming_channel,
        orderId: row.order_id,
        at: row.at,
      })),
    });
  };
}

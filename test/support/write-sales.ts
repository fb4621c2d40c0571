import type { Database } from "../../sql/database.ts";

/** When what these write happened. */
export const SOLD_AT = "2026-02-01T10:00:00.000Z";

const column = (iso: string) => iso.slice(0, 23).replace("T", " ");

export type WrittenLine = {
  quantity: number;
  short?: number;
  cancelled?: number;
  returned?: number;
  unitPrice: string | null;
  discount: string;
};

/** An order as the log has it after its last change. */
export async function writeOrder(
  db: Database,
  ordinal: number,
  orderId: string,
  lines: WrittenLine[],
  returns: { lineId: string; quantity: number; at: string }[] = [],
) {
  const order = {
    orderId,
    status: "collected",
    channel: "web",
    source: "shop",
    customerId: "cus_1",
    currency: "EUR",
    placedAt: SOLD_AT,
    changedAt: SOLD_AT,
    lines: lines.map((line, index) => ({
      lineId: `l${index + 1}`,
      method: "pickup",
      locationId: "S1",
      gtin: "00000000000017",
      requested: line.quantity,
      short: 0,
      cancelled: 0,
      returned: 0,
      ...line,
    })),
    timeline: returns.map(({ lineId, quantity, at }) => ({
      kind: "returned",
      at,
      recordedAt: at,
      lineId,
      quantity,
      note: "r1",
    })),
  };
  const row = {
    ordinal,
    epoch: 1,
    kind: "collected",
    decided_at: column(SOLD_AT),
    order_id: orderId,
    is_open: 0,
    idempotency_key: "",
    order_json: JSON.stringify(order),
    details: "{}",
    recorded_at: column(SOLD_AT),
  };
  await db.insert({
    name: "test/order",
    table: "order_log",
    columns: Object.keys(row),
    rows: [Object.values(row)],
  });
}

export async function writeTill(db: Database, ordinal: number, type: string, body: Record<string, unknown>) {
  const row = {
    location_id: "S1",
    ordinal,
    event_id: `e${ordinal}`,
    event_type: type,
    source: "pos/1",
    body_hash: ordinal,
    body: JSON.stringify(body),
    occurred_at: column(SOLD_AT),
    recorded_at: column(SOLD_AT),
  };
  await db.insert({
    name: "test/till",
    table: "events",
    columns: Object.keys(row),
    rows: [Object.values(row)],
  });
}

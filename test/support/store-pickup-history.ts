import type { Cell, Database } from "../../sql/database.ts";
import type { PickupHistory } from "./pickup-histories.ts";
import { CATEGORIES } from "./pickup-history-arbitrary.ts";

const SOURCE = "past";

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The facts as rows of the past. */
export async function storePickupHistory(db: Database, history: PickupHistory): Promise<void> {
  /** A person is named by any of its records. */
  const recordOf = (personId: string | null): string => {
    if (personId === null) return "";
    const own = [...history.persons].filter(([, person]) => person === personId).map(([record]) => record);
    return own.at(-1) ?? personId;
  };
  const insert = async (table: string, columns: readonly string[], rows: Cell[][]): Promise<void> => {
    if (rows.length > 0) await db.insert({ name: `test/${table}`, table, columns, rows });
  };
  await insert(
    "customer_events",
    ["customer_id", "ordinal", "kind", "person_id"],
    [...history.persons].map(([record, person]) => [record, 1, "created", person]),
  );
  await insert(
    "products",
    ["gtin", "kind", "category", "version"],
    Object.entries(CATEGORIES).map(([gtin, category]) => [gtin, "merchandise", category, 1]),
  );
  await insert(
    "history_fulfilments",
    [
      "source",
      "order_id",
      "fulfilment_id",
      "channel",
      "customer_id",
      "placed_at",
      "location_id",
      "method",
      "status",
    ].concat([
      "promised_ready_at",
      "accepted_at",
      "picking_at",
      "ready_at",
      "arrived_at",
      "collected_at",
      "cancelled_at",
      "no_show_at",
    ]),
    history.fulfilments.map((one) => [
      ...[SOURCE, one.orderId, one.fulfilmentId, one.channel, recordOf(one.personId), at(one.placedAtMs)],
      ...[one.locationId, one.method, one.status, at(one.promisedReadyAtMs), at(one.acceptedAtMs)],
      ...[at(one.pickingAtMs), at(one.readyAtMs), at(one.arrivedAtMs), at(one.collectedAtMs)],
      ...[at(one.cancelledAtMs), at(one.noShowAtMs)],
    ]),
  );
  const gtinOf = (category: string): string =>
    Object.entries(CATEGORIES).find(([, name]) => name === category)?.[0] ?? "0";
  await insert(
    "history_order_units",
    [
      "source",
      "order_id",
      "line_no",
      "fulfilment_id",
      "channel",
      "placed_at",
      "method",
      "location_id",
      "gtin",
    ].concat(["requested", "quantity", "short", "cancelled", "handed_over", "instead_of"]),
    history.lines.map((line) => [
      ...[
        SOURCE,
        line.orderId,
        line.lineNo,
        line.fulfilmentId,
        line.channel,
        at(line.placedAtMs),
        line.method,
      ],
      ...[line.locationId, gtinOf(line.category), line.quantity, line.quantity, line.short, line.cancelled],
      ...[line.handedOver, line.insteadOf],
    ]),
  );
  await insert(
    "history_order_steps",
    ["source", "order_id", "step_no", "kind", "cause", "actor_kind", "fulfilment_id", "line_no"],
    history.steps.map((step) => [
      ...[
        SOURCE,
        step.orderId,
        step.stepNo,
        step.kind,
        step.cause,
        step.actorKind,
        step.fulfilmentId,
        step.lineNo,
      ],
    ]),
  );
  await insert(
    "history_returns",
    [
      "source",
      "return_id",
      "customer_id",
      "channel",
      "way",
      "location_id",
      "returned_at",
      "sellable_at",
      "exchange_order_id",
    ],
    history.returns.map((back, index) => [
      ...[SOURCE, `${index}`, recordOf(back.personId), back.channel, back.way, back.locationId],
      ...[at(back.returnedAtMs), at(back.sellableAtMs), back.exchangeOrderId],
    ]),
  );
  await insert(
    "order_lines",
    [
      "source",
      "order_id",
      "line_no",
      "line_type",
      "channel",
      "method",
      "location_id",
      "customer_id",
      "gtin",
    ].concat(["quantity", "unit_price", "currency", "ordered_at", "version"]),
    history.sales.map((line) => [
      ...[SOURCE, line.orderId, 1, line.lineType, line.channel, line.method, line.locationId],
      ...[recordOf(line.personId), gtinOf(line.category), line.quantity, Number(line.priceMicros) / 1e6],
      ...[line.currency, at(line.atMs), 1],
    ]),
  );
  await insert(
    "history_misses",
    ["source", "miss_id", "location_id", "at", "saved_order_id"],
    history.misses.map((miss, index) => [
      SOURCE,
      `${index}`,
      miss.locationId,
      at(miss.atMs),
      miss.savedOrderId,
    ]),
  );
  await insert(
    "survey_answers",
    ["source", "answer_id", "question", "score", "channel", "location_id", "at"],
    history.answers.map((one, index) => [
      ...[SOURCE, `${index}`, one.question, one.score, one.channel, one.locationId, at(one.atMs)],
    ]),
  );
  await insert(
    "offer_events",
    ["offer_id", "ordinal", "kind", "issuing_channel", "redeeming_channel", "at"],
    history.offers.map((one, index) => [
      ...["offer", index, one.kind, one.issuingChannel, one.redeemingChannel, at(one.atMs)],
    ]),
  );
}

import type { Cell, Database } from "../../sql/database.ts";
import type { PickupHistory } from "./pickup-histories.ts";
import { CATEGORIES } from "./pickup-history-arbitrary.ts";

type Row = Record<string, Cell>;

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const gtinOf = (category: string): string =>
  Object.entries(CATEGORIES).find(([, name]) => name === category)?.[0] ?? "0";

/** The facts as rows of the past. */
export async function storePickupHistory(db: Database, history: PickupHistory): Promise<void> {
  /** A person is named by any of its records. */
  const recordOf = (personId: string | null): string => {
    if (personId === null) return "";
    const own = [...history.persons].filter(([, person]) => person === personId).map(([record]) => record);
    return own.at(-1) ?? personId;
  };
  const tables: Record<string, Row[]> = {
    customer_events: [...history.persons].map(([record, person]) => ({
      customer_id: record,
      ordinal: 1,
      kind: "created",
      person_id: person,
    })),
    products: Object.entries(CATEGORIES).map(([gtin, category]) => ({
      gtin,
      kind: "merchandise",
      category,
      version: 1,
    })),
    history_fulfilments: history.fulfilments.map((part) => ({
      order_id: part.orderId,
      fulfilment_id: part.fulfilmentId,
      channel: part.channel,
      customer_id: recordOf(part.personId),
      placed_at: at(part.placedAtMs),
      location_id: part.locationId,
      method: part.method,
      status: part.status,
      promised_ready_at: at(part.promisedReadyAtMs),
      accepted_at: at(part.acceptedAtMs),
      picking_at: at(part.pickingAtMs),
      ready_at: at(part.readyAtMs),
      arrived_at: at(part.arrivedAtMs),
      collected_at: at(part.collectedAtMs),
      cancelled_at: at(part.cancelledAtMs),
      no_show_at: at(part.noShowAtMs),
    })),
    history_order_units: history.lines.map((line) => ({
      order_id: line.orderId,
      line_no: line.lineNo,
      fulfilment_id: line.fulfilmentId,
      channel: line.channel,
      placed_at: at(line.placedAtMs),
      method: line.method,
      location_id: line.locationId,
      gtin: gtinOf(line.category),
      quantity: line.quantity,
      short: line.short,
      cancelled: line.cancelled,
      handed_over: line.handedOver,
      instead_of: line.insteadOf,
    })),
    history_order_steps: history.steps.map((step) => ({
      order_id: step.orderId,
      step_no: step.stepNo,
      kind: step.kind,
      cause: step.cause,
      actor_kind: step.actorKind,
      fulfilment_id: step.fulfilmentId,
      line_no: step.lineNo,
    })),
    history_returns: history.returns.map((back, index) => ({
      return_id: `${index}`,
      customer_id: recordOf(back.personId),
      channel: back.channel,
      way: back.way,
      location_id: back.locationId,
      returned_at: at(back.returnedAtMs),
      sellable_at: at(back.sellableAtMs),
      exchange_order_id: back.exchangeOrderId,
    })),
    order_lines: history.sales.map((line) => ({
      order_id: line.orderId,
      line_no: 1,
      line_type: line.lineType,
      channel: line.channel,
      method: line.method,
      location_id: line.locationId,
      customer_id: recordOf(line.personId),
      gtin: gtinOf(line.category),
      quantity: line.quantity,
      unit_price: Number(line.priceMicros) / 1e6,
      currency: line.currency,
      ordered_at: at(line.atMs),
      version: 1,
    })),
    history_misses: history.misses.map((miss, index) => ({
      miss_id: `${index}`,
      location_id: miss.locationId,
      at: at(miss.atMs),
      saved_order_id: miss.savedOrderId,
    })),
    survey_answers: history.answers.map((answer, index) => ({
      answer_id: `${index}`,
      question: answer.question,
      score: answer.score,
      channel: answer.channel,
      location_id: answer.locationId,
      at: at(answer.atMs),
    })),
    offer_events: history.offers.map((offer, index) => ({
      offer_id: "offer",
      ordinal: index,
      kind: offer.kind,
      issuing_channel: offer.issuingChannel,
      redeeming_channel: offer.redeemingChannel,
      at: at(offer.atMs),
    })),
  };
  for (const [table, rows] of Object.entries(tables)) {
    const [first] = rows;
    if (first === undefined) continue;
    const values = rows.map((row) => Object.values(row));
    await db.insert({ name: `test/${table}`, table, columns: Object.keys(first), rows: values });
  }
}

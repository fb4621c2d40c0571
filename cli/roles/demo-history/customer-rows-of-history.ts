import type { CustomerEvent } from "../../../domain/customers/customer-event.ts";
import type { Identifier } from "../../../domain/customers/identifier.ts";
import { CUSTOMER_COLUMNS, toDrafts, toRow } from "../../../server/customers/customer-rows.ts";
import type { HistoryBlock } from "../../../simulators/history/create-history.ts";
import { OFFERS } from "../../../simulators/history/habits.ts";
import type { PastRecord, PastShopper } from "../../../simulators/history/past-order.ts";
import type { Cell } from "../../../sql/database.ts";
import { instantText } from "./instant-text.ts";
import { columnsOf, HISTORY_SOURCE, type RowDeps, type TableRows } from "./table-rows.ts";

const ACTOR = "demo";

/** Who the shoppers are, in the form in which the server keeps customers; and the offers they were given. */
export function toCustomerTables(block: HistoryBlock): TableRows[] {
  const events: TableRows = {
    table: "customer_events",
    columns: [...CUSTOMER_COLUMNS, "recorded_at"],
    rows: block.shoppers.flatMap(eventsOf),
  };
  const offers: TableRows = {
    table: "offer_events",
    columns: columnsOf(`
      offer_id ordinal kind event_id issue_id code customer_id issuing_channel redeeming_channel
      order_id at actor`),
    rows: block.offers.map((event) => [
      event.offerId,
      event.atMs * 1000,
      event.kind,
      event.eventId,
      event.issueId,
      "",
      event.customer.customerId,
      event.issuingChannel,
      event.redeemingChannel,
      event.orderId,
      instantText(event.atMs),
      ACTOR,
    ]),
  };
  return [events, offers].filter(({ rows }) => rows.length > 0);
}

/** The offers themselves. */
export function offerTable({ context }: Pick<RowDeps, "context">): TableRows {
  const { startMs } = context.calendar;
  return {
    table: "offers",
    columns: columnsOf(`
      offer_id label channel is_open valid_from valid_until max_redemptions changed_at changed_by
      version`),
    rows: OFFERS.map(({ offerId, label, channel }) => {
      const changedAt = instantText(startMs);
      return [offerId, label, channel, 0, changedAt, null, null, changedAt, ACTOR, startMs * 1000];
    }),
  };
}

/** In the order in which they happened; a merge stands at both of its records. */
function eventsOf(shopper: PastShopper): Cell[][] {
  const [oldest, later] = shopper.records;
  if (oldest === undefined) return [];
  const rows: Cell[][] = [];
  const write = (event: CustomerEvent, ms: number, personOf: (customerId: string) => string) => {
    for (const draft of toDrafts(event, () => shopper.records.map(({ customerId }) => customerId))) {
      const personId = personOf(draft.customerId);
      // Thousandths of a millisecond keep what happened at once in its order.
      const row = toRow(draft, { ordinal: ms * 1000 + rows.length, personId, actor: ACTOR });
      rows.push([...CUSTOMER_COLUMNS.map((column) => row[column]), row.at]);
    }
  };
  const self = (customerId: string) => customerId;
  for (const record of shopper.records) {
    for (const event of firstEvents(record, shopper)) write(event, record.createdAtMs, self);
  }
  if (later === undefined || shopper.mergedAtMs === null) return rows;
  const mergeId = `m-${oldest.customerId.slice(4)}`;
  const { mergedAtMs, unmergedAtMs } = shopper;
  const ends = { customerId: oldest.customerId, otherId: later.customerId };
  const cause = "identified_together";
  const merged = { kind: "merged", mergeId, ...ends, cause, note: "", at: instantText(mergedAtMs) } as const;
  write(merged, mergedAtMs, () => oldest.customerId);
  if (unmergedAtMs !== null) {
    write({ kind: "unmerged", mergeId, at: instantText(unmergedAtMs) }, unmergedAtMs, self);
  }
  return rows;
}

function firstEvents(record: PastRecord, shopper: PastShopper): CustomerEvent[] {
  const { customerId } = record;
  const at = instantText(record.createdAtMs);
  const identify = (identifier: Identifier): CustomerEvent => ({
    kind: "identified",
    customerId,
    identifier,
    at,
  });
  const events: CustomerEvent[] = [
    { kind: "created", customerId, at },
    identify({ kind: record.kind, source: "", value: record.externalId }),
    identify({ kind: "external", source: HISTORY_SOURCE, value: record.externalId }),
  ];
  if (record.kind === "loyalty") return events;
  return [
    ...events,
    identify({ kind: "email_hash", source: "", value: shopper.emailHash }),
    { kind: "consented", customerId, purpose: "news", isGranted: shopper.wantsNews, source: "web", at },
  ];
}

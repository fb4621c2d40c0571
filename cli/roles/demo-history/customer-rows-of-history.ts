import type { HistoryBlock } from "../../../simulators/history/create-history.ts";
import { OFFERS } from "../../../simulators/history/habits.ts";
import type { PastRecord, PastShopper } from "../../../simulators/history/past-order.ts";
import type { Cell } from "../../../sql/database.ts";
import { HISTORY_SOURCE, type RowDeps, type TableRows } from "./history-rows.ts";

const ACTOR = "demo";
const at = (ms: number): string => new Date(ms).toISOString();

/** Who the shoppers are, in the form in which the server keeps customers; and the offers they were given. */
export function toCustomerTables(block: HistoryBlock): TableRows[] {
  const events: TableRows = {
    table: "customer_events",
    columns: [
      ...["customer_id", "ordinal", "kind", "person_id", "identifier_kind", "identifier_source"],
      ...["identifier", "merge_id", "other_id", "detail", "at", "actor", "recorded_at"],
    ],
    rows: block.shoppers.flatMap(eventsOf),
  };
  const offers: TableRows = {
    table: "offer_events",
    columns: [
      ...["offer_id", "ordinal", "kind", "event_id", "issue_id", "code", "customer_id"],
      ...["issuing_channel", "redeeming_channel", "order_id", "at", "actor"],
    ],
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
      at(event.atMs),
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
    columns: [
      ...["offer_id", "label", "channel", "is_open", "valid_from", "valid_until", "max_redemptions"],
      ...["changed_at", "changed_by", "version"],
    ],
    rows: OFFERS.map(({ offerId, label, channel }) => {
      const changedAt = at(startMs);
      return [offerId, label, channel, 0, changedAt, null, null, changedAt, ACTOR, startMs * 1000];
    }),
  };
}

function eventsOf(shopper: PastShopper): Cell[][] {
  const [oldest] = shopper.records;
  if (oldest === undefined) return [];
  const rows: Cell[][] = [];
  for (const record of shopper.records) {
    const ordinal = record.createdAtMs * 1000;
    const add = (nth: number, kind: string, identifier: [string, string, string], detail = "") =>
      rows.push([
        ...[record.customerId, ordinal + nth, kind, record.customerId, ...identifier],
        ...["", "", detail, at(record.createdAtMs), ACTOR, at(record.createdAtMs)],
      ]);
    add(0, "created", ["", "", ""]);
    add(1, "identified", [record.kind, "", record.externalId]);
    add(2, "identified", ["external", HISTORY_SOURCE, record.externalId]);
    if (record.kind === "account") {
      add(3, "identified", ["email_hash", "", shopper.emailHash]);
      const consent = { purpose: "news", isGranted: shopper.wantsNews, source: "web" };
      add(4, "consented", ["", "", ""], JSON.stringify(consent));
    }
  }
  const [, later] = shopper.records;
  if (later !== undefined && shopper.mergedAtMs !== null) rows.push(...mergeRows(shopper, oldest, later));
  return rows;
}

/** A merge, and its end, stand at both records. */
function mergeRows(shopper: PastShopper, oldest: PastRecord, later: PastRecord): Cell[][] {
  const { mergedAtMs, unmergedAtMs } = shopper;
  if (mergedAtMs === null) return [];
  const mergeId = `mrg_${oldest.customerId.slice(4)}`;
  const detail = JSON.stringify({ cause: "identified_together", note: "" });
  const pairs = [[oldest, later] as const, [later, oldest] as const];
  const rows = pairs.map(([one, other]): Cell[] => [
    ...[one.customerId, mergedAtMs * 1000 + 10, "merged", oldest.customerId, "", "", "", mergeId],
    ...[other.customerId, detail, at(mergedAtMs), ACTOR, at(mergedAtMs)],
  ]);
  if (unmergedAtMs === null) return rows;
  const ends = [oldest, later].map((one): Cell[] => [
    ...[one.customerId, unmergedAtMs * 1000 + 20, "unmerged", one.customerId, "", "", "", mergeId],
    ...["", "", at(unmergedAtMs), ACTOR, at(unmergedAtMs)],
  ]);
  return [...rows, ...ends];
}

import { decodeEpc } from "../../epc/decode-epc.ts";
import { parseEpcHex } from "../../epc/hex.ts";
import { gtinFromNumber } from "../../gtin.ts";
import type { Location } from "../../location.ts";
import type { JsonObject } from "../json-value.ts";
import { uriOfPlace } from "../places.ts";
import type { LedgerRow } from "./ledger-row.ts";
import { HOUSE_WORDS, ZONE_WORDS } from "./zone-words.ts";

/** What is needed of a location. */
export type OwnPlace = Pick<Location, "locationId" | "gln" | "zones">;

/** Which units of a row an event is about, and what it says of them; the word `zone` stands for the zone's own. */
type Part = {
  bizStep: string;
  disposition: string;
  /** Whether the goods are at the place afterwards. */
  isThere: boolean;
  items: (item: LedgerRow["items"][number]) => boolean;
  /** Movements without an EPC that count as its quantities. */
  reason: string | null;
};

const isHere = (item: { status: string }) => item.status === "present" || item.status === "exiting";
const isAny = () => true;
const hasStatus = (status: string) => (item: { status: string }) => item.status === status;

const SOLD: Part = {
  bizStep: "retail_selling",
  disposition: "retail_sold",
  isThere: false,
  items: hasStatus("sold"),
  reason: "sold",
};
const RETURNED: Part = {
  bizStep: "receiving",
  disposition: "returned",
  isThere: true,
  items: isHere,
  reason: "returned",
};
const SEEN: Part = { bizStep: "zone", disposition: "zone", isThere: true, items: isHere, reason: null };
const RECEIVED: Part = {
  bizStep: "receiving",
  disposition: "sellable_not_accessible",
  isThere: true,
  items: isHere,
  reason: "received",
};
const SHIPPED: Part = {
  bizStep: "shipping",
  disposition: "in_transit",
  isThere: false,
  items: hasStatus("in_transit"),
  reason: "transferred_out",
};
const LEFT: Part = {
  bizStep: "entering_exiting",
  disposition: "unknown",
  isThere: false,
  items: isAny,
  reason: null,
};
const MISSING: Part = {
  bizStep: "stock_taking",
  disposition: "unknown",
  isThere: true,
  items: isAny,
  reason: null,
};
const COUNTED: Part = { ...SEEN, bizStep: "cycle_counting" };

/** Rows of other types (corrections, books, notices of what is to come) are no observations of goods. */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  sale: [SOLD],
  return: [RETURNED],
  exchange: [SOLD, RETURNED],
  receipt: [RECEIVED],
  transfer_in: [{ ...RECEIVED, reason: "transferred_in" }],
  transfer_out: [SHIPPED],
  item_seen: [SEEN],
  item_moved: [SEEN],
  item_transferred: [{ ...RECEIVED, reason: null }],
  transfer_seen: [{ ...RECEIVED, reason: null }],
  item_exiting: [SEEN],
  item_left: [LEFT],
  item_missing: [MISSING],
  count_reads: [COUNTED],
  count_ended: [{ ...MISSING, items: hasStatus("missing") }],
};

const wordsOf = (name: "bizStep" | "disposition"): string[] => {
  const said = Object.values(PARTS).flatMap((parts) => parts.map((part) => part[name]));
  const byZone = Object.values(ZONE_WORDS).map((words) => words[name]);
  return [...new Set([...said.filter((word) => word !== "zone"), ...byZone])];
};

/** The words that our own events use. */
export const OWN_WORDS = { bizSteps: wordsOf("bizStep"), dispositions: wordsOf("disposition") };

/** Types of rows that may become an event with one of these words; null asks for any. */
export function ledgerTypesFor(
  bizSteps: readonly string[] | null,
  dispositions: readonly string[] | null,
): string[] {
  const zoneWords = Object.values(ZONE_WORDS);
  const fits = (wanted: readonly string[] | null, word: string, byZone: readonly string[]) =>
    wanted === null || (word === "zone" ? byZone : [word]).some((one) => wanted.includes(one));
  return Object.entries(PARTS)
    .filter(([, parts]) =>
      parts.some(
        (part) =>
          fits(
            bizSteps,
            part.bizStep,
            zoneWords.map((words) => words.bizStep),
          ) &&
          fits(
            dispositions,
            part.disposition,
            zoneWords.map((words) => words.disposition),
          ),
      ),
    )
    .map(([type]) => type);
}

/**
 * The object events that a row of the ledger is, each with its part of the row; none where it says nothing of goods. EPCs stand as
 * URNs, places as in `uriOfPlace`. `offset` is the zone's at the time, such as `+02:00`.
 */
export function ownEventsOf(
  row: LedgerRow,
  location: OwnPlace,
  offset: string,
): { part: number; event: JsonObject }[] {
  return (PARTS[row.eventType] ?? []).flatMap((part, index) => {
    const event = eventOf(row, part, location, offset);
    return event === null ? [] : [{ part: index, event }];
  });
}

function eventOf(row: LedgerRow, part: Part, location: OwnPlace, offset: string): JsonObject | null {
  const items = row.items.filter(part.items);
  const epcList = [...new Set(items.map((item) => uriOfEpc(item.epc)))];
  const quantityList = quantitiesOf(row, part);
  if (epcList.length === 0 && quantityList.length === 0) return null;
  const zoneId = items[0]?.zoneId ?? "";
  const zone = location.zones.find((one) => one.zoneId === zoneId);
  const words = zone === undefined ? HOUSE_WORDS : ZONE_WORDS[zone.kind];
  const place = { id: uriOfPlace(location, zone === undefined ? "" : zoneId) };
  const transaction = transactionOf(row);
  return {
    type: "ObjectEvent",
    eventTime: new Date(row.occurredAtMs).toISOString(),
    eventTimeZoneOffset: offset,
    epcList,
    ...(quantityList.length === 0 ? {} : { quantityList }),
    action: "OBSERVE",
    bizStep: part.bizStep === "zone" ? words.bizStep : part.bizStep,
    disposition: part.disposition === "zone" ? words.disposition : part.disposition,
    readPoint: place,
    ...(part.isThere ? { bizLocation: place } : {}),
    ...(transaction === null ? {} : { bizTransactionList: [transaction] }),
  };
}

function quantitiesOf(row: LedgerRow, part: Part): { epcClass: string; quantity: number }[] {
  const byGtin = new Map<number, number>();
  for (const { gtin, quantity, reason, epc } of row.movements) {
    if (epc !== "" || reason !== part.reason) continue;
    byGtin.set(gtin, (byGtin.get(gtin) ?? 0) + Math.abs(quantity));
  }
  return [...byGtin].map(([gtin, quantity]) => ({
    epcClass: `https://id.gs1.org/01/${gtinFromNumber(gtin)}`,
    quantity,
  }));
}

function uriOfEpc(hex: string): string {
  const parsed = parseEpcHex(hex);
  if (!parsed.ok) return `urn:onhand:tag:${encodeURIComponent(hex)}`;
  const decoded = decodeEpc(parsed.value);
  if (!decoded.ok) return decoded.rawUri;
  return decoded.pureIdentityUri ?? decoded.digitalLink ?? decoded.rawUri;
}

/** A till's transaction; CBV has no type for it. */
function transactionOf(row: LedgerRow): JsonObject | null {
  if (!row.source.startsWith("pos/")) return null;
  const transactionId = /"transactionId":("(?:[^"\\]|\\.)*")/.exec(row.body)?.[1];
  if (transactionId === undefined) return null;
  const name = encodeURIComponent(String(JSON.parse(transactionId)));
  const terminal = row.source.slice("pos/".length);
  return {
    type: "urn:onhand:btt:till",
    bizTransaction: `urn:onhand:transaction:${row.locationId}:${terminal}:${name}`,
  };
}

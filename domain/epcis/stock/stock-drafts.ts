import type { StockEvent, TillEvent } from "../../events/stock-event.ts";
import type { Location } from "../../location.ts";
import { type EventSummary, summaryOf } from "../event-summary.ts";
import { idOf, type JsonObject, objectsOf, textOf } from "../json-value.ts";
import { type Place, placeOf } from "../places.ts";
import { bareWord } from "../vocabulary.ts";
import { type Goods, goodsOf, type Left, type PrefixDigitsOf } from "./goods.ts";
import { type StockMeaning, stockMeaningOf } from "./stock-meaning.ts";

/** Who a captured event comes from, in topics: terminal, source, and the first part of a reader's id. */
export const CAPTURE_SOURCE = "epcis-capture";
/** Where goods go that are shipped to nobody of ours. */
export const OUTSIDE = "outside";

const MAX_TILL_LINES = 1000;
/** Lines of one stock event, and EPCs of one line: together a message of some 250 kB. */
const MAX_STOCK_LINES = 100;
const MAX_EPCS = 100;
const MAX_ID = 180;

/** Something to publish for an event; `reads` are what a zone has seen, and have no receipt. */
export type StockDraft =
  | { kind: "till"; locationId: string; event: TillEvent }
  | { kind: "stock"; locationId: string; event: StockEvent }
  | { kind: "reads"; locationId: string; zoneId: string; reads: { epc: string; lastSeenAt: string }[] };

/** What an event does, and what of it does nothing and why. */
export type Drafted = { drafts: StockDraft[]; left: Left[] };

export type DraftContext = {
  locations: readonly Location[];
  prefixDigitsOf: PrefixDigitsOf;
  /** The one location that the sender may speak for; null = all. */
  allowedLocationId: string | null;
  /** Identities (hex) that are on hand: only they can be removed. */
  isOnHand(epc: string, locationId: string): boolean;
};

/** The stock and till events that a captured event means. `eventId` is the event's own id or hash id. */
export function draftStock(
  event: JsonObject,
  eventId: string,
  hashId: string,
  context: DraftContext,
): Drafted {
  const summary = summaryOf(event);
  const meaning = stockMeaningOf(summary);
  if (meaning === "none")
    return nothing({ code: "no_meaning", detail: `${describe(summary)} says nothing of what is on hand` });
  const place = placeFor(meaning, event, context.locations);
  if (place === null)
    return nothing({
      code: "unknown_place",
      detail: "neither bizLocation nor readPoint is a location of ours",
    });
  if (context.allowedLocationId !== null && place.locationId !== context.allowedLocationId) {
    return nothing({ code: "location_not_allowed", detail: `the key may not speak for ${place.locationId}` });
  }
  const { goods, left } = goodsOf(event, context.prefixDigitsOf);
  if (goods.length === 0)
    return { drafts: [], left: [...left, { code: "no_goods", detail: "it names no goods" }] };
  const id = eventId.length <= MAX_ID ? eventId : hashId;
  const drafted = draftFor(meaning, { event, summary, place, goods, id, context });
  return { drafts: drafted.drafts, left: [...left, ...drafted.left] };
}

type Parts = {
  event: JsonObject;
  summary: EventSummary;
  place: Place;
  goods: readonly Goods[];
  id: string;
  context: DraftContext;
};

function draftFor(meaning: Exclude<StockMeaning, "none">, parts: Parts): Drafted {
  switch (meaning) {
    case "receive":
      return drafts(received(parts));
    case "return":
      return drafts(tillEvents("return", parts));
    case "sell":
      return drafts(tillEvents("sale", parts));
    case "ship":
      return drafts(shipped(parts));
    case "observe":
      return observed(parts);
    case "remove":
      return removed(parts);
    default: {
      const never: never = meaning;
      return never;
    }
  }
}

/** Goods that arrive are received; where the event names the location of ours that they come from, a transfer comes in. */
function received(parts: Parts): StockDraft[] {
  const { event, summary, place, goods, context } = parts;
  // What is told twice by EPC is one fact; a quantity told at arriving and again at receiving would be two.
  const isReceived = summary.bizStep === "receiving";
  const counted = goods.map(({ gtin, epcs, others }) => ({ gtin, epcs, others: isReceived ? others : 0 }));
  const from = partyOf(event, "sourceList", "source", context.locations);
  return inParts(parts, linesOf(counted), MAX_STOCK_LINES, (base, lines) => ({
    kind: "stock",
    locationId: place.locationId,
    event:
      from === null || from.locationId === place.locationId
        ? { type: "receipt", ...base, lines }
        : { type: "transfer_in", ...base, transferId: transferIdOf(parts), from: from.locationId, lines },
  }));
}

function shipped(parts: Parts): StockDraft[] {
  const { event, place, goods, context } = parts;
  const to = partyOf(event, "destinationList", "destination", context.locations)?.locationId ?? OUTSIDE;
  return inParts(parts, linesOf(goods), MAX_STOCK_LINES, (base, lines) => ({
    kind: "stock",
    locationId: place.locationId,
    event: { type: "transfer_out", ...base, transferId: transferIdOf(parts), to, lines },
  }));
}

function tillEvents(type: "sale" | "return", parts: Parts): StockDraft[] {
  const lines = parts.goods.flatMap(({ gtin, epcs, others }) => [
    ...epcs.map((epc) => ({ gtin, epc, quantity: 1 })),
    ...(others > 0 ? [{ gtin, quantity: others }] : []),
  ]);
  return inParts(parts, lines, MAX_TILL_LINES, (base, some) => ({
    kind: "till",
    locationId: parts.place.locationId,
    event: {
      type,
      ...base,
      terminalId: CAPTURE_SOURCE,
      transactionId: base.eventId,
      lines: some.map((line, index) => Object.assign({ lineNo: index + 1 }, line)),
    },
  }));
}

/** Where goods are from now on: a read of the zone's, twice, as the tracker asks it of any reader before it moves an item. */
function observed({ summary, place, goods }: Parts): Drafted {
  if (place.zoneId === null)
    return nothing({ code: "no_zone", detail: "the place names no zone of the location" });
  const times = [summary.eventTimeMs, summary.eventTimeMs + SECOND_SIGHT_MS].map((ms) =>
    new Date(ms).toISOString(),
  );
  const epcs = goods.flatMap((one) => one.epcs);
  const left = goods.some((one) => one.others > 0)
    ? [{ code: "no_epc", detail: "units without an EPC of known company prefix cannot be seen in a zone" }]
    : [];
  if (epcs.length === 0) return { drafts: [], left };
  const reads = times.flatMap((lastSeenAt) => epcs.map((epc) => ({ epc, lastSeenAt })));
  return { drafts: [{ kind: "reads", locationId: place.locationId, zoneId: place.zoneId, reads }], left };
}

/** Longer than the window in which repeats are one sight. */
const SECOND_SIGHT_MS = 2500;

/** Units that are no more: one less for each that is on hand there. Sold or gone before, they are not taken off again. */
function removed(parts: Parts): Drafted {
  const { place, goods, context } = parts;
  const left: Left[] = [];
  const lines = goods.map(({ gtin, epcs, others }) => {
    const here = epcs.filter((epc) => context.isOnHand(epc, place.locationId));
    if (here.length < epcs.length) {
      left.push({
        code: "not_on_hand",
        detail: `${epcs.length - here.length} units of ${gtin} are not on hand`,
      });
    }
    return { gtin, quantity: -(here.length + others), state: "sellable" as const };
  });
  const note = `EPCIS ${parts.summary.bizStep} ${parts.summary.disposition}`.trim();
  const taken = inParts(
    parts,
    lines.filter((line) => line.quantity < 0),
    MAX_STOCK_LINES,
    (base, some) => ({
      kind: "stock",
      locationId: place.locationId,
      event: { type: "adjustment", ...base, note, lines: some },
    }),
  );
  return { drafts: taken, left };
}

type Base = { eventId: string; occurredAt: string };

/** As many events as the lines need, each with an id of its own. */
function inParts<Line>(
  { id, summary }: Parts,
  lines: readonly Line[],
  most: number,
  toDraft: (base: Base, lines: Line[]) => StockDraft,
): StockDraft[] {
  const made: StockDraft[] = [];
  for (let start = 0; start < lines.length; start += most) {
    const eventId = start === 0 ? id : `${id}.${start / most + 1}`;
    const base = { eventId, occurredAt: new Date(summary.eventTimeMs).toISOString() };
    made.push(toDraft(base, lines.slice(start, start + most)));
  }
  return made;
}

/** A line a product; one with very many EPCs is told in several. */
function linesOf(goods: readonly Goods[]) {
  const lines: { gtin: string; quantity: number; state: "sellable"; epcs: string[] }[] = [];
  for (const { gtin, epcs, others } of goods) {
    if (others > 0) lines.push({ gtin, quantity: others, state: "sellable", epcs: [] });
    for (let start = 0; start < epcs.length; start += MAX_EPCS) {
      const some = epcs.slice(start, start + MAX_EPCS);
      lines.push({ gtin, quantity: some.length, state: "sellable", epcs: some });
    }
  }
  return lines;
}

/** The shipment's own name, the same at both ends; the event's where it has none. */
function transferIdOf({ event, id }: Parts): string {
  const named = objectsOf(event["bizTransactionList"]);
  const shipment = named.find((one) =>
    ["desadv", "bol"].includes(bareWord("bizTransactionType", textOf(one["type"]) ?? "")),
  );
  const name = textOf((shipment ?? named[0] ?? {})["bizTransaction"]);
  return name !== null && name.length <= MAX_ID ? name : id;
}

function partyOf(
  event: JsonObject,
  list: string,
  member: string,
  locations: readonly Location[],
): Place | null {
  const parties = objectsOf(event[list]);
  for (const party of parties) {
    const place = placeOf(textOf(party[member]) ?? "", locations);
    if (place !== null) return place;
  }
  return null;
}

/** Sales and shipments happen where they are read; all else is about where the goods are afterwards. */
function placeFor(meaning: StockMeaning, event: JsonObject, locations: readonly Location[]): Place | null {
  const readPoint = placeOf(idOf(event["readPoint"]) ?? "", locations);
  const bizLocation = placeOf(idOf(event["bizLocation"]) ?? "", locations);
  return meaning === "sell" || meaning === "ship" ? (readPoint ?? bizLocation) : (bizLocation ?? readPoint);
}

function describe({ eventType, action, bizStep }: EventSummary): string {
  return [eventType, action, bizStep].filter((word) => word !== "").join(" ");
}

function nothing(why: Left): Drafted {
  return { drafts: [], left: [why] };
}

function drafts(made: StockDraft[]): Drafted {
  return { drafts: made, left: [] };
}

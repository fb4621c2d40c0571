import fc from "fast-check";
import type { StockEvent, TillEvent } from "../../domain/events/stock-event.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { ZoneKind } from "../../domain/location.ts";
import type { PlacedRead, ResolvedEpc, StockBook } from "../../domain/tracking/stock-book.ts";

/** Something that a stock book is told; `atMs` is when it happened. */
export type HistoryInput =
  | { kind: "read"; atMs: number; read: PlacedRead }
  | { kind: "till"; atMs: number; locationId: string; eventId: string; event: TillEvent }
  | { kind: "stock"; atMs: number; locationId: string; event: StockEvent };

export const HISTORY_START_MS = Date.UTC(2025, 5, 2, 10);
export const HISTORY_GTINS = [4006381333931, 4006381333948];
export const HISTORY_EPCS = ["30A1", "30A2", "30A3", "30B1"];

export type HistoryPlace = { locationId: string; zoneId: string; zoneKind: ZoneKind };

export const HISTORY_PLACES: readonly HistoryPlace[] = [
  { locationId: "north", zoneId: "dock", zoneKind: "dock" },
  { locationId: "north", zoneId: "floor", zoneKind: "sales_floor" },
  { locationId: "north", zoneId: "till", zoneKind: "pos" },
  { locationId: "south", zoneId: "floor", zoneKind: "sales_floor" },
  { locationId: "south", zoneId: "backroom", zoneKind: "backroom" },
];

export function gtinOfHistoryEpc(epc: string): number {
  return HISTORY_GTINS[epc.startsWith("30A") ? 0 : 1] ?? 0;
}

export function resolveHistoryEpc(text: string): ResolvedEpc | null {
  return HISTORY_EPCS.includes(text) ? { identity: text, gtin: gtinOfHistoryEpc(text) } : null;
}

/** Tells the book. Refusals are part of a history: they give null. */
export function tell(book: StockBook, input: HistoryInput): LedgerEvent | null {
  if (input.kind === "read") return book.applyRead(input.read);
  const result =
    input.kind === "till"
      ? book.applyTillEvent(input.locationId, "pos/t1", input.event, input.eventId, "{}")
      : book.applyStockEvent(input.locationId, "stock/wms", input.event, "{}");
  return result.ok ? result.value : null;
}

type Shape = {
  seconds: number;
  isUniqueTimes?: boolean;
  places?: readonly HistoryPlace[];
  /** Which events there are; all of them unless said. */
  lines?: (input: HistoryInput) => boolean;
  /** How many of each, at most. */
  reads: number;
  events: number;
};

/** Histories of a few items at two locations, crowded enough that everything meets everything, in the order of their times. */
export function historyArbitrary(shape: Shape): fc.Arbitrary<HistoryInput[]> {
  const offsetMs = fc.integer({ min: 0, max: shape.seconds * 20 }).map((n) => n * 50);
  const places = shape.places ?? HISTORY_PLACES;
  const read = fc
    .record({
      atMs: offsetMs,
      epc: fc.constantFrom(...HISTORY_EPCS),
      place: fc.constantFrom(...places),
      rssiDbm: fc.oneof(fc.integer({ min: -80, max: -40 }), fc.constant(Number.NaN)),
      repeats: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ atMs, epc, place, rssiDbm, repeats }) =>
      Array.from({ length: repeats }, (_, i): HistoryInput => {
        const observedAtMs = HISTORY_START_MS + atMs + i * 1050;
        const gtin = gtinOfHistoryEpc(epc);
        return {
          kind: "read",
          atMs: observedAtMs,
          read: { identity: epc, gtin, ...place, observedAtMs, rssiDbm, near: null },
        };
      }),
    );
  const locationId = fc.constantFrom("north", "south");
  const line = fc.record({
    epc: fc.option(fc.constantFrom(...HISTORY_EPCS), { nil: null, freq: 2 }),
    gtin: fc.constantFrom(...HISTORY_GTINS),
    quantity: fc.integer({ min: 1, max: 3 }),
    restock: fc.boolean(),
  });
  const till = fc
    .record({ atMs: offsetMs, locationId, type: fc.constantFrom("sale", "return"), line })
    .map(({ atMs, locationId, type, line }): HistoryInput => {
      const { epc, restock } = line;
      const gtin = String(epc === null ? line.gtin : gtinOfHistoryEpc(epc));
      const at = HISTORY_START_MS + atMs;
      const event: TillEvent = {
        type: type === "sale" ? "sale" : "return",
        terminalId: "t1",
        transactionId: "",
        occurredAt: new Date(at).toISOString(),
        lines: [{ lineNo: 1, gtin, epc, quantity: line.quantity, restock }],
      };
      return { kind: "till", atMs: at, locationId, eventId: "", event };
    });
  const stock = fc
    .record({
      atMs: offsetMs,
      locationId,
      type: fc.constantFrom("receipt", "adjustment", "position"),
      gtin: fc.constantFrom(...HISTORY_GTINS),
      quantity: fc.integer({ min: -3, max: 6 }),
      state: fc.constantFrom("sellable", "damaged"),
      epcs: fc.uniqueArray(fc.constantFrom(...HISTORY_EPCS), { maxLength: 2 }),
    })
    .map(({ atMs, locationId, type, gtin, quantity, state, epcs }): HistoryInput => {
      const named = epcs.filter((epc) => gtinOfHistoryEpc(epc) === gtin);
      const line = {
        gtin: String(gtin),
        quantity: type === "adjustment" ? quantity : Math.abs(quantity) + 2,
        state: state === "damaged" ? ("damaged" as const) : ("sellable" as const),
        ...(type === "receipt" ? { epcs: named } : {}),
      };
      const at = HISTORY_START_MS + atMs;
      const base = { eventId: "", occurredAt: new Date(at).toISOString(), lines: [line] };
      const event: StockEvent = { ...base, type: type as "receipt" };
      return { kind: "stock", atMs: at, locationId, event };
    });
  return fc
    .tuple(
      fc.array(read, { maxLength: shape.reads }),
      fc.array(fc.oneof(till, stock), { maxLength: shape.events }),
    )
    .map(([reads, events]) => {
      const inputs = [...reads.flat(), ...events.filter(shape.lines ?? (() => true))];
      inputs.sort((a, b) => a.atMs - b.atMs);
      return inputs.map((input, i) => named(input, i, shape.isUniqueTimes === true ? i : 0));
    });
}

/** Gives events their ids and, where asked for, every input a time of its own. */
function named(input: HistoryInput, index: number, shiftMs: number): HistoryInput {
  const atMs = input.atMs + shiftMs;
  if (input.kind === "read") return { ...input, atMs, read: { ...input.read, observedAtMs: atMs } };
  const occurredAt = new Date(atMs).toISOString();
  if (input.kind === "till") {
    const event = { ...input.event, transactionId: `x${index}`, occurredAt };
    return { ...input, atMs, eventId: `e${index}`, event };
  }
  return { ...input, atMs, event: { ...input.event, eventId: `e${index}`, occurredAt } };
}

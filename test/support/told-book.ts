import type { TillEvent } from "../../domain/events/stock-event.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { ZoneKind } from "../../domain/location.ts";
import type { NearRule } from "../../domain/tracking/placed-read.ts";
import { createStockBook, type StockBook } from "../../domain/tracking/stock-book.ts";
import type { TrackingOverrides } from "../../domain/tracking/tracking-settings.ts";

export const TOLD_GTIN = 4006381333931;
export const TOLD_START_MS = Date.UTC(2025, 5, 2, 10);
const KINDS: Record<string, ZoneKind> = { dock: "dock", till: "pos", backroom: "backroom", exit: "exit" };

export const epcOf = (n: number) => `30${n.toString(16).toUpperCase().padStart(22, "0")}`;

export type ToldBook = ReturnType<typeof toldBook>;

/** A stock book of one location, `north`, that is told what happens by milliseconds from its start. */
export function toldBook(defaults: TrackingOverrides = {}, book: StockBook = newBook(defaults)) {
  const events: LedgerEvent[] = [];
  let transactions = 0;
  const note = (event: LedgerEvent | null) => {
    if (event !== null) events.push(event);
    return event;
  };
  return {
    book,
    /** All that was written so far. */
    events,
    read(epc: string, ms: number, zoneId = "floor", rssiDbm = -60, near: NearRule | null = null) {
      const zoneKind = KINDS[zoneId] ?? "sales_floor";
      const place = { locationId: "north", zoneId, zoneKind };
      const observedAtMs = TOLD_START_MS + ms;
      return note(book.applyRead({ identity: epc, gtin: TOLD_GTIN, ...place, observedAtMs, rssiDbm, near }));
    },
    /** Several reads, half a second apart, the last at `ms`. */
    pass(epc: string, ms: number, zoneId: string, reads = 6) {
      for (let i = reads - 1; i >= 0; i--) this.read(epc, ms - i * 500, zoneId);
    },
    till(ms: number, type: "sale" | "return", epc: string | null = null, quantity = 1) {
      const event: TillEvent = {
        type,
        terminalId: "t1",
        transactionId: `x${++transactions}`,
        occurredAt: new Date(TOLD_START_MS + ms).toISOString(),
        lines: [{ lineNo: 1, gtin: String(TOLD_GTIN), epc, quantity, restock: true }],
      };
      const result = book.applyTillEvent("north", "pos/t1", event, `e${transactions}`, "{}");
      if (!result.ok) throw new Error(result.detail);
      return note(result.value);
    },
    advance(ms: number): LedgerEvent[] {
      const told = book.advance("north", TOLD_START_MS + ms);
      events.push(...told);
      return told;
    },
    onHand: () => book.position("north", TOLD_GTIN)?.sellable ?? 0,
    status: (epc: string) => book.item(epc)?.status ?? "none",
  };
}

function newBook(defaults: TrackingOverrides): StockBook {
  return createStockBook({
    defaults,
    isKnownProduct: () => true,
    resolveEpc: (text) => (/^30[0-9A-F]{22}$/.test(text) ? { identity: text, gtin: TOLD_GTIN } : null),
  });
}

/** Quantities and reasons of an event's lines. */
export const reasonsOf = (event: LedgerEvent | null | undefined) =>
  (event?.movements ?? []).map((line) => [line.quantity, line.reason]);

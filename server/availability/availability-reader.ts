import type { AvailabilityItem, Incoming } from "../../domain/availability/availability-item.ts";
import { computeAvailability } from "../../domain/availability/compute-availability.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { Projection } from "../projection/projection.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
const DISPLAY_ONLY = STOCK_STATES.indexOf("display_only");

/** For whom is asked, how many units, and with what probability they have to be there (null: any). */
export type AvailabilityWish = { channel: string; quantity: number; confidence: number | null };

/** Nobody in particular asks for one unit: rules for all channels hold, and every allocation is another's. */
export const PLAIN_WISH: AvailabilityWish = { channel: "", quantity: 1, confidence: null };

/** Units that live reservations hold at an instant, Unix ms: those of expired holds never count. */
export type ReservedUnits = { unitsAt(locationId: string, gtin: number, atMs: number): number };

/** What rules withhold from a channel, and the most that it is shown (null: all). */
export type RuleEffects = {
  effectOn(
    locationId: string,
    gtin: number,
    channel: string,
    atMs: number,
  ): { safetyStock: number; allocated: number; cap: number | null };
};

/** How sure it is that units are there; null where nothing is known of it. Of sellable units only. */
export type PresenceOdds = {
  /** P(at least so many are there), 0 to 1. */
  atLeast(locationId: string, gtin: number, units: number, atMs: number): number | null;
  /** The most units that are there with at least this probability. */
  unitsWith(locationId: string, gtin: number, probability: number, atMs: number): number | null;
};

/** What is to come, the earliest first, and when so many units could be promised (null: not within 30 days). */
export type IncomingStock = {
  incoming(locationId: string, gtin: number, atMs: number): Incoming[];
  availableFrom(locationId: string, gtin: number, wish: AvailabilityWish, atMs: number): string | null;
};

export type AvailabilityReader = ReturnType<typeof createAvailabilityReader>;

/** Answers from memory: the projection of the ledger, the reservations, the rules, the odds and what is to come. */
export function createAvailabilityReader(deps: {
  projection: Projection;
  reserved: ReservedUnits;
  rules: RuleEffects;
  odds: PresenceOdds;
  incoming: IncomingStock;
  nowMs(): number;
}) {
  const { projection, reserved, rules, odds, incoming } = deps;

  function answer(row: number, locationId: string, gtin: number, wish: AvailabilityWish): AvailabilityItem {
    const atMs = deps.nowMs();
    const table = projection.table();
    const hasRecord = row >= 0;
    const onHand = hasRecord ? table.onHandAt(row) : 0;
    const sellable = hasRecord ? table.quantityAt(row, SELLABLE) : 0;
    const displayOnly = hasRecord ? table.quantityAt(row, DISPLAY_ONLY) : 0;
    const seenAtMs = hasRecord ? table.lastSeenAt(row) : 0;
    const held = reserved.unitsAt(locationId, gtin, atMs);
    const { safetyStock, allocated, cap } = rules.effectOn(locationId, gtin, wish.channel, atMs);
    const certain = wish.confidence === null ? null : odds.unitsWith(locationId, gtin, wish.confidence, atMs);
    const { available, reasonCode } = computeAvailability({
      onHand,
      sellable,
      displayOnly,
      reserved: held,
      safetyStock,
      allocated,
      certain,
      hasRecord,
    });
    const item: AvailabilityItem = {
      gtin: gtinFromNumber(gtin),
      locationId,
      onHand,
      sellable,
      reserved: held,
      safetyStock,
      allocated,
      available,
      isCapped: false,
      reasonCode,
      confidence: hasRecord ? odds.atLeast(locationId, gtin, held + wish.quantity, atMs) : null,
      incoming: incoming.incoming(locationId, gtin, atMs),
      availableFrom: incoming.availableFrom(locationId, gtin, wish, atMs),
      lastSeenAt: seenAtMs === 0 ? null : new Date(seenAtMs).toISOString(),
    };
    return cap === null ? item : capItem(item, cap);
  }

  return {
    /** What may be granted at an instant, now unless said, whole units: `available` before anything is cut off for those who only look. */
    unitsFor(locationId: string, gtin: number, wish: AvailabilityWish, atMs = deps.nowMs()): number {
      const table = projection.table();
      const row = table.find(locationId, gtin);
      if (row < 0) return 0;
      const sellable = table.quantityAt(row, SELLABLE);
      if (sellable <= 0) return 0;
      const { safetyStock, allocated } = rules.effectOn(locationId, gtin, wish.channel, atMs);
      const certain =
        wish.confidence === null ? null : odds.unitsWith(locationId, gtin, wish.confidence, atMs);
      const counted = certain === null ? sellable : Math.min(sellable, certain);
      return Math.max(0, counted - reserved.unitsAt(locationId, gtin, atMs) - safetyStock - allocated);
    },
    itemAt(row: number, wish: AvailabilityWish = PLAIN_WISH): AvailabilityItem {
      const table = projection.table();
      return answer(row, table.locationIdAt(row), table.gtinAt(row), wish);
    },
    /** Also for what was never recorded: zeros with the reason `no_record`. */
    itemOf(locationId: string, gtin: number, wish: AvailabilityWish = PLAIN_WISH): AvailabilityItem {
      return answer(projection.table().find(locationId, gtin), locationId, gtin, wish);
    },
  };
}

/** What rivals may see too: whether and roughly how much, not a stock list. Nothing that would give the rest away is left. */
export function capItem(item: AvailabilityItem, cap: number): AvailabilityItem {
  return {
    ...item,
    onHand: Math.min(item.onHand, cap),
    sellable: Math.min(item.sellable, cap),
    available: Math.min(item.available, cap),
    isCapped: item.isCapped || item.available > cap,
    reserved: 0,
    safetyStock: 0,
    allocated: 0,
    incoming: [],
  };
}

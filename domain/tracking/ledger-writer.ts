import type { ItemState, LedgerEvent, LedgerEventType, MovementLine } from "../ledger/ledger-event.ts";
import type { PositionTable } from "../ledger/position-table.ts";
import { STOCK_STATES } from "../stock-state.ts";
import { type ItemTable, STATUS_PRESENT, statusName } from "./item-table.ts";
import type { PlaceTable } from "./place-table.ts";
import type { PlaceTracker } from "./place-tracker.ts";
import type { StockChange, StockLine } from "./stock-change.ts";

export type EventHeader = {
  locationId: string;
  eventId: string;
  eventType: LedgerEventType;
  source: string;
  body: string;
  occurredAtMs: number;
};

/** Writes changes down as events of the ledger and gives each line its sequence: per location from 1, without holes. */
export class LedgerWriter {
  readonly #items: ItemTable;
  readonly #positions: PositionTable;
  readonly #places: PlaceTable;
  readonly #tracker: PlaceTracker;
  readonly #sequences = new Map<string, number>();

  constructor(parts: {
    items: ItemTable;
    positions: PositionTable;
    places: PlaceTable;
    tracker: PlaceTracker;
  }) {
    this.#items = parts.items;
    this.#positions = parts.positions;
    this.#places = parts.places;
    this.#tracker = parts.tracker;
  }

  setSequence(locationId: string, lastSequence: number): void {
    this.#sequences.set(locationId, lastSequence);
  }

  lastSequence(locationId: string): number {
    return this.#sequences.get(locationId) ?? 0;
  }

  write(header: EventHeader, change: StockChange): LedgerEvent {
    const movements = change.lines.map((line) => this.#movement(line));
    return { ...header, movements, items: [...change.items].map((row) => this.itemState(row)) };
  }

  itemState(row: number): ItemState {
    const items = this.#items;
    const location = items.location[row] ?? 0;
    const place = items.place[row] ?? 0;
    // Where an event has told of it since it was read on its way out, its zone is not known.
    const isOut = this.#places.isExit(place);
    const isReadLast = (items.lastSeenAt[row] ?? 0) <= this.#tracker.newestAt(row);
    const isThere = this.#places.locationAt(place) === location && (isReadLast || !isOut);
    const status = items.status[row] ?? 0;
    return {
      epc: items.identities.identityAt(row),
      gtin: items.gtin[row] ?? 0,
      locationId: this.#positions.locationIds[location] ?? "",
      zoneId: isThere ? this.#places.zoneIdAt(place) : "",
      status: isOut && isThere && status === STATUS_PRESENT ? "exiting" : statusName(status),
      state: STOCK_STATES[items.state[row] ?? 0] ?? "sellable",
      firstSeenAtMs: items.firstSeenAt[row] ?? 0,
      lastSeenAtMs: items.lastSeenAt[row] ?? 0,
    };
  }

  #movement(line: StockLine): MovementLine {
    const locationId = this.#positions.locationIdAt(line.row);
    const sequence = this.lastSequence(locationId) + 1;
    this.#sequences.set(locationId, sequence);
    return {
      locationId,
      sequence,
      gtin: this.#positions.gtinAt(line.row),
      state: STOCK_STATES[line.state] ?? "sellable",
      quantity: line.quantity,
      reason: line.reason,
      epc: line.item === -1 ? "" : this.#items.identities.identityAt(line.item),
      reservationId: line.detail?.reservationId ?? "",
      orderId: line.detail?.orderId ?? "",
    };
  }
}

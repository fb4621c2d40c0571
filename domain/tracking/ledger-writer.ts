import type { ItemState, LedgerEvent, LedgerEventType, MovementLine } from "../ledger/ledger-event.ts";
import type { PositionTable } from "../ledger/position-table.ts";
import { STOCK_STATES } from "../stock-state.ts";
import { type ItemTable, statusName } from "./item-table.ts";
import type { PlaceTable } from "./place-table.ts";
import type { StockChange, StockLine } from "./stock-fold.ts";

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
  readonly #sequences = new Map<string, number>();

  constructor(items: ItemTable, positions: PositionTable, places: PlaceTable) {
    this.#items = items;
    this.#positions = positions;
    this.#places = places;
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
    const isThere = this.#places.locationAt(place) === location;
    return {
      epc: items.identities.identityAt(row),
      gtin: items.gtin[row] ?? 0,
      locationId: this.#positions.locationIds[location] ?? "",
      zoneId: isThere ? this.#places.zoneIdAt(place) : "",
      status: statusName(items.status[row] ?? 0),
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

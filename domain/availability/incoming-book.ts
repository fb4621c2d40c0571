import type { Incoming } from "./availability-item.ts";

const HOUR_MS = 3_600_000;

/** Units of one product that are to come to one location, in the name of a reference (a delivery, a transfer). */
export type Supply = {
  locationId: string;
  gtin: number;
  kind: "receipt" | "transfer";
  reference: string;
  /** Where a transfer comes from. */
  from: string | null;
  expectedAtMs: number;
  total: number;
  arrived: number;
};

/** How long what is late still counts, and how long a transfer is thought to be on its way. */
export type IncomingSettings = { graceHours: number; transitHours: number };

type Lines = readonly { gtin: number; quantity: number }[];
/** What was announced, by its newest announcement, and what of it came. */
type Delivery = { announcedMs: number; arrived: Map<number, number>; supplies: Supply[] };

const NONE: readonly Supply[] = [];

/**
 * What is to come, from expected receipts and transfers: a fold of the ledger's events, in any order. The newest announcement of a
 * reference stands for all earlier ones; what came in its name is taken off, however early or late it is told. What is
 * late by more than the grace counts no more; nobody has to take it back.
 */
export class IncomingBook {
  readonly #settings: IncomingSettings;
  readonly #deliveries = new Map<string, Delivery>();
  readonly #byPosition = new Map<string, Map<number, Supply[]>>();
  /** Items that are on their way by name, to the transfer that has them. */
  readonly #onTheirWay = new Map<string, Delivery>();

  constructor(settings: IncomingSettings) {
    this.#settings = settings;
  }

  /** A delivery was announced, or announced anew; lines of quantity 0 take it back. */
  expect(
    locationId: string,
    reference: string,
    at: { announcedMs: number; expectedAtMs: number },
    lines: Lines,
  ): void {
    this.#announce(locationId, "receipt", reference, null, at, lines);
  }

  /** Units were shipped to a location; it is not known when they come. `epcs`: of those with a name. */
  ship(
    locationId: string,
    from: string,
    transferId: string,
    shippedMs: number,
    lines: Lines,
    epcs: readonly string[],
  ): void {
    const at = { announcedMs: shippedMs, expectedAtMs: shippedMs + this.#settings.transitHours * HOUR_MS };
    const delivery = this.#announce(locationId, "transfer", transferId, from, at, lines);
    for (const epc of epcs) this.#onTheirWay.set(epc, delivery);
  }

  /** Units came in the name of a delivery or transfer. */
  arrive(locationId: string, kind: Supply["kind"], reference: string, lines: Lines): void {
    const delivery = this.#deliveryOf(locationId, kind, reference);
    for (const { gtin, quantity } of lines) this.#count(delivery, gtin, quantity);
  }

  /** A reader saw an item come in: it is taken off its transfer, else off the oldest one on its way that has such units. */
  arriveByRead(locationId: string, gtin: number, epc: string): void {
    const named = this.#onTheirWay.get(epc);
    this.#onTheirWay.delete(epc);
    if (named !== undefined) return this.#count(named, gtin, 1);
    const waiting = (this.#byPosition.get(locationId)?.get(gtin) ?? NONE)
      .filter((supply) => supply.kind === "transfer" && supply.arrived < supply.total)
      .toSorted((a, b) => a.expectedAtMs - b.expectedAtMs)[0];
    if (waiting !== undefined)
      this.arrive(locationId, "transfer", waiting.reference, [{ gtin, quantity: 1 }]);
  }

  /** What is to come of a product to a location at an instant, Unix ms, the earliest first. */
  incoming(locationId: string, gtin: number, atMs: number): Supply[] {
    const all = this.#byPosition.get(locationId)?.get(gtin);
    if (all === undefined) return [];
    return all.filter((supply) => this.isOpen(supply, atMs)).sort((a, b) => a.expectedAtMs - b.expectedAtMs);
  }

  hasNone(locationId: string, gtin: number): boolean {
    return this.#byPosition.get(locationId)?.has(gtin) !== true;
  }

  /** All that still counts at an instant. */
  open(atMs: number): Supply[] {
    return [...this.#all()].filter((supply) => this.isOpen(supply, atMs));
  }

  isOpen(supply: Supply, atMs: number): boolean {
    return supply.arrived < supply.total && atMs < this.endsMs(supply);
  }

  /** From this instant on it counts no more, Unix ms. */
  endsMs(supply: Supply): number {
    return supply.expectedAtMs + this.#settings.graceHours * HOUR_MS;
  }

  /** Forgets what counted no more already before an instant. */
  forgetBefore(atMs: number): void {
    for (const [key, { supplies }] of this.#deliveries) {
      if (supplies.length === 0 || supplies.some((supply) => this.endsMs(supply) >= atMs)) continue;
      for (const supply of supplies) this.#remove(supply);
      this.#deliveries.delete(key);
    }
    for (const [epc, delivery] of this.#onTheirWay) {
      if (delivery.supplies.every((supply) => this.endsMs(supply) < atMs)) this.#onTheirWay.delete(epc);
    }
  }

  #announce(
    locationId: string,
    kind: Supply["kind"],
    reference: string,
    from: string | null,
    at: { announcedMs: number; expectedAtMs: number },
    lines: Lines,
  ): Delivery {
    const delivery = this.#deliveryOf(locationId, kind, reference);
    // A transfer may be told of in several parts; of a delivery the newest announcement stands.
    if (kind === "receipt") {
      if (at.announcedMs < delivery.announcedMs) return delivery;
      for (const supply of delivery.supplies) this.#remove(supply);
      delivery.supplies = [];
    }
    delivery.announcedMs = Math.max(delivery.announcedMs, at.announcedMs);
    for (const [gtin, total] of sumByGtin(lines)) {
      const known = delivery.supplies.find((supply) => supply.gtin === gtin);
      if (known !== undefined) {
        known.total += total;
        continue;
      }
      const { expectedAtMs } = at;
      const supply: Supply = { locationId, gtin, kind, reference, from, expectedAtMs, total, arrived: 0 };
      supply.arrived = delivery.arrived.get(gtin) ?? 0;
      delivery.supplies.push(supply);
      const products = this.#byPosition.get(locationId) ?? new Map<number, Supply[]>();
      this.#byPosition.set(locationId, products);
      products.set(gtin, [...(products.get(gtin) ?? []), supply]);
    }
    return delivery;
  }

  #count(delivery: Delivery, gtin: number, quantity: number): void {
    const arrived = (delivery.arrived.get(gtin) ?? 0) + quantity;
    delivery.arrived.set(gtin, arrived);
    for (const supply of delivery.supplies) if (supply.gtin === gtin) supply.arrived = arrived;
  }

  #deliveryOf(locationId: string, kind: Supply["kind"], reference: string): Delivery {
    const key = `${locationId} ${kind} ${reference}`;
    const known = this.#deliveries.get(key);
    if (known !== undefined) return known;
    const made: Delivery = { announcedMs: -Infinity, arrived: new Map(), supplies: [] };
    this.#deliveries.set(key, made);
    return made;
  }

  #remove(supply: Supply): void {
    const products = this.#byPosition.get(supply.locationId);
    const left = (products?.get(supply.gtin) ?? NONE).filter((one) => one !== supply);
    if (left.length === 0) products?.delete(supply.gtin);
    else products?.set(supply.gtin, left);
  }

  *#all(): Generator<Supply> {
    for (const { supplies } of this.#deliveries.values()) yield* supplies;
  }
}

/** As an availability answer shows it; supplies of one instant are one entry. */
export function toIncoming(supplies: readonly Supply[]): Incoming[] {
  const byInstant = new Map<number, number>();
  for (const { expectedAtMs, total, arrived } of supplies) {
    byInstant.set(expectedAtMs, (byInstant.get(expectedAtMs) ?? 0) + total - arrived);
  }
  return [...byInstant].map(([atMs, quantity]) => ({ expectedAt: new Date(atMs).toISOString(), quantity }));
}

function sumByGtin(lines: Lines): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { gtin, quantity } of lines) sums.set(gtin, (sums.get(gtin) ?? 0) + quantity);
  return sums;
}

import type { Location } from "../../domain/location.ts";
import type { Product } from "../../domain/product.ts";
import { createRandom, type Random } from "../random.ts";
import { createWeightedDraw } from "./distributions.ts";
import { createHistoryCalendar, type HistoryCalendar } from "./history-calendar.ts";

export type HistoryOptions = {
  /** The same seed, end, products and locations give the same past, fact by fact. */
  seed: number;
  /** Nothing happened at this instant or after it; a midnight, UTC. */
  endMs: number;
  days: number;
  /** People who bought at least once and are known. */
  shoppers: number;
  /** Receipts of people who are not known, a store and ordinary day. */
  guestsPerStoreDay: number;
  /** Of one currency, with price and cost. */
  products: readonly Product[];
  /** The last one is the warehouse. */
  locations: readonly Location[];
};

export type PastProduct = { gtin: string; priceCents: number; costCents: number; isTagged: boolean };

/** What all parts of the past share. */
export type PastContext = {
  options: HistoryOptions;
  random: Random;
  calendar: HistoryCalendar;
  products: readonly PastProduct[];
  /** Indexes of the stores, and of the warehouse. */
  stores: readonly number[];
  warehouse: number;
  /** How slow each location is with its orders; 1 is ordinary. */
  slowness: readonly number[];
  /** A product, the popular ones more often. */
  drawProduct(random: Random): number;
  /** Another number each time, from 1. */
  nextNumber(): number;
};

export function createPastContext(options: HistoryOptions): PastContext {
  const random = createRandom(options.seed, "past");
  const products = options.products.map(({ gtin, price, cost, isTagged }) => ({
    gtin,
    priceCents: toCents(price),
    costCents: toCents(cost),
    isTagged,
  }));
  // As Zipf's law, but the seller of the year is not ten times the tenth.
  const draw = createWeightedDraw(products.map((_, index) => 1 / (index + 12) ** 0.7));
  const order = shuffled(products.length, random);
  const warehouse = options.locations.length - 1;
  let number = 0;
  return {
    options,
    random,
    calendar: createHistoryCalendar(options),
    products,
    stores: options.locations.slice(0, warehouse).map((_, index) => index),
    warehouse,
    slowness: options.locations.map(() => random.between(0.75, 1.35)),
    drawProduct: (source) => order[draw(source)] ?? 0,
    nextNumber: () => (number += 1),
  };
}

/** `19.90` as 1990; a price of more than two decimals is none of a simulated chain. */
function toCents(money: string | null): number {
  return Math.round(Number(money ?? "0") * 100);
}

function shuffled(length: number, random: Random): number[] {
  const indexes = Array.from({ length }, (_, index) => index);
  for (let index = length - 1; index > 0; index -= 1) {
    const other = random.int(index + 1);
    [indexes[index], indexes[other]] = [indexes[other] ?? 0, indexes[index] ?? 0];
  }
  return indexes;
}

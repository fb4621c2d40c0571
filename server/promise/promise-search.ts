import { gtinFromNumber } from "../../domain/gtin.ts";
import type { PromiseWish } from "../../domain/promise/promise.ts";
import { promiseBasket, type PromisedBasket } from "../../domain/promise/promise-basket.ts";
import { PROMISE_METHODS, weighedWith } from "../../domain/promise/promise-settings.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { PromisePlaces } from "./promise-places.ts";
import type { WorkOf } from "./store-pace.ts";

/** Each product once, in the order of the basket. `gtins` are the numbers of the products of the wish's lines. */
export function sumBasket(wish: PromiseWish, gtins: readonly number[]): { gtin: number; quantity: number }[] {
  const sums = new Map<number, number>();
  wish.lines.forEach(({ quantity }, line) => {
    const gtin = gtins[line] ?? 0;
    sums.set(gtin, (sums.get(gtin) ?? 0) + quantity);
  });
  return [...sums].map(([gtin, quantity]) => ({ gtin, quantity }));
}

export type PromiseSearch = ReturnType<typeof createPromiseSearch>;

/** The ways to fulfil a basket by what is in memory now; it neither reads nor waits. */
export function createPromiseSearch(deps: {
  places: PromisePlaces;
  workOf: WorkOf;
  reader: AvailabilityReader;
  nowMs(): number;
}) {
  const { places, reader } = deps;
  /** `quantityCap`: the most units that are believed to be at one location, for those who may not see more. */
  return function search(
    wish: PromiseWish,
    basket: readonly { gtin: number; quantity: number }[],
    quantityCap: number,
  ): PromisedBasket {
    const { channel, confidence = null } = wish;
    const company = places.settings();
    return promiseBasket({
      lines: basket.map(({ gtin, quantity }) => ({ gtin: gtinFromNumber(gtin), quantity })),
      locations: places.locations(),
      customer: wish.customer,
      methods: wish.methods ?? PROMISE_METHODS,
      settings: {
        ...company,
        weights: weighedWith(company.weights, wish.weights),
        maxShipments: wish.maxShipments ?? company.maxShipments,
      },
      limit: wish.limit,
      orderedAtMs: wish.at === undefined ? deps.nowMs() : Date.parse(wish.at),
      calendarOf: places.calendarOf,
      workOf: deps.workOf,
      availableAt: (locationId) =>
        basket.map(({ gtin, quantity }) =>
          Math.min(quantityCap, reader.unitsFor(locationId, gtin, { channel, quantity, confidence })),
        ),
      confidenceOf: (locationId, line, quantity) =>
        reader.itemOf(locationId, basket[line]?.gtin ?? 0, { channel, quantity, confidence: null })
          .confidence,
    });
  };
}

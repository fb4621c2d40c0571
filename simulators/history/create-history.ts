import { carryOut, placeOrder } from "./buy.ts";
import { bringBack } from "./bring-back.ts";
import { drawPoisson } from "./distributions.ts";
import { fulfil } from "./fulfil.ts";
import { HABITS } from "./habits.ts";
import { createHistoryTruth, type HistoryTruth } from "./history-truth.ts";
import { liveAShopper } from "./live-a-shopper.ts";
import { createPastContext, type HistoryOptions, type PastContext } from "./past-context.ts";
import {
  lastStepMs,
  type PastAnswer,
  type PastCountLine,
  type PastMiss,
  type PastOfferEvent,
  type PastOrder,
  type PastShopper,
  type PastStockDay,
} from "./past-order.ts";
import { createStockLedger, stockYear } from "./stock-year.ts";

/** Some of the past: so much that telling it takes some tens of milliseconds. Facts of one shopper are in one block. */
export type HistoryBlock = {
  shoppers: PastShopper[];
  orders: PastOrder[];
  offers: PastOfferEvent[];
  answers: PastAnswer[];
  misses: PastMiss[];
  stockDays: PastStockDay[];
  counts: PastCountLine[];
};

/** `share`: how much of the past is told by now, 0 to 1. */
export type HistoryStep = { block: HistoryBlock; share: number };

export type History = {
  readonly context: PastContext;
  /** To be walked once. */
  blocks(): Generator<HistoryStep, void, void>;
  /** What every figure truly is, of all that was told by now. */
  truth(): HistoryTruth;
};

const ORDERS_PER_BLOCK = 800;
const STOCK_ROWS_PER_BLOCK = 7_000;
/** Of the work: shoppers, then stores' days, then the book. */
const SHOPPERS_SHARE = 0.65;
const GUESTS_SHARE = 0.85;

/**
 * The past of a chain, so that reports have something to show: shoppers with habits, orders with their steps, returns, offers,
 * counts, the book. Pure: no clock, no I/O; the same options give the same past.
 */
export function createHistory(options: HistoryOptions): History {
  const context = createPastContext(options);
  const ledger = createStockLedger(context);
  const truth = createHistoryTruth(context);
  const tell = (block: HistoryBlock, share: number): HistoryStep => {
    for (const order of block.orders) ledger.add(order);
    truth.add(block);
    return { block, share };
  };

  function* blocks(): Generator<HistoryStep, void, void> {
    let block = emptyBlock();
    for (let index = 0; index < options.shoppers; index += 1) {
      const life = liveAShopper(context);
      if (life === null) continue;
      block.shoppers.push(life.shopper);
      block.orders.push(...life.orders);
      block.offers.push(...life.offers);
      block.answers.push(...life.answers);
      truth.addLife(life);
      if (block.orders.length < ORDERS_PER_BLOCK) continue;
      yield tell(block, (SHOPPERS_SHARE * index) / options.shoppers);
      block = emptyBlock();
    }
    const { firstDay, days } = context.calendar;
    for (let index = 0; index < days; index += 1) {
      for (const store of context.stores) spendADay(context, store, firstDay + index, block);
      if (block.orders.length < ORDERS_PER_BLOCK) continue;
      yield tell(block, SHOPPERS_SHARE + ((GUESTS_SHARE - SHOPPERS_SHARE) * index) / days);
      block = emptyBlock();
    }
    yield tell(block, GUESTS_SHARE);
    block = emptyBlock();
    for (let location = 0; location < options.locations.length; location += 1) {
      for (let product = 0; product < context.products.length; product += 1) {
        const year = stockYear(context, ledger, location, product);
        block.stockDays.push(...year.days);
        block.counts.push(...year.counts);
        if (block.stockDays.length < STOCK_ROWS_PER_BLOCK) continue;
        const done = (location + product / context.products.length) / options.locations.length;
        yield tell(block, GUESTS_SHARE + (1 - GUESTS_SHARE) * done);
        block = emptyBlock();
      }
    }
    yield tell(block, 1);
  }

  return { context, blocks, truth: truth.read };
}

/** A store's day without those who are known: receipts, and misses, some of which are saved by an order for another place. */
function spendADay(context: PastContext, store: number, day: number, block: HistoryBlock): void {
  const { random, calendar, options } = context;
  const busy = calendar.ordinaryDaysBefore(day + 1) - calendar.ordinaryDaysBefore(day);
  for (let left = drawPoisson(random, options.guestsPerStoreDay * busy); left > 0; left -= 1) {
    const atMs = calendar.atTheTill(random, store, day);
    if (atMs === null || atMs >= calendar.endMs) continue;
    const order = carryOut(context, { customer: null, atMs, location: store, origin: null, offerId: "" });
    bringBack(context, order, store);
    block.orders.push(order);
  }
  for (let left = drawPoisson(random, HABITS.missesPerStoreDay * busy); left > 0; left -= 1) {
    const atMs = calendar.atTheTill(random, store, day);
    if (atMs === null || atMs >= calendar.endMs) continue;
    const missId = `m-${String(context.nextNumber()).padStart(7, "0")}`;
    const product = context.drawProduct(random);
    const saved = random.chance(HABITS.missSaved) ? save(context, { missId, store, product, atMs }) : null;
    if (saved !== null) block.orders.push(saved);
    const savedOrderId = saved?.orderId ?? "";
    const savedLocation = saved?.lines[0]?.location ?? null;
    block.misses.push({ missId, location: store, product, atMs, savedOrderId, savedLocation });
  }
}

function save(
  context: PastContext,
  miss: { missId: string; store: number; product: number; atMs: number },
): PastOrder | null {
  const { random, calendar } = context;
  const isPickup = random.chance(0.25);
  const others = context.stores.filter((store) => store !== miss.store);
  const order = placeOrder(context, {
    customer: null,
    channel: "store",
    atMs: miss.atMs + 60_000,
    location: isPickup ? (random.pick(others) ?? miss.store) : context.warehouse,
    method: isPickup ? "pickup" : "ship_from_warehouse",
    origin: { kind: "saved_sale", id: miss.missId },
    offerId: "",
    product: miss.product,
  });
  fulfil(context, order);
  if (lastStepMs(order) >= calendar.endMs) return null;
  bringBack(context, order, miss.store);
  return order;
}

function emptyBlock(): HistoryBlock {
  return { shoppers: [], orders: [], offers: [], answers: [], misses: [], stockDays: [], counts: [] };
}

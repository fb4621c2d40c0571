import { drawPoisson } from "./distributions.ts";
import { HABITS } from "./habits.ts";
import type { PastContext } from "./past-context.ts";
import type { PastCountLine, PastOrder, PastStockDay } from "./past-order.ts";

/** Deliveries come so often, and fill up to what sells in so many days. */
const DELIVERY_EVERY_DAYS = 7;
const COVER_DAYS = 16;
/** Days between two counts of a location. */
const COUNT_EVERY_DAYS = 30;
const NIGHT_MS = 21 * 3_600_000;

export type StockLedger = ReturnType<typeof createStockLedger>;

/** Units that left and came back, by location, product and day: what the orders of the past did to the shelves. */
export function createStockLedger(context: PastContext) {
  const { calendar, products, options } = context;
  const { days, firstDay } = calendar;
  const cells = options.locations.length * products.length * days;
  const sold = new Int32Array(cells);
  const returned = new Int32Array(cells);
  const cellOf = (location: number, product: number, ms: number) => {
    const day = Math.min(days - 1, Math.max(0, calendar.localDay(location, ms) - firstDay));
    return (location * products.length + product) * days + day;
  };
  const add = (into: Int32Array, cell: number, units: number) => {
    into[cell] = (into[cell] ?? 0) + units;
  };
  return {
    sold,
    returned,
    add(order: PastOrder): void {
      for (const line of order.lines) {
        if (line.handedOver === 0) continue;
        const times = order.fulfilments[line.fulfilmentNo - 1]?.times;
        const leftMs = times?.shipped ?? times?.collected ?? order.placedAtMs;
        add(sold, cellOf(line.location, line.product, leftMs), line.handedOver);
      }
      for (const back of order.returns) {
        const line = order.lines[back.lineNo - 1];
        if (line === undefined || back.sellableAtMs === null) continue;
        add(returned, cellOf(back.location, line.product, back.sellableAtMs), back.quantity);
      }
    },
  };
}

/** The book of one product at one location, day by day, and what counts found. Beside the book there is the truth, which drifts from it. */
export function stockYear(
  context: PastContext,
  ledger: StockLedger,
  location: number,
  product: number,
): { days: PastStockDay[]; counts: PastCountLine[] } {
  const { random, calendar, products } = context;
  const first = (location * products.length + product) * calendar.days;
  const soldOn = ledger.sold.subarray(first, first + calendar.days);
  const perDay = soldOn.reduce((sum, units) => sum + units, 0) / calendar.days;
  const isTagged = products[product]?.isTagged === true;
  const target = Math.ceil(perDay * COVER_DAYS) + 1;
  let book = target;
  let real = target;
  const days: PastStockDay[] = [];
  const counts: PastCountLine[] = [];
  for (let index = 0; index < calendar.days; index += 1) {
    const day = calendar.firstDay + index;
    const sold = soldOn[index] ?? 0;
    const returned = ledger.returned[first + index] ?? 0;
    let received = (day + location) % DELIVERY_EVERY_DAYS === 0 ? Math.max(0, target - book) : 0;
    // What was sold was there: the truth never falls below nothing.
    const missing = sold - (Math.min(real, book) + received + returned);
    if (missing > 0) received += missing;
    real += received + returned - sold;
    book += received + returned - sold;
    real -= Math.min(real, drawPoisson(random, sold * HABITS.shrink));
    // A parcel with one more or one less in it than the paper says.
    if (random.chance(HABITS.deliveryError * perDay)) real += random.chance(0.5) && real > 0 ? -1 : 1;
    let adjusted = 0;
    if ((day + location * 3) % COUNT_EVERY_DAYS === 0) {
      const itemsRead = isTagged ? countRead(context, real) : 0;
      const countedAtMs = calendar.startMs + index * 86_400_000 + NIGHT_MS;
      const countId = `count-${location}-${day}`;
      counts.push({ countId, location, product, countedAtMs, book, counted: real, itemsRead });
      adjusted = real - book;
      book = real;
    }
    days.push({ day, location, product, onHand: book, received, sold, returned, adjusted });
  }
  return { days, counts };
}

function countRead({ random }: PastContext, items: number): number {
  let read = 0;
  for (let item = 0; item < items; item += 1) read += random.chance(HABITS.readRate) ? 1 : 0;
  return read;
}

import { createSeededRandom } from "../../domain/comparison/seeded-random.ts";
import { DAYS, type DrawnHistory, type DrawnLine, PRODUCTS } from "./sale-history-arbitrary.ts";

const DAY_MINUTES = 1440;
/** Ids above those of the arbitrary: none of them is a record. */
const FIRST_CUSTOMER = 100;
const MEAN_DAYS = 6;
/** First purchases of many are before it. */
const ASKED_FROM = 35;

/**
 * A history in which models of repeat buying have something to find: shoppers come at rates of their own and buy for sums of their own;
 * `dropout`: the chance to stay away for ever after a purchase. It is asked for without its first weeks.
 */
export function simulatedShoppers(options: {
  shoppers: number;
  dropout: number;
  seed: number;
}): DrawnHistory {
  const random = createSeededRandom(options.seed);
  const wait = (mean: number) => -Math.log(1 - random.uniform()) * mean;
  const lines: DrawnLine[] = [];
  for (let shopper = 0; shopper < options.shoppers; shopper += 1) {
    const meanDays = MEAN_DAYS * Math.exp(0.7 * random.normal());
    const priceMicros = Math.round(20_000_000 * Math.exp(0.5 * random.normal()));
    let day = random.uniform() * 40;
    while (day < DAYS) {
      const isOnline = random.uniform() < 0.3;
      lines.push({
        order: lines.length,
        customer: FIRST_CUSTOMER + shopper,
        type: "sale",
        channel: isOnline ? "web" : "store",
        method: isOnline ? "pickup" : "carry_out",
        location: "S1",
        product: shopper % 2 === 0 ? 0 : PRODUCTS.length - 1,
        units: 1 + Math.floor(3 * random.uniform()),
        priceMicros,
        minute: Math.floor(day * DAY_MINUTES),
      });
      if (random.uniform() < options.dropout) break;
      day += wait(meanDays);
    }
  }
  return {
    lines,
    newcomers: [],
    isWide: false,
    persons: [3, 4, 5, 6],
    saved: [],
    from: ASKED_FROM,
    length: DAYS - ASKED_FROM,
    zone: "UTC",
    locations: [],
    channels: [],
    categories: [],
    cohort: null,
    isMerchandiseOnly: false,
    countsFree: false,
    activeDays: 30,
    asOf: DAYS,
  };
}

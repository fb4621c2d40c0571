import type { PastContext } from "../past-context.ts";
import type { PastCountLine, PastStockDay } from "../past-order.ts";
import { createTally } from "./figures.ts";

/** I1–I5, I7, I8 and I11 over the whole past, of all locations together. */
export function createStockTruth(context: PastContext) {
  const tally = createTally();
  const costOf = (product: number) => (context.products[product]?.costCents ?? 0) / 100;
  return {
    addDay(day: PastStockDay): void {
      tally.add("days");
      if (day.onHand <= 0) tally.add("days without");
      tally.add("sold", day.sold);
      tally.add("received", day.received);
      tally.add("on hand at cost", day.onHand * costOf(day.product));
      tally.add("sold at cost", day.sold * costOf(day.product));
    },
    addCount({ product, book, counted, itemsRead }: PastCountLine): void {
      tally.add("lines");
      if (book === counted) tally.add("exact lines");
      if (Math.abs(book - counted) <= 1) tally.add("lines within one");
      tally.add("counted", counted);
      tally.add("difference", counted - book);
      tally.add("gross", Math.abs(counted - book));
      tally.add("gross at cost", Math.abs(counted - book) * costOf(product));
      tally.add("difference at cost", (counted - book) * costOf(product));
      if (context.products[product]?.isTagged !== true) return;
      tally.add("believed", book);
      tally.add("read", itemsRead);
    },
    read: () => ({
      I1: { rate: tally.ratio("exact lines", "lines"), lines: tally.of("lines") },
      I2: { rateWithinOne: tally.ratio("lines within one", "lines") },
      I3: { rate: Math.max(0, 1 - tally.ratio("gross", "counted")) },
      I4: {
        netUnits: tally.of("difference"),
        grossUnits: tally.of("gross"),
        netCost: tally.of("difference at cost"),
        grossCost: tally.of("gross at cost"),
      },
      I5: { rate: tally.ratio("read", "believed") },
      I7: { soldOfReceived: tally.ratio("sold", "received") },
      I8: { rate: tally.ratio("days without", "days"), days: tally.of("days") },
      I11: { turns: (tally.of("sold at cost") * context.calendar.days) / tally.of("on hand at cost") },
    }),
  };
}

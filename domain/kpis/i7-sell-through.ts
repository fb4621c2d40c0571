import { ratioOf } from "./sale-line.ts";
import { type StockDay, sumOf } from "./stock-days.ts";

/** I7: units sold ÷ units received, or ÷ (sold + on hand when `lastDay` ended); null where that is not above 0. */
export function sellThrough(
  days: readonly StockDay[],
  lastDay: number,
  against: "received" | "sold_and_on_hand",
) {
  const sold = sumOf(days, (day) => day.sold);
  const received = sumOf(days, (day) => day.received);
  const onHand = sumOf(
    days.filter(({ day }) => day === lastDay),
    (day) => day.onHand,
  );
  const denominator = against === "received" ? received : sold + onHand;
  return {
    sold_units: sold,
    returned_units: sumOf(days, (day) => day.returned),
    received_units: received,
    on_hand_units: onHand,
    denominator,
    sell_through: denominator > 0 ? ratioOf(sold, denominator) : null,
  };
}

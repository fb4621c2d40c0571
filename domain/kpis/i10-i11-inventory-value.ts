import { ratioOf, type SaleLine, unitsOfMoney } from "./sale-line.ts";
import { type StockDay, sumOf } from "./stock-days.ts";

/** Millionths of the currency; null where the product has no cost. */
export type CostOf = (gtin: number) => bigint | null;

/** I10: gross margin ÷ average inventory at cost, averaged over days. `days`: how many days `stock` is of. */
export function gmroi(
  stock: readonly StockDay[],
  sales: readonly SaleLine[],
  { costOf, days }: { costOf: CostOf; days: number },
) {
  const average = averageAtCost(stock, costOf, days);
  const costed = sales.filter(({ costMicros }) => costMicros !== null);
  const net = sumMoney(costed, (line) => line.netMicros);
  const cost = sumMoney(costed, (line) => line.costMicros ?? 0n);
  const margin = net === null || cost === null ? null : net - cost;
  const ratio = margin === null || average === null ? null : ratioOf(unitsOfMoney(margin), average);
  return {
    net_sales: net,
    cost_of_sales: cost,
    gross_margin: margin,
    average_inventory: average,
    gmroi: ratio,
    gmroi_year: ratio === null ? null : (ratio * 365) / days,
  };
}

/** I11: cost of goods sold ÷ average inventory, in money and in units; on hand when `lastDay` ended ÷ mean daily sales. */
export function inventoryTurns(
  stock: readonly StockDay[],
  sales: readonly SaleLine[],
  { costOf, days, lastDay }: { costOf: CostOf; days: number; lastDay: number },
) {
  const average = averageAtCost(stock, costOf, days);
  const costed = sales.filter(({ costMicros }) => costMicros !== null);
  const cost = sumMoney(costed, (line) => line.costMicros ?? 0n);
  const turns = cost === null || average === null ? null : ratioOf(unitsOfMoney(cost), average);
  const units = sumOf(sales, ({ quantity }) => quantity);
  const averageUnits = sumOf(stock, ({ onHand }) => Math.max(0, onHand)) / days;
  const onHand = sumOf(
    stock.filter(({ day }) => day === lastDay),
    (day) => day.onHand,
  );
  return {
    cost_of_sales: cost,
    average_inventory: average,
    turns,
    turns_year: turns === null ? null : (turns * 365) / days,
    net_units: units,
    average_units: averageUnits,
    unit_turns: ratioOf(units, averageUnits),
    on_hand_units: onHand,
    daily_units: units / days,
    days_of_supply: units > 0 ? onHand / (units / days) : null,
  };
}

function averageAtCost(stock: readonly StockDay[], costOf: CostOf, days: number): number | null {
  const costed = stock.filter(({ gtin }) => costOf(gtin) !== null);
  const value = sumMoney(costed, ({ gtin, onHand }) => BigInt(Math.max(0, onHand)) * (costOf(gtin) ?? 0n));
  return value === null ? null : unitsOfMoney(value) / days;
}

/** null of nothing: what nobody knows is not 0. */
function sumMoney<Item>(items: readonly Item[], moneyOf: (item: Item) => bigint): bigint | null {
  return items.length === 0 ? null : items.reduce((sum, item) => sum + moneyOf(item), 0n);
}

import { groupBy, ratioOf, unitsOfMoney } from "./sale-line.ts";

/** A product counted at a location. */
export type CountOfPosition = { locationId: string; gtin: number; atMs: number; costMicros: bigint | null };
/** Units gone that nobody accounts for, negative for found again. `costMicros`: of then; null = the one of the last count. */
export type UnknownLoss = {
  locationId: string;
  gtin: number;
  atMs: number;
  units: number;
  costMicros: bigint | null;
};
export type NetSale = { locationId: string; gtin: number; atMs: number; netMicros: bigint };

/** I6: unknown loss at cost between two counts ÷ net sales, of products at locations that were counted twice or more. */
export function shrink(
  counts: readonly CountOfPosition[],
  losses: readonly UnknownLoss[],
  sales: readonly NetSale[],
) {
  let [positions, lines, units, costless] = [0, 0, 0, 0];
  let [loss, net] = [0n, 0n];
  for (const ofPosition of groupBy(counts, (count) => `${count.locationId}/${count.gtin}`).values()) {
    const sorted = ofPosition.toSorted((one, other) => one.atMs - other.atMs);
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined || first.atMs === last.atMs) continue;
    const isOfIt = (fact: { locationId: string; gtin: number; atMs: number }) =>
      fact.locationId === first.locationId &&
      fact.gtin === first.gtin &&
      fact.atMs > first.atMs &&
      fact.atMs <= last.atMs;
    positions += 1;
    lines += sorted.length;
    for (const lost of losses.filter(isOfIt)) {
      units += lost.units;
      if (last.costMicros !== null) loss += BigInt(lost.units) * (lost.costMicros ?? last.costMicros);
    }
    if (last.costMicros === null) costless += 1;
    else for (const sale of sales.filter(isOfIt)) net += sale.netMicros;
  }
  const isKnown = positions > costless;
  return {
    sku_locations: positions,
    counts: lines,
    lost_units: units,
    loss_cost: isKnown ? loss : null,
    net_sales: isKnown ? net : null,
    shrink_rate: isKnown && net > 0n ? ratioOf(unitsOfMoney(loss), unitsOfMoney(net)) : null,
    costless_sku_locations: costless,
  };
}

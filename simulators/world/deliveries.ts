import type { Process } from "../engine.ts";
import { type Context, type Site, anyArea } from "./context.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** From the warehouse's racks over its dock, the road and the store's dock into the store's backroom, again and again. */
export function* storeDeliveries(context: Context, site: Site): Process {
  const { scenario, engine } = context;
  yield site.random.between(0.1, 1) * scenario.deliverEveryMs;
  for (;;) {
    const units = chooseForStore(context, site);
    if (units.length > 0) engine.spawn(delivery(context, site, units), 0);
    yield site.random.between(0.8, 1.2) * scenario.deliverEveryMs;
  }
}

function* delivery(context: Context, site: Site, units: readonly Unit[]): Process {
  const { world, engine, warehouse } = context;
  const random = site.random;
  for (const unit of units) unit.isHeld = true;
  yield random.between(30, 90) * SECOND_MS;
  yield* carryAll(context, warehouse, units, "dock");
  yield random.between(40, 90) * SECOND_MS;
  for (const unit of units) world.ship(unit);
  yield random.between(4, 10) * MINUTE_MS;
  const door = anyArea(site, "dock");
  for (const unit of units) world.arrive(unit, door, engine.nowMs() + 30 * SECOND_MS);
  yield random.between(60, 150) * SECOND_MS;
  yield* carryAll(context, site, units, "backroom");
  for (const unit of units) unit.isHeld = false;
}

/** New goods reach the warehouse: they stand at the dock, the supplier's papers follow as a receipt with their EPCs. */
export function* supply(context: Context): Process {
  const { scenario, chain, warehouse, engine } = context;
  for (let number = 1; ; number += 1) {
    yield warehouse.random.between(0.5, 1.2) * scenario.supplyEveryMs;
    const door = anyArea(warehouse, "dock");
    const arrivedAtMs = engine.nowMs();
    const lines: { gtin: string; quantity: number; epcs: string[] }[] = [];
    const units: Unit[] = [];
    for (let left = scenario.unitsPerSupply; left > 0; ) {
      const productIndex = warehouse.random.int(chain.products.length);
      const quantity = Math.min(left, 1 + warehouse.random.int(12));
      left -= quantity;
      const boxed = Array.from({ length: quantity }, () =>
        context.createUnit("received", productIndex, door),
      );
      units.push(...boxed);
      lines.push({
        gtin: chain.products[productIndex]?.gtin ?? "",
        quantity,
        epcs: boxed.flatMap((unit) => (unit.epcHex === "" ? [] : [unit.epcHex])),
      });
    }
    for (const unit of units) {
      unit.isHeld = true;
      context.world.carry(unit, door, arrivedAtMs + 30 * SECOND_MS);
    }
    yield warehouse.random.between(10, 40) * SECOND_MS;
    context.emit(warehouse.locationId, "stock/supplier", {
      kind: "receipt",
      eventId: `supply-${context.seed}-${number}`,
      atMs: arrivedAtMs,
      note: "goods in",
      lines,
    });
    yield warehouse.random.between(60, 150) * SECOND_MS;
    yield* carryAll(context, warehouse, units, "backroom");
    for (const unit of units) unit.isHeld = false;
  }
}

/** Ten units a trip. */
function* carryAll(context: Context, site: Site, units: readonly Unit[], kind: "dock" | "backroom"): Process {
  for (let start = 0; start < units.length; start += 10) {
    yield site.random.between(4, 12) * SECOND_MS;
    const areaIndex = anyArea(site, kind);
    const untilMs = context.engine.nowMs() + 10 * SECOND_MS;
    for (const unit of units.slice(start, start + 10)) context.world.carry(unit, areaIndex, untilMs);
  }
}

/** What the store has least of and the warehouse still has, two of each. */
function chooseForStore(context: Context, site: Site): Unit[] {
  const { scenario, chain, warehouse } = context;
  const inStore = freeUnitsByProduct(context, site, ["backroom", "sales_floor", "dock"]);
  const inWarehouse = freeUnitsByProduct(context, warehouse, ["backroom"]);
  const byNeed = chain.products
    .map((_, productIndex) => ({ productIndex, has: inStore.get(productIndex)?.length ?? 0 }))
    .sort((left, right) => left.has - right.has || left.productIndex - right.productIndex);
  const chosen: Unit[] = [];
  for (const { productIndex } of byNeed) {
    chosen.push(...(inWarehouse.get(productIndex) ?? []).slice(0, 2));
    if (chosen.length >= scenario.unitsPerDelivery) break;
  }
  return chosen;
}

import type { Process } from "../engine.ts";
import type { StockLine } from "../message.ts";
import { type Context, type Site, anyArea } from "./context.ts";
import { productsStillMade } from "./opening-stock.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** Goods that one store sends to another at a time. */
const UNITS_PER_TRANSFER = 8;

/** From the warehouse's racks over its dock, the road and the store's dock into the store's backroom, again and again. */
export function* storeDeliveries(context: Context, site: Site): Process {
  const { scenario, engine } = context;
  yield site.random.between(0.1, 1) * scenario.deliverEveryMs;
  for (let number = 1; ; number += 1) {
    const units = chooseForStore(context, site);
    const id = `delivery-${context.seed}-${site.locationId}-${number}`;
    if (units.length > 0) engine.spawn(transfer(context, context.warehouse, site, units, id), 0);
    yield site.random.between(0.8, 1.2) * scenario.deliverEveryMs;
  }
}

/** What another store asked for: from this store's backroom over its dock to the other's backroom. */
export function* storeTransfers(context: Context, site: Site): Process {
  const { scenario, engine, stores } = context;
  yield site.random.between(0.3, 1.3) * scenario.transferEveryMs;
  for (let number = 1; ; number += 1) {
    const to = site.random.pick(stores.filter((store) => store !== site));
    if (to === undefined) return;
    const spare = [...freeUnitsByProduct(context, site, ["backroom"]).values()].flat();
    const start = site.random.int(Math.max(1, spare.length - UNITS_PER_TRANSFER));
    const units = spare.slice(start, start + UNITS_PER_TRANSFER);
    const id = `transfer-${context.seed}-${site.locationId}-${number}`;
    if (units.length > 0) engine.spawn(transfer(context, site, to, units, id), 0);
    yield site.random.between(0.8, 1.2) * scenario.transferEveryMs;
  }
}

function* transfer(
  context: Context,
  from: Site,
  to: Site,
  units: readonly Unit[],
  transferId: string,
): Process {
  const { scenario, world, engine } = context;
  const random = to.random;
  const isAnnounced = scenario.announcedProbability > 0 && random.chance(scenario.announcedProbability);
  // Of half the announced goods the papers list every tag, of the others quantities.
  const lines = isAnnounced ? linesOf(context, units, random.chance(0.5)) : [];
  for (const unit of units) unit.isHeld = true;
  yield random.between(30, 90) * SECOND_MS;
  yield* carryAll(context, from, units, "dock");
  yield random.between(40, 90) * SECOND_MS;
  for (const unit of units) world.ship(unit);
  if (isAnnounced) tell(context, from, to, "transfer_out", transferId, lines);
  yield random.between(4, 10) * MINUTE_MS;
  const door = anyArea(to, "dock");
  for (const unit of units) world.arrive(unit, door, engine.nowMs() + 30 * SECOND_MS);
  yield random.between(60, 150) * SECOND_MS;
  if (isAnnounced) tell(context, to, from, "transfer_in", transferId, lines);
  yield* carryAll(context, to, units, "backroom");
  for (const unit of units) unit.isHeld = false;
}

function tell(
  context: Context,
  at: Site,
  other: Site,
  kind: "transfer_out" | "transfer_in",
  transferId: string,
  lines: readonly StockLine[],
): void {
  context.emit(at.locationId, "stock/logistics", {
    kind,
    eventId: `${transferId}-${kind}`,
    atMs: context.engine.nowMs(),
    transferId,
    otherLocationId: other.locationId,
    lines,
  });
}

/** New goods reach the warehouse: they stand at the dock, the supplier's papers follow as a receipt with their EPCs. */
export function* supply(context: Context): Process {
  const { scenario, warehouse, engine } = context;
  for (let number = 1; ; number += 1) {
    yield warehouse.random.between(0.5, 1.2) * scenario.supplyEveryMs;
    const door = anyArea(warehouse, "dock");
    const arrivedAtMs = engine.nowMs();
    const units: Unit[] = [];
    for (let left = scenario.unitsPerSupply; left > 0; ) {
      const productIndex = warehouse.random.int(productsStillMade(context));
      const quantity = Math.min(left, 1 + warehouse.random.int(12));
      left -= quantity;
      for (let unit = 0; unit < quantity; unit += 1) {
        units.push(context.createUnit("received", productIndex, door));
      }
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
      lines: linesOf(context, units, true),
    });
    yield warehouse.random.between(60, 150) * SECOND_MS;
    yield* carryAll(context, warehouse, units, "backroom");
    for (const unit of units) unit.isHeld = false;
  }
}

function linesOf(context: Context, units: readonly Unit[], namesEpcs: boolean): StockLine[] {
  const byProduct = new Map<number, Unit[]>();
  for (const unit of units) {
    const same = byProduct.get(unit.productIndex);
    if (same === undefined) byProduct.set(unit.productIndex, [unit]);
    else same.push(unit);
  }
  return [...byProduct].map(([productIndex, same]) => ({
    gtin: context.chain.products[productIndex]?.gtin ?? "",
    quantity: same.length,
    epcs: namesEpcs ? same.flatMap((unit) => (unit.epcHex === "" ? [] : [unit.epcHex])) : [],
  }));
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

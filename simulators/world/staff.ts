import type { Process } from "../engine.ts";
import { type Context, type Site, anyArea } from "./context.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;

/** Every round: fill the floor from the backroom, and clear the fitting rooms and the till's return rail. */
export function* staffRounds(context: Context, site: Site): Process {
  const { scenario } = context;
  yield site.random.between(0.2, 1) * scenario.replenishEveryMs;
  for (;;) {
    const cart = chooseForFloor(context, site);
    for (const unit of cart) unit.isHeld = true;
    yield site.random.between(20, 60) * SECOND_MS;
    // One shelf after the other, as a person with a cart does.
    for (const unit of cart) {
      yield site.random.between(2, 6) * SECOND_MS;
      putDown(context, unit, anyArea(site, "sales_floor"));
    }
    for (const unit of leftBehind(context, site)) {
      unit.isHeld = true;
      yield site.random.between(3, 10) * SECOND_MS;
      putDown(context, unit, anyArea(site, "sales_floor"));
    }
    yield site.random.between(0.8, 1.2) * scenario.replenishEveryMs;
  }
}

function putDown(context: Context, unit: Unit, areaIndex: number): void {
  context.world.carry(unit, areaIndex, context.engine.nowMs() + 8 * SECOND_MS);
  unit.isHeld = false;
}

/** One unit of every product that has fewer than two on the floor and more behind, at most thirty. */
function chooseForFloor(context: Context, site: Site): Unit[] {
  const onFloor = freeUnitsByProduct(context, site, ["sales_floor"]);
  const behind = freeUnitsByProduct(context, site, ["backroom"]);
  const chosen: Unit[] = [];
  for (const [productIndex, units] of behind) {
    const unit = units[0];
    if (unit === undefined || (onFloor.get(productIndex)?.length ?? 0) >= 2) continue;
    if (chosen.push(unit) === 30) break;
  }
  return chosen;
}

function leftBehind(context: Context, site: Site): Unit[] {
  return [...freeUnitsByProduct(context, site, ["fitting_room", "pos"]).values()].flat().slice(0, 20);
}

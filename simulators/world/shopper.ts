import type { Process } from "../engine.ts";
import { type Context, type Site, anyArea } from "./context.ts";
import { pickUnit } from "./pick-unit.ts";
import { checkOut } from "./till.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;

/** At the opening some shoppers are in the store already; they hurry, so that the first sale comes within seconds. */
const EARLY_SHOPPERS = 2;
const EARLY_PACE = 0.25;

/** Shoppers come one after the other, independently, at the scenario's rate. */
export function* arrivals(context: Context, site: Site): Process {
  if (context.scenario.shoppersPerStoreHour === 0) return;
  const meanGapMs = 3_600_000 / context.scenario.shoppersPerStoreHour;
  for (let early = EARLY_SHOPPERS; early > 0; early -= 1) {
    context.engine.spawn(shopper(context, site, EARLY_PACE), 0);
  }
  for (;;) {
    yield site.random.exponential(meanGapMs);
    context.engine.spawn(shopper(context, site, 1), 0);
  }
}

/**
 * A visit: look at things, keep some, try them on, put some back (now and then on a wrong shelf), pay, or not.
 * `pace` stretches the time before the till.
 */
function* shopper(context: Context, site: Site, pace: number): Process {
  const { scenario, world, engine } = context;
  const { random } = site;
  const basket: Unit[] = [];

  for (let interests = 1 + random.int(5); interests > 0; interests -= 1) {
    yield random.between(10, 60) * SECOND_MS * pace;
    const unit = pickUnit(context, site, "sales_floor");
    if (unit === undefined) continue;
    const shelf = unit.areaIndex;
    hold(context, unit, shelf);
    yield random.between(5, 30) * SECOND_MS * pace;
    if (random.chance(0.55)) basket.push(unit);
    else putBack(context, site, unit, shelf);
  }

  const shelves = new Map(basket.map((unit) => [unit, unit.areaIndex]));
  if (basket.length > 0 && random.chance(scenario.tryOnProbability)) {
    yield* walkTo(context, site, basket, anyArea(site, "fitting_room"));
    yield random.between(60, 300) * SECOND_MS * pace;
  }

  const bought = random.chance(scenario.buyProbability) ? basket.filter(() => random.chance(0.8)) : [];
  for (const unit of basket) {
    if (bought.includes(unit)) continue;
    yield random.between(3, 20) * SECOND_MS;
    putBack(context, site, unit, shelves.get(unit) ?? anyArea(site, "sales_floor"));
  }
  if (bought.length === 0) return;

  if (random.chance(scenario.theftProbability)) {
    if (!random.chance(scenario.unseenTheftProbability)) {
      yield* walkTo(context, site, bought, anyArea(site, "exit"));
    }
    for (const unit of bought) world.steal(unit);
  } else {
    yield* walkTo(context, site, bought, anyArea(site, "pos"));
    yield random.between(20, 90) * SECOND_MS * pace;
    const isPaid = yield* checkOut(context, site, bought);
    if (!isPaid) return;
    yield* walkTo(context, site, bought, anyArea(site, "exit"));
  }
  yield random.between(3, 8) * SECOND_MS;
  for (const unit of bought) world.carry(unit, -1, engine.nowMs());
}

function hold(context: Context, unit: Unit, areaIndex: number): void {
  unit.isHeld = true;
  context.world.carry(unit, areaIndex, context.engine.nowMs() + 20 * SECOND_MS);
}

function* walkTo(context: Context, site: Site, units: readonly Unit[], areaIndex: number): Process {
  yield site.random.between(5, 25) * SECOND_MS;
  for (const unit of units) hold(context, unit, areaIndex);
}

function putBack(context: Context, site: Site, unit: Unit, shelf: number): void {
  const isMisplaced = site.random.chance(context.scenario.misplaceProbability);
  const areaIndex = isMisplaced ? anyArea(site, "sales_floor") : shelf;
  context.world.carry(unit, areaIndex, context.engine.nowMs() + 8 * SECOND_MS);
  unit.isHeld = false;
}

import type { DemoPeople } from "./demo-people.ts";

/** Of the units that somebody doubts. */
const IS_GONE = 0.4;

/** Somebody doubts that a unit is where the books have it, and asks the staff to look, until the signal. */
export async function runLooks(people: DemoPeople): Promise<void> {
  const { calls, random, simulation, sought, signal } = people;
  const { hands } = simulation;
  while (!signal.aborted) {
    await people.next("looks");
    const location = random.pick(simulation.locations.filter(({ kind }) => kind === "store"));
    const product = random.pick(simulation.products);
    if (location === undefined || product === undefined) continue;
    const { locationId } = location;
    const { gtin } = product;
    const unit = hands.take(locationId, gtin);
    if (unit === null) continue;
    // Two units without a tag would be one task.
    const task =
      unit.epcHex === ""
        ? null
        : await calls.lookFor({ kind: "check_ghost", locationId, gtin, epcs: [unit.epcHex], quantity: 1 });
    if (task === null || !random.chance(IS_GONE)) hands.putBack(unit);
    else hands.lose(unit);
    if (task !== null) sought.set(task.taskId, unit);
  }
}

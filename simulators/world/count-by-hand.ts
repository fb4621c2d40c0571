import type { Process } from "../engine.ts";
import type { Scenario } from "../scenario.ts";
import { createRandom } from "../random.ts";
import type { Context, Site } from "./context.ts";

const SECOND_MS = 1000;

/** People count every untagged product of a location, again and again; now and then they are out by one. */
export function* countByHand(
  context: Context,
  site: Site,
  { everyMs, wrongShare }: NonNullable<Scenario["handCounts"]>,
): Process {
  const { chain, world, engine, seed } = context;
  const random = createRandom(seed, `hand counts of ${site.locationId}`);
  const areas = Object.values(site.areas).flat();
  yield everyMs * random.between(0.3, 0.7);
  for (let number = 1; ; number += 1) {
    const countId = `hand-count-${seed}-${site.locationId}-${number}`;
    const tell = (kind: "count_started" | "count_ended"): void =>
      context.emit(site.locationId, "stock/clipboard", {
        kind,
        eventId: `${countId}-${kind}`,
        atMs: engine.nowMs(),
        countId,
      });
    // Goods that are being booked in or out at the dock would count twice: they wait until it is clear.
    while (site.areas.dock.some((area) => world.unitsIn(area).length > 0)) yield 30 * SECOND_MS;
    tell("count_started");
    const units = chain.products.map(() => 0);
    for (const area of areas) {
      for (const { status, productIndex } of world.unitsIn(area)) {
        if (status === "on_hand") units[productIndex] = (units[productIndex] ?? 0) + 1;
      }
    }
    const quantities = chain.products.flatMap(({ gtin, isTagged }, index) => {
      const there = units[index] ?? 0;
      const error = random.chance(wrongShare) ? (random.chance(0.5) ? 1 : -1) : 0;
      return isTagged ? [] : [{ gtin, quantity: Math.max(0, there + error), capturedAtMs: engine.nowMs() }];
    });
    const eventId = `${countId}-reads`;
    context.emit(site.locationId, "stock/clipboard", {
      kind: "count_reads",
      eventId,
      atMs: engine.nowMs(),
      countId,
      epcs: [],
      quantities,
    });
    yield SECOND_MS;
    tell("count_ended");
    yield everyMs;
  }
}

import type { Process } from "../engine.ts";
import type { Context, Site } from "./context.ts";

const BOX_UNITS = 15;
/** How long the box stands before each antenna, and how long a whole walk takes at most. */
const STAY_MS = 60_000;
export const WALK_MS = 20 * STAY_MS;

/** The walk of a walk test: a box of goods from the backroom stands before one antenna after the other, then goes back. */
export function* walkThrough(context: Context, site: Site): Process {
  const { chain, world, engine } = context;
  const [shelf] = site.areas.backroom;
  if (shelf === undefined) return;
  const box = world.unitsIn(shelf).slice(0, BOX_UNITS);
  for (const area of chain.areas) {
    if (area.locationIndex !== site.locationIndex) continue;
    for (const unit of box) world.carry(unit, area.index, engine.nowMs() + STAY_MS);
    yield STAY_MS;
  }
  for (const unit of box) world.carry(unit, shelf, engine.nowMs());
}

import type { ZoneKind } from "../../domain/location.ts";
import type { Context, Site } from "./context.ts";
import type { Unit } from "./unit.ts";

/** A unit that stands in a zone of that kind and that nobody holds; each equally likely, shelf by shelf. */
export function pickUnit(context: Context, site: Site, kind: ZoneKind): Unit | undefined {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const area = site.random.pick(site.areas[kind]);
    const unit = area === undefined ? undefined : site.random.pick(context.world.unitsIn(area));
    if (unit !== undefined && !unit.isHeld && unit.status === "on_hand") return unit;
  }
  return undefined;
}

/** All units of a site in zones of these kinds that nobody holds, by product. */
export function freeUnitsByProduct(
  context: Context,
  site: Site,
  kinds: readonly ZoneKind[],
): Map<number, Unit[]> {
  const byProduct = new Map<number, Unit[]>();
  for (const kind of kinds) {
    for (const area of site.areas[kind]) {
      for (const unit of context.world.unitsIn(area)) {
        if (unit.isHeld || unit.status !== "on_hand") continue;
        const units = byProduct.get(unit.productIndex);
        if (units === undefined) byProduct.set(unit.productIndex, [unit]);
        else units.push(unit);
      }
    }
  }
  return byProduct;
}

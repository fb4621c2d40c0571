import type { ZoneKind } from "../../domain/location.ts";
import type { Chain } from "../chain/create-chain.ts";
import { type Random, createRandom } from "../random.ts";
import type { RoundRadioSettings } from "../scenario.ts";
import type { Unit } from "../world/unit.ts";
import type { World } from "../world/world.ts";
import { createAir } from "./air.ts";
import { type Ear, earsOfAreas } from "./ears.ts";
import type { Radio } from "./radio.ts";
import * as fixed from "./radio-parameters.ts";
import { createTags } from "./tags.ts";

/** One antenna's look at its area, and what it will have heard by when. */
type Look = { endMs: number; lengthMs: number };

const ROUND_MS: Record<ZoneKind, number> = {
  dock: fixed.PORTAL_ROUND_MS,
  backroom: fixed.SHELF_ROUND_MS,
  sales_floor: fixed.SHELF_ROUND_MS,
  fitting_room: fixed.FITTING_ROOM_ROUND_MS,
  pos: fixed.TILL_ROUND_MS,
  exit: fixed.PORTAL_ROUND_MS,
};

/**
 * Readers that look at their zone in rounds: each round sees a tag that is there with the probability `readRate`, weak ones less
 * often, dead ones never; some tags are heard through a wall by a neighbour, weaker and seldom; now and then a
 * corrupted reply passes for a tag that does not exist.
 */
export function createRoundRadio(
  settings: RoundRadioSettings,
  chain: Chain,
  world: World,
  seed: number,
): Radio {
  const ears = earsOfAreas(chain);
  const tags = createTags(settings, ears, createRandom(seed, "tags"));
  const air = createAir(settings, chain, seed);
  /** Units that were put into each area since its antenna last listened. */
  const entered: Unit[][] = chain.areas.map(() => []);
  const looks = chain.readers.map((reader) => reader.antennas.map(() => ({ endMs: 0, lengthMs: 0 })));

  const lengthOf = (areaIndex: number): number => {
    const area = chain.areas[areaIndex];
    const isRack = area?.kind === "backroom" && chain.locations[area.locationIndex]?.kind === "warehouse";
    return isRack ? fixed.RACK_ROUND_MS : ROUND_MS[area?.kind ?? "backroom"];
  };

  /** What a look of that length, from now to its end, will hear of a unit. */
  const plan = (unit: Unit, ear: Ear, look: Look, fromMs: number, random: Random): void => {
    if (unit.epcHex === "" || unit.areaIndex !== ear.areaIndex) return;
    const tag = tags.of(unit);
    const share = (look.endMs - fromMs) / look.lengthMs;
    const isSeen = random.chance(seenOnce(settings.readRate, share * tag.sharePerLook));
    if (isSeen) air.hearNear(unit, ear, fromMs, look.endMs, tag.strengthDb, random);
    if (tag.strayEar === null || tag.quality === "dead") return;
    const isStray = random.chance(seenOnce(settings.readRate, fixed.FAR_SHARE_OF_LOOK));
    if (isStray) air.hearStray(unit, tag.strayEar, fromMs, look.endMs, tag.strayStrengthDb, random);
  };

  return {
    tagQuality: (unit) => tags.of(unit).quality,
    changed: (unit) => entered[unit.areaIndex]?.push(unit),
    listen: (readerIndex, nowMs, random) => {
      const reader = chain.readers[readerIndex];
      for (const [index, areaIndex] of (reader?.antennas ?? []).entries()) {
        const look = looks[readerIndex]?.[index];
        if (look === undefined) continue;
        const ear: Ear = { readerIndex, antenna: index + 1, areaIndex };
        const newcomers = entered[areaIndex] ?? [];
        if (newcomers.length > 0) entered[areaIndex] = [];
        if (nowMs < look.endMs) {
          for (const unit of newcomers) plan(unit, ear, look, nowMs, random);
          continue;
        }
        // Antennas begin anywhere in their round, so that not all of a chain look at the same second.
        const isFirst = look.lengthMs === 0;
        look.lengthMs = lengthOf(areaIndex);
        look.endMs = nowMs + (isFirst ? Math.ceil(random.next() * look.lengthMs) : look.lengthMs);
        // Lets go of what the world remembers of tags in motion: here they answer like any other.
        world.movingIn(areaIndex, nowMs);
        for (const unit of world.unitsIn(areaIndex)) plan(unit, ear, look, nowMs, random);
      }
      return air.takeDue(readerIndex, nowMs);
    },
  };
}

/** The chance that a tag is seen at least once in `looks` looks (a part of one, or several) of which each sees it with `rate`. */
function seenOnce(rate: number, looks: number): number {
  return 1 - (1 - rate) ** looks;
}

import type { Random } from "../random.ts";
import type { RoundRadioSettings } from "../scenario.ts";
import type { Unit } from "../world/unit.ts";
import type { Ear } from "./ears.ts";
import type { TagQuality } from "./radio.ts";
import * as fixed from "./radio-parameters.ts";

/** How one tag answers where it is now. */
export type Tag = {
  readonly quality: TagQuality;
  /** What a look at it is worth: 1, less for a weak tag, 0 for one that never answers. */
  readonly sharePerLook: number;
  areaIndex: number;
  /** How much stronger than its zone's mean it is heard, dB. */
  strengthDb: number;
  /** The antenna of another zone that hears it too; null for most. */
  strayEar: Ear | null;
  strayStrengthDb: number;
};

/** What each unit's tag is like: whether it works is for ever, how it is heard is drawn anew wherever it is put. */
export function createTags(
  settings: RoundRadioSettings,
  ears: readonly (readonly Ear[])[],
  random: Random,
): { of(unit: Unit): Tag } {
  const tags = new WeakMap<Unit, Tag>();

  const settle = (tag: Tag, areaIndex: number): void => {
    tag.areaIndex = areaIndex;
    tag.strengthDb = random.bell(0, fixed.TAG_STRENGTH_DEVIATION_DB);
    const isStray = random.chance(settings.strayShare);
    tag.strayEar = isStray ? (random.pick(ears[areaIndex] ?? []) ?? null) : null;
    tag.strayStrengthDb = random.bell(-fixed.STRAY_WEAKER_DB, fixed.TAG_STRENGTH_DEVIATION_DB);
  };

  return {
    of: (unit) => {
      let tag = tags.get(unit);
      if (tag === undefined) {
        const fault = random.next();
        const isDead = fault < fixed.DEAD_TAG_SHARE;
        const isWeak = fault < fixed.TAG_FAULT_SHARE;
        const quality = isDead ? "dead" : isWeak ? "weak" : "good";
        const sharePerLook = isDead ? 0 : isWeak ? fixed.FAR_SHARE_OF_LOOK : 1;
        tag = { quality, sharePerLook, areaIndex: -1, strengthDb: 0, strayEar: null, strayStrengthDb: 0 };
        tags.set(unit, tag);
      }
      if (tag.areaIndex !== unit.areaIndex) settle(tag, unit.areaIndex);
      return tag;
    },
  };
}

import type { Chain, SimulatedReader } from "../chain/create-chain.ts";
import { NEIGHBOURS } from "../chain/store-layout.ts";
import type { SimulatedRead } from "../message.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { Unit } from "../world/unit.ts";
import type { World } from "../world/world.ts";

/** How long a reader collects before it reports. */
export const REPORT_INTERVAL_MS = 1000;

type Ear = { readerIndex: number; antenna: number };

export type TagQuality = "good" | "weak" | "dead";

/** What the readers of a chain hear. */
export type Radio = {
  /** How well a unit's tag works: a weak one is seen seldom, a dead one never. */
  tagQuality(unit: Unit): TagQuality;
  /** A unit's place or status has changed. */
  changed(unit: Unit): void;
  /** Everything reader `readerIndex` heard in the interval that ends now, in the order of time. */
  listen(readerIndex: number, nowMs: number, random: Random): SimulatedRead[];
};

/**
 * Tags on shelves are tried a few at a time and often do not answer; tags in motion answer more often; some answers go
 * through a wall and are heard by a neighbour too, weaker and only once.
 */
export function createRadio(scenario: Scenario, chain: Chain, world: World): Radio {
  const strays: SimulatedRead[][] = chain.readers.map(() => []);
  const neighbours = chain.areas.map((area) => earsNear(chain, area.locationIndex, NEIGHBOURS[area.kind]));

  return {
    tagQuality: () => "good",
    changed: () => undefined,
    listen: (readerIndex, nowMs, random) => {
      const reader = chain.readers[readerIndex];
      const reads = strays[readerIndex] ?? [];
      strays[readerIndex] = [];
      if (reader === undefined) return reads;

      const hear = (unit: Unit, areaIndex: number, antenna: number, rssiDbm: number, stray: number): void => {
        if (unit.epcHex === "") return;
        const observedAtMs = nowMs - random.int(REPORT_INTERVAL_MS);
        const strength = Math.max(-85, random.bell(rssiDbm, 3.5));
        reads.push({
          epcHex: unit.epcHex,
          antenna,
          rssiDbm: strength,
          count: 1 + random.int(5),
          observedAtMs,
        });
        if (!random.chance(stray)) return;
        const ear = random.pick(neighbours[areaIndex] ?? []);
        if (ear === undefined) return;
        const weaker = Math.max(-85, strength - random.between(9, 18));
        strays[ear.readerIndex]?.push({
          epcHex: unit.epcHex,
          antenna: ear.antenna,
          rssiDbm: weaker,
          count: 1,
          observedAtMs,
        });
      };

      for (const [index, areaIndex] of reader.antennas.entries()) {
        const profile = scenario.reading[chain.areas[areaIndex]?.kind ?? "backroom"];
        const { rssiDbm, strayProbability: stray } = profile;
        for (const { unit } of world.movingIn(areaIndex, nowMs)) {
          if (random.chance(profile.movingReadProbability)) hear(unit, areaIndex, index + 1, rssiDbm, stray);
        }
        const units = world.unitsIn(areaIndex);
        for (
          let looks = Math.min(wholeOf(profile.looksPerSecond, random), units.length);
          looks > 0;
          looks -= 1
        ) {
          const unit = random.pick(units);
          if (unit !== undefined && random.chance(profile.readProbability)) {
            hear(unit, areaIndex, index + 1, rssiDbm, stray);
          }
        }
      }
      return reads.sort((left, right) => left.observedAtMs - right.observedAtMs);
    },
  };
}

/** 2.6 is 2 or 3, 2.6 on average. */
function wholeOf(mean: number, random: Random): number {
  return Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
}

function earsNear(chain: Chain, locationIndex: number, kinds: readonly string[]): Ear[] {
  const isNear = (areaIndex: number): boolean => kinds.includes(chain.areas[areaIndex]?.kind ?? "");
  const earsOf = (reader: SimulatedReader, readerIndex: number): Ear[] =>
    reader.antennas.flatMap((area, index) => (isNear(area) ? [{ readerIndex, antenna: index + 1 }] : []));
  return chain.readers.flatMap((reader, readerIndex) =>
    reader.locationIndex === locationIndex && reader.isAssigned ? earsOf(reader, readerIndex) : [],
  );
}

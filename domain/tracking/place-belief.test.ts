import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CountSessions } from "./count-sessions.ts";
import { ItemTable } from "./item-table.ts";
import { LocationSettings } from "./location-settings.ts";
import { PlaceBelief } from "./place-belief.ts";
import { PlaceTable } from "./place-table.ts";

const reads = fc.array(
  fc.record({
    gapMs: fc.integer({ min: 1, max: 4000 }),
    place: fc.nat(2),
    rssiDbm: fc.oneof(fc.integer({ min: -80, max: -40 }), fc.constant(Number.NaN)),
  }),
  { maxLength: 60 },
);

function baseOf(items: ItemTable): number[] {
  const { basePlaces, baseCounts, baseSince, baseMeans, baseRates, baseLastAt } = items;
  const bySlot = [basePlaces, baseCounts, baseSince, baseMeans, baseRates, baseLastAt];
  const slots = bySlot.flatMap((column) => Array.from(column.subarray(0, 3)));
  return slots.concat(
    [items.baseHereAt, items.baseHereBeforeAt, items.baseIsEvidenced].map((column) => column[0] ?? 0),
  );
}

describe("PlaceBelief", () => {
  test("comes to the very same numbers stored after each read, by the short way, or at the end only", () => {
    fc.assert(
      fc.property(reads, (reads) => {
        const places = new PlaceTable(() => 0);
        for (const zoneId of ["floor", "backroom", "dock"]) {
          places.indexOf("north", zoneId, zoneId === "dock" ? "dock" : "sales_floor");
        }
        const [atEnd, stepwise] = [new ItemTable(), new ItemTable()];
        atEnd.add("30", 1, 0);
        stepwise.add("30", 1, 0);
        const whole = new PlaceBelief(new LocationSettings({}), places, new CountSessions());
        const each = new PlaceBelief(new LocationSettings({}), places, new CountSessions());
        whole.load(atEnd, 0);
        let atMs = 0;
        for (const { gapMs, place, rssiDbm } of reads) {
          atMs += gapMs;
          whole.step(place, atMs, rssiDbm);
          if (each.foldAgain(stepwise, 0, place, atMs, rssiDbm)) continue;
          each.load(stepwise, 0);
          each.step(place, atMs, rssiDbm);
          each.store(stepwise, 0);
        }
        whole.store(atEnd, 0);
        expect(baseOf(stepwise)).toEqual(baseOf(atEnd));
      }),
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarOf, pickupReadyAt } from "../opening-hours/pickup-ready.ts";
import { paceOf, readyBySettingsSchema, type StorePace, workTime } from "./work-time.ts";

const settings = fc
  .record({
    minOrders: fc.integer({ min: 1, max: 8 }),
    percentile: fc.constantFrom(0.5, 0.9, 0.99),
    minutesPerOrder: fc.integer({ min: 0, max: 60 }),
    pickersAtOnce: fc.integer({ min: 1, max: 5 }),
  })
  .map((some) => readyBySettingsSchema.parse(some));
const minutes = fc.integer({ min: 0, max: 2_000 });
const pace = fc.record({
  readyMinutes: fc.option(minutes),
  minutesPerOrder: fc.option(minutes),
  orders: fc.nat(100),
}) as fc.Arbitrary<StorePace>;
const lead = fc.integer({ min: 0, max: 600 });
const ahead = fc.nat(200);

test("more orders ahead, slower orders or a longer lead time never make a promise earlier, and none is below the lead time", () => {
  const calendar = calendarOf({
    openingHours: "Mo-Sa 09:00-20:00",
    timeZone: "Europe/Berlin",
    publicHolidays: [],
  })!;
  const orderedAt = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2026-12-01") });
  fc.assert(
    fc.property(
      settings,
      pace,
      lead,
      ahead,
      fc.boolean(),
      orderedAt,
      (how, known, configured, load, isCollected, atMs) => {
        const of = {
          configuredMinutes: configured,
          pace: known,
          isCollected,
          ordersAhead: load,
          settings: how,
        };
        const plain = workTime(of);
        expect(plain.minutes).toBeGreaterThanOrEqual(configured);
        const readyAt = (leadMinutes: number) =>
          pickupReadyAt(calendar, { leadMinutes, lastOrderMinutes: 60 }, atMs) ?? Infinity;
        for (const worse of [
          { ...of, ordersAhead: load + 1 },
          { ...of, configuredMinutes: configured + 30 },
          { ...of, pace: { ...known, readyMinutes: (known.readyMinutes ?? 0) + 45 } },
          { ...of, pace: { ...known, minutesPerOrder: (known.minutesPerOrder ?? how.minutesPerOrder) + 5 } },
        ]) {
          const longer = workTime(worse);
          expect(longer.minutes).toBeGreaterThanOrEqual(plain.minutes);
          expect(readyAt(longer.minutes)).toBeGreaterThanOrEqual(readyAt(plain.minutes));
        }
      },
    ),
  );
});

test("the reason is the number that decided", () => {
  fc.assert(
    fc.property(settings, pace, lead, ahead, fc.boolean(), (how, known, configured, load, isCollected) => {
      const of = {
        configuredMinutes: configured,
        pace: known,
        isCollected,
        ordersAhead: load,
        settings: how,
      };
      const { because, minutes: needed, measuredMinutes } = workTime(of);
      const perOrder = known.minutesPerOrder ?? how.minutesPerOrder;
      const queue = Math.min(10_080, Math.ceil(((load + 1) * perOrder) / how.pickersAtOnce));
      const expected = { configured, history: measuredMinutes, load: queue }[because];
      expect(needed).toBe(expected);
    }),
  );
});

test("too few orders say nothing; enough say what the slowest of the usual ones took", () => {
  const how = readyBySettingsSchema.parse({ minOrders: 10 });
  const orders = Array.from({ length: 10 }, (_, index) => ({
    readyMinutes: (index + 1) * 10,
    workMinutes: index + 1,
  }));
  expect(paceOf(orders.slice(1), how)).toEqual({ readyMinutes: null, minutesPerOrder: null, orders: 9 });
  expect(paceOf(orders, how)).toEqual({ readyMinutes: 90, minutesPerOrder: 5, orders: 10 });
  const halfKnown = orders.map((order, index) => (index < 5 ? { ...order, workMinutes: null } : order));
  expect(paceOf(halfKnown, how)).toMatchObject({ readyMinutes: 90, minutesPerOrder: null });
  const loaded = {
    configuredMinutes: 60,
    pace: paceOf(orders, how),
    isCollected: true,
    ordersAhead: 0,
    settings: how,
  };
  expect(workTime(loaded)).toMatchObject({ minutes: 90, because: "history" });
  expect(workTime({ ...loaded, isCollected: false })).toMatchObject({ minutes: 60, because: "configured" });
  // 60 ahead and this one, 5 minutes each, two at once.
  expect(workTime({ ...loaded, ordersAhead: 60 })).toMatchObject({
    minutes: 153,
    because: "load",
    ordersAhead: 60,
  });
});

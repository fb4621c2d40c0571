import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gtinFromNumber } from "../gtin.ts";
import { applyConsequences } from "./decisions/consequences.ts";
import type { Decision, DecisionContext } from "./decisions/decision.ts";
import { decideHold } from "./decisions/hold.ts";
import { decideConfirm, decideExtend, decideRelease } from "./decisions/life.ts";
import { decideFulfil, decidePick, decideSaleRefused, decideShort } from "./decisions/store.ts";
import { decideTransfer } from "./decisions/transfer.ts";
import { ReservationBook } from "./reservation-book.ts";
import type { ReservationEvent } from "./reservation-event.ts";

const LOCATIONS = ["S01", "S02"];
const GTINS = [96385074, 4006381333931];
const START_MS = Date.parse("2026-03-01T10:00:00.000Z");
const HOUR_MS = 3_600_000;

type Step =
  | { kind: "stock"; location: number; gtin: number; units: number }
  | { kind: "wait"; ms: number }
  | { kind: "hold"; lines: [number, number, number][]; ttlSeconds: number; partial: boolean }
  | { kind: "confirm" | "pick" | "short" | "release" | "fulfil" | "refuse" | "hand_over"; on: number }
  | { kind: "extend" | "transfer"; on: number; to: number };

const lineArbitrary = fc.tuple(fc.nat(1), fc.nat(1), fc.integer({ min: 1, max: 4 }));
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("stock" as const),
      location: fc.nat(1),
      gtin: fc.nat(1),
      units: fc.integer({ min: -4, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 500, 60_000, HOUR_MS, 5 * HOUR_MS),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("hold" as const),
      lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 3 }),
      ttlSeconds: fc.constantFrom(1, 60, 14_400),
      partial: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("confirm", "pick", "short", "release", "fulfil", "refuse", "hand_over"),
      on: fc.nat(9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("extend", "transfer"), on: fc.nat(9), to: fc.nat(1) }),
  },
);

/** A location's stock, the book, and what a restart would find: its events and the ledger's movements, in their order. */
function createWorld() {
  const sellable = new Map<string, number>();
  const sellableOf = (locationId: string, gtin: number) => sellable.get(`${locationId} ${gtin}`) ?? 0;
  const book = new ReservationBook(sellableOf);
  const events: ReservationEvent[] = [];
  const taken: { reservationId: string; locationId: string; gtin: number; units: number }[] = [];
  const ids: string[] = [];
  let nowMs = START_MS;

  const context = (): DecisionContext => ({
    book,
    nowMs,
    availableOf: (locationId, gtin, atMs) =>
      Math.max(0, sellableOf(locationId, gtin) - book.unitsAt(locationId, gtin, atMs)),
  });
  function take(decision: Decision): boolean {
    if (decision.ok) for (const event of decision.events) record(event);
    return decision.ok;
  }
  function record(event: ReservationEvent): void {
    book.apply(event);
    // As it is stored: nothing of it may be changed afterwards.
    events.push(structuredClone(event));
  }
  function move(locationId: string, gtin: number, units: number): void {
    sellable.set(`${locationId} ${gtin}`, sellableOf(locationId, gtin) + units);
    book.stockChanged(locationId, gtin);
  }

  function run(step: Step): void {
    if (step.kind === "stock") return move(LOCATIONS[step.location]!, GTINS[step.gtin]!, step.units);
    if (step.kind === "wait") {
      nowMs += step.ms;
      return book.advance(nowMs);
    }
    if (step.kind === "hold") {
      const id = `r${ids.length}`;
      const lines = step.lines.map(([location, gtin, quantity]) => ({
        locationId: LOCATIONS[location]!,
        gtin: gtinFromNumber(GTINS[gtin]!),
        quantity,
      }));
      const before = new Map(lines.map((line) => [`${line.locationId} ${Number(line.gtin)}`, 0]));
      for (const key of before.keys()) {
        const [locationId = "", gtin = ""] = key.split(" ");
        before.set(key, context().availableOf(locationId, Number(gtin), nowMs));
      }
      const { ttlSeconds, partial } = step;
      if (!take(decideHold(context(), { lines, ttlSeconds, partial, channel: "web" }, id))) return;
      ids.push(id);
      // Never more than was there at the grant.
      for (const line of book.get(id)!.lines) {
        expect(line.quantity).toBeLessThanOrEqual(before.get(`${line.locationId} ${Number(line.gtin)}`)!);
        if (!partial) expect(line.quantity).toBe(line.requested);
      }
      return;
    }
    const id = ids[step.on % Math.max(1, ids.length)];
    const found = id === undefined ? undefined : book.record(id);
    if (id === undefined || found === undefined) return;
    const defaults = { ttlSeconds: 900, holdMs: 72 * HOUR_MS };
    switch (step.kind) {
      case "confirm":
        take(decideConfirm(context(), found, {}, defaults.holdMs));
        return;
      case "pick":
        take(decidePick(context(), found));
        return;
      case "short":
        take(decideShort(context(), found, {}));
        return;
      case "release":
        take(decideRelease(context(), found, {}));
        return;
      case "fulfil":
        take(decideFulfil(context(), found, {}));
        return;
      case "refuse":
        take(decideSaleRefused(context(), found, "not taken"));
        return;
      case "hand_over": {
        const line = found.sale?.lines[0];
        if (line === undefined) return;
        const { locationId, quantity } = line;
        const units = { reservationId: id, locationId, gtin: Number(line.gtin), units: quantity };
        const held = book.unitsAt(locationId, units.gtin, nowMs);
        const wasLive = book.isLive(found);
        taken.push(units);
        book.take(units);
        if (wasLive) expect(book.unitsAt(locationId, units.gtin, nowMs)).toBeLessThan(held);
        return move(locationId, units.gtin, -quantity);
      }
      case "extend": {
        const hadLapsed = book.get(id)!.status === "expired";
        const wanted = found.lines.map(
          (line) => [line.locationId, line.gtin, line.quantity - line.consumed] as const,
        );
        const isThere = wanted.every(
          ([locationId, gtin, units]) => context().availableOf(locationId, gtin, nowMs) >= units,
        );
        const isExtended = take(decideExtend(context(), found, { ttlSeconds: 3600 }, defaults));
        if (hadLapsed && isExtended) expect(isThere).toBe(true);
        if (isExtended && book.get(id)!.status === "held") {
          expect(Date.parse(book.get(id)!.expiresAt!)).toBeLessThanOrEqual(
            Date.parse(book.get(id)!.createdAt) + 4 * HOUR_MS,
          );
        }
        return;
      }
      case "transfer":
        if (take(decideTransfer(context(), found, { toLocationId: LOCATIONS[step.to]! }, `r${ids.length}`)))
          ids.push(`r${ids.length}`);
        return;
      default:
        step satisfies never;
    }
  }

  return {
    book,
    events,
    taken,
    sellableOf,
    nowMs: () => nowMs,
    run(step: Step) {
      run(step);
      for (const event of applyConsequences({ book, nowMs })) events.push(structuredClone(event));
    },
  };
}

/** What a restart has: events as they were stored, and the movements of the ledger. */
function rebuild(world: ReturnType<typeof createWorld>): ReservationBook {
  const book = new ReservationBook(world.sellableOf);
  book.advance(world.nowMs());
  for (const event of world.events) book.apply(event);
  for (const units of world.taken) book.take(units);
  book.settleAll();
  return book;
}

/** Counts by hand what the book keeps as running numbers. */
function countByHand(book: ReservationBook, locationId: string, gtin: number): number {
  let units = 0;
  for (const record of book.records()) {
    const { status, lines } = book.get(record.told.reservationId)!;
    if (status !== "held" && status !== "confirmed" && status !== "picked") continue;
    for (const line of lines) {
      if (line.locationId === locationId && Number(line.gtin) === gtin)
        units += line.quantity - line.fulfilled;
    }
  }
  return units;
}

const everyStock = LOCATIONS.flatMap((locationId) => GTINS.map((gtin) => [locationId, gtin] as const));

describe("the book of reservations, over random histories", () => {
  test("counts exactly the open units of live reservations, and a rebuilt book is equal to it", () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 60 }), (steps) => {
        const world = createWorld();
        for (const step of steps) {
          world.run(step);
          for (const [locationId, gtin] of everyStock) {
            expect(world.book.unitsAt(locationId, gtin, world.nowMs())).toBe(
              countByHand(world.book, locationId, gtin),
            );
          }
        }
        const rebuilt = rebuild(world);
        const all = (book: ReservationBook) =>
          [...book.records()].map((one) => book.get(one.told.reservationId));
        expect(all(rebuilt)).toEqual(all(world.book));
        expect(rebuilt.lastOrdinal).toBe(world.book.lastOrdinal);
        expect(rebuilt.liveCount).toBe(world.book.liveCount);
        for (const [locationId, gtin] of everyStock) {
          expect(rebuilt.unitsAt(locationId, gtin, world.nowMs())).toBe(
            world.book.unitsAt(locationId, gtin, world.nowMs()),
          );
        }
        // Everything was told: a restart has nothing new to say.
        expect(applyConsequences({ book: rebuilt, nowMs: world.nowMs() })).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("what stock does not cover is at risk, all of it and no more, and of the newest holds first", () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 60 }), (steps) => {
        const world = createWorld();
        for (const step of steps) {
          world.run(step);
          for (const [locationId, gtin] of everyStock) {
            const lines = [...world.book.records()]
              .filter((record) => world.book.isLive(record))
              .sort((one, other) => one.grantedOrdinal - other.grantedOrdinal)
              .flatMap((record) =>
                record.lines.filter((line) => line.locationId === locationId && line.gtin === gtin),
              );
            let covered = Math.max(0, world.sellableOf(locationId, gtin));
            for (const line of lines) {
              const open = line.quantity - line.consumed;
              expect(line.atRisk).toBe(open - Math.min(open, covered));
              covered -= Math.min(open, covered);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

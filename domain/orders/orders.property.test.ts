import fc from "fast-check";
import { expect, test } from "vitest";
import { gtinFromNumber } from "../gtin.ts";
import { applyConsequences } from "../reservations/decisions/consequences.ts";
import type { DecisionContext } from "../reservations/decisions/decision.ts";
import { decideHold } from "../reservations/decisions/hold.ts";
import { decideFulfil } from "../reservations/decisions/store.ts";
import { ReservationBook } from "../reservations/reservation-book.ts";
import type { ReservationEvent } from "../reservations/reservation-event.ts";
import { openUnits } from "../reservations/reservation-record.ts";
import { FULFILMENT_METHODS } from "../reservations/reservation.ts";
import { decideCancel } from "./decisions/cancel.ts";
import { decideChange } from "./decisions/change.ts";
import { decideDue, orderAt } from "./decisions/due.ts";
import { decideHandedOver, decideHandOver, decideHandOverRefused } from "./decisions/hand-over.ts";
import type { OrderContext, OrderDecision } from "./decisions/order-decision.ts";
import { decidePlace } from "./decisions/place.ts";
import {
  decideArrive,
  decideDeliver,
  decidePickUnits,
  decidePlain,
  decideReady,
  decideShortUnits,
} from "./decisions/store-steps.ts";
import { decideReturned, decideTold } from "./decisions/told.ts";
import { type Order, orderSchema, orderWishSchema } from "./order.ts";
import { OrderBook } from "./order-book.ts";
import type { OrderEvent } from "./order-event.ts";
import { SYSTEM_ACTOR } from "./order-step.ts";
import { isShipped } from "./finish-order.ts";
import { isHolding, openStock, openUnitsOf } from "./order-units.ts";
import { applyStockSteps } from "./stock-steps.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const LOCATIONS = ["S01", "S02"] as const;
const GTINS = [96385074, 4006381333931] as const;
const START_MS = Date.parse("2026-03-01T10:00:00.000Z");
const HOUR_MS = 3_600_000;

type WishedLine = { location: number; gtin: number; quantity: number; method: number; isHeld: boolean };
const lineArbitrary: fc.Arbitrary<WishedLine> = fc.record({
  location: fc.nat(1),
  gtin: fc.nat(1),
  quantity: fc.integer({ min: 1, max: 3 }),
  method: fc.nat(FULFILMENT_METHODS.length - 1),
  isHeld: fc.boolean(),
});
const stepArbitrary = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("stock" as const),
      location: fc.nat(1),
      gtin: fc.nat(1),
      units: fc.integer({ min: -3, max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(1000, HOUR_MS) },
        { weight: 3, arbitrary: fc.constantFrom(49 * HOUR_MS, 49 * HOUR_MS, 31 * 24 * HOUR_MS) },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("place" as const),
      lines: fc.array(lineArbitrary, { minLength: 1, maxLength: 3 }),
      partial: fc.boolean(),
      isShared: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "sent",
        "accept",
        "pick",
        "short",
        "ready",
        "arrive",
        "collect",
        "ship",
        "take",
        "refuse",
        "deliver",
        "change",
        "cancel",
        "told",
        "returned",
      ),
      on: fc.nat(9),
      part: fc.nat(3),
      units: fc.integer({ min: 0, max: 3 }),
      location: fc.nat(1),
      method: fc.nat(FULFILMENT_METHODS.length - 1),
    }),
  },
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type Command = Extract<Step, { on: number }>;

/** Stock, both books, and what a restart finds: their events and the ledger's movements. */
function createWorld() {
  const sellable = new Map<string, number>(
    LOCATIONS.flatMap((locationId) => GTINS.map((gtin) => [`${locationId} ${gtin}`, 12] as const)),
  );
  const sellableOf = (locationId: string, gtin: number) => sellable.get(`${locationId} ${gtin}`) ?? 0;
  const book = new ReservationBook(sellableOf);
  const orders = new OrderBook();
  const reservationEvents: ReservationEvent[] = [];
  const orderEvents: OrderEvent[] = [];
  const taken: { reservationId: string; locationId: string; gtin: number; units: number }[] = [];
  let nowMs = START_MS;
  let ids = 0;
  const context = (): DecisionContext => ({
    book,
    nowMs,
    availableOf: (locationId, gtin, atMs) =>
      Math.max(0, sellableOf(locationId, gtin) - book.unitsAt(locationId, gtin, atMs)),
  });
  const orderContext = (): OrderContext => ({
    nowMs,
    actor: { kind: "staff", id: "s-1" },
    promiseOf: () => ({ readyAt: null, keptMs: 48 * HOUR_MS }),
    newReservationId: () => `r${++ids}`,
  });
  function recordHold(event: ReservationEvent): void {
    book.apply(event);
    reservationEvents.push(structuredClone(event));
  }
  function record(change: { kind: OrderEvent["kind"]; fulfilmentId: string | null; order: Order }): void {
    const event = {
      ordinal: orders.lastOrdinal + 1,
      atMs: nowMs,
      kind: change.kind,
      fulfilmentId: change.fulfilmentId,
      order: change.order,
    };
    orders.apply(event);
    orderEvents.push(structuredClone(event));
  }
  /** As the writer does it: all of it or nothing. */
  function take(decision: OrderDecision): boolean {
    if (!decision.ok) return false;
    const heldBefore = reservationEvents.length;
    const refusal = applyStockSteps(
      context(),
      decision.changes.flatMap((change) => change.stock),
      recordHold,
    );
    if (refusal !== null) {
      expect(reservationEvents.length).toBe(heldBefore);
      return false;
    }
    for (const change of decision.changes) record(change);
    return true;
  }
  function settleDue(): void {
    for (const orderId of orders.dueAt(nowMs)) {
      for (;;) {
        const decision = decideDue({ ...orderContext(), actor: SYSTEM_ACTOR }, orders.record(orderId)!.order);
        if (decision === null || !take(decision)) break;
      }
    }
  }
  function hold(lines: { locationId: string; gtin: string; quantity: number }[]): string | null {
    const id = `h${++ids}`;
    const decision = decideHold(context(), { lines, ttlSeconds: 900, partial: false, channel: "web" }, id);
    if (!decision.ok) return null;
    recordHold(decision.events[0]);
    return id;
  }
  function place(step: Extract<Step, { kind: "place" }>): void {
    const lines = step.lines.map(({ location, gtin, quantity, method }) => ({
      locationId: LOCATIONS[location]!,
      gtin: gtinFromNumber(GTINS[gtin]!),
      quantity,
      method: FULFILMENT_METHODS[method]!,
    }));
    const held = lines.filter((_, index) => step.lines[index]!.isHeld);
    const shared = step.isShared && held.length > 0 ? hold(held) : null;
    const named = lines.map((line, index) => {
      if (!step.lines[index]!.isHeld) return line;
      const reservationId = step.isShared ? shared : hold([line]);
      return reservationId === null ? line : Object.assign({ reservationId }, line);
    });
    const wish = orderWishSchema.parse({ lines: named, partial: step.partial });
    const facts = {
      orderId: `o${++ids}`,
      source: "shop",
      availableOf: (locationId: string, gtin: number) => context().availableOf(locationId, gtin, nowMs),
    };
    const decision = decidePlace(orderContext(), wish, facts);
    take(decision);
  }
  /** The sale of what is leaving reaches the ledger. */
  function sell(order: Order, fulfilmentId: string): void {
    const fulfilment = order.fulfilments.find((one) => one.fulfilmentId === fulfilmentId)!;
    const record = book.record(fulfilment.reservationId!)!;
    const lines = fulfilment.handOver!.lines.map(({ lineId, quantity }) => {
      const line = order.lines.find((one) => one.lineId === lineId)!;
      return { gtin: line.gtin, locationId: line.locationId, quantity };
    });
    const decision = decideFulfil(context(), record, { lines });
    if (!decision.ok) {
      // A till's sale elsewhere may have left too little: nothing leaves.
      take(decideHandOverRefused(orderContext(), order, fulfilmentId, decision.refusal.code));
      return;
    }
    recordHold(decision.events[0]);
    for (const { gtin, locationId, quantity } of decision.events[0].sale!.lines) {
      const units = {
        reservationId: fulfilment.reservationId!,
        locationId,
        gtin: Number(gtin),
        units: quantity,
      };
      taken.push(units);
      book.take(units);
      move(locationId, Number(gtin), -quantity);
    }
    take(decideHandedOver(orderContext(), order, fulfilmentId));
  }
  function move(locationId: string, gtin: number, units: number): void {
    sellable.set(`${locationId} ${gtin}`, sellableOf(locationId, gtin) + units);
    book.stockChanged(locationId, gtin);
  }
  function command(step: Command): void {
    const all = [...orders.records()];
    const order = all[step.on % Math.max(1, all.length)]?.order;
    if (order === undefined) return;
    const fulfilment = order.fulfilments[step.part % order.fulfilments.length]!;
    const { fulfilmentId } = fulfilment;
    const line = order.lines[step.part % order.lines.length]!;
    const lines = step.units === 0 ? undefined : [{ lineId: line.lineId, quantity: step.units, epcs: [] }];
    const it = orderContext();
    switch (step.kind) {
      case "sent":
      case "accept":
        take(decidePlain(it, order, fulfilmentId, step.kind === "sent" ? "sent_to_store" : "accepted", {}));
        return;
      case "pick":
        take(decidePickUnits(it, order, line.fulfilmentId, {}, { lines }));
        return;
      case "short":
        take(decideShortUnits(it, order, line.fulfilmentId, { cause: "not_found", lines }, () => []));
        return;
      case "ready":
        take(decideReady(it, order, fulfilmentId, {}));
        return;
      case "arrive":
        take(decideArrive(it, order, fulfilmentId, {}));
        return;
      case "collect":
      case "ship": {
        take(decideReady(it, order, line.fulfilmentId, {}));
        const ready = orders.record(order.orderId)!.order;
        const kind = isShipped(line) ? "ship" : "collect";
        const who = { isCodeRight: step.units < 3, staffChecked: step.units === 3 };
        const isBegun = take(
          decideHandOver(it, ready, line.fulfilmentId, { kind, lines, items: [], ...who }),
        );
        // Half of them are sold at once, the others wait.
        if (isBegun && step.kind === "ship") sell(orders.record(order.orderId)!.order, line.fulfilmentId);
        return;
      }
      case "take":
        if (fulfilment.handOver !== null) sell(order, fulfilmentId);
        return;
      case "refuse":
        take(decideHandOverRefused(it, order, fulfilmentId, "not taken"));
        return;
      case "deliver":
        take(decideDeliver(it, order, fulfilmentId, {}));
        return;
      case "change": {
        const wanted = {
          lineId: line.lineId,
          locationId: LOCATIONS[step.location]!,
          method: FULFILMENT_METHODS[step.method]!,
        };
        take(
          decideChange(it, order, {
            cause: "customer",
            lines: [step.units === 0 ? wanted : { ...wanted, quantity: step.units }],
          }),
        );
        return;
      }
      case "cancel":
        take(decideCancel(it, order, { cause: step.location === 0 ? "customer" : "damaged", lines }));
        return;
      case "told": {
        const alternative = {
          locationId: LOCATIONS[step.location]!,
          method: FULFILMENT_METHODS[step.method]!,
        };
        const wish =
          step.units === 0
            ? { outcome: "refund" as const }
            : { outcome: "alternative" as const, alternative };
        take(decideTold(it, order, { by: "sms", ...wish }));
        return;
      }
      case "returned":
        take(
          decideReturned(it, order, {
            returnId: `t${step.units}`,
            locationId: "S01",
            lines: [{ lineId: line.lineId, quantity: Math.max(1, step.units) }],
          }),
        );
        return;
      default:
        step.kind satisfies never;
    }
  }
  return {
    book,
    orders,
    reservationEvents,
    orderEvents,
    taken,
    sellableOf,
    nowMs: () => nowMs,
    run(step: Step): void {
      if (step.kind === "stock") move(LOCATIONS[step.location]!, GTINS[step.gtin]!, step.units);
      else if (step.kind === "wait") {
        nowMs += step.ms;
        book.advance(nowMs);
      } else if (step.kind === "place") place(step);
      else command(step);
      for (const event of applyConsequences({ book, nowMs })) reservationEvents.push(structuredClone(event));
      settleDue();
    },
  };
}

/** Units that a live reservation holds, as text to compare. */
function heldUnits(book: ReservationBook, reservationId: string): string {
  const record = book.record(reservationId);
  if (record === undefined || !book.isLive(record)) return "";
  return textOf(
    record.lines.map((line) => {
      const { locationId, gtin } = line;
      return { locationId, gtin, quantity: openUnits(line) };
    }),
  );
}

function textOf(lines: readonly { locationId: string; gtin: number; quantity: number }[]): string {
  const texts = lines.flatMap(({ locationId, gtin, quantity }) =>
    quantity === 0 ? [] : [`${quantity} of ${gtin} at ${locationId}`],
  );
  return texts.sort().join();
}

/** What is wrong with the orders and what they hold; empty when all is right. Plain comparisons: it is asked after every step. */
function faults(orders: OrderBook, book: ReservationBook, nowMs: number): string[] {
  const wrong: string[] = [];
  const owners = new Set<string>();
  for (const { order } of orders.records()) {
    if (orderAt(order, nowMs) !== order) wrong.push("something is due and not recorded");
    for (const line of order.lines) {
      const { quantity, short, cancelled, handedOver, returned, picked } = line;
      const open = openUnitsOf(line);
      if (Math.min(short, cancelled, handedOver, returned, picked, open) < 0) wrong.push("below nothing");
      if (open + short + cancelled + handedOver !== quantity) wrong.push("a unit is not counted once");
      if (returned > handedOver || picked > open) wrong.push("more than there were");
    }
    const isUntold = order.notices.some((notice) => notice.told === null);
    if (order.mustTell !== isUntold) wrong.push("nobody says who must be told");
    for (const fulfilment of order.fulfilments) {
      const open = textOf(openStock(order, fulfilment));
      if (!isHolding(fulfilment) && open !== "") wrong.push("ended with open units");
      // What is leaving when its hold ends waits for the word of the ledger.
      const isCutOff = fulfilment.handOver !== null && Date.parse(fulfilment.holdUntil!) <= nowMs;
      const held = heldUnits(book, fulfilment.reservationId!);
      if (!isCutOff && held !== open) wrong.push(`held: ${held}; open: ${open}`);
      if (owners.has(fulfilment.reservationId!)) wrong.push("two share a reservation");
      owners.add(fulfilment.reservationId!);
    }
  }
  return wrong;
}

test("over random histories each order holds exactly its open units, counts every unit once, and a restart finds the same", () => {
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 50, size: "max" }), (steps) => {
      const world = createWorld();
      for (const step of steps) {
        world.run(step);
        expect(faults(world.orders, world.book, world.nowMs())).toEqual([]);
      }
      const orders = new OrderBook();
      for (const event of world.orderEvents) orders.apply(event);
      const book = new ReservationBook(world.sellableOf);
      book.advance(world.nowMs());
      for (const event of world.reservationEvents) book.apply(event);
      for (const units of world.taken) book.take(units);
      for (const { order } of orders.records()) expect(orderSchema.safeParse(order).error).toBeUndefined();
      expect([...orders.records()]).toEqual([...world.orders.records()]);
      expect([...orders.openIds()].sort()).toEqual([...world.orders.openIds()].sort());
      expect(faults(orders, book, world.nowMs())).toEqual([]);
    }),
    { numRuns: isLong ? 5_000 : 200 },
  );
});

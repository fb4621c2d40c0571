import { describe, expect, test } from "vitest";
import { createChain } from "../chain/create-chain.ts";
import { demo } from "../scenarios/demo.ts";
import { createHistory, type HistoryBlock } from "./create-history.ts";
import { HABITS } from "./habits.ts";
import type { HistoryOptions } from "./past-context.ts";

const { products, locations } = createChain({ ...demo, products: 60, stores: 3 }, 1);
const options: HistoryOptions = {
  seed: 1,
  endMs: Date.UTC(2026, 10, 22),
  days: 365,
  shoppers: 2_500,
  guestsPerStoreDay: 1,
  products,
  locations,
};

function tellAll(wish: Partial<HistoryOptions> = {}) {
  const history = createHistory({ ...options, ...wish });
  const blocks: HistoryBlock[] = [];
  for (const { block } of history.blocks()) blocks.push(block);
  return { blocks, truth: history.truth(), context: history.context };
}

const { blocks, truth, context } = tellAll();
const orders = blocks.flatMap((block) => block.orders);
const lines = orders.flatMap((order) => order.lines);
const fulfilments = orders.flatMap((order) => order.fulfilments);
const days = blocks.flatMap((block) => block.stockDays);

/** A figure of the truth. */
const figure = (kpi: string, name: string) => truth[kpi]?.[name] ?? Number.NaN;

describe("the past of a simulated chain", () => {
  test("is the same for the same seed, and another for another", () => {
    const small = { shoppers: 60, guestsPerStoreDay: 0.1, days: 60 };
    const first = JSON.stringify(tellAll(small).blocks);
    expect(JSON.stringify(tellAll(small).blocks)).toBe(first);
    expect(JSON.stringify(tellAll({ ...small, seed: 2 }).blocks)).not.toBe(first);
  });

  test("is over before its end, and each order goes through its steps in the order of time", () => {
    const rising = (times: readonly number[]) =>
      times.every((time, index) => time >= (times[index - 1] ?? 0));
    const outOfOrder = orders.filter(({ placedAtMs, steps }) => {
      const times = [
        context.calendar.startMs,
        placedAtMs,
        ...steps.map(({ atMs }) => atMs),
        options.endMs - 1,
      ];
      return !rising(times);
    });
    expect(outOfOrder).toEqual([]);
    const path = [
      ...(["allocated", "sent_to_store", "accepted", "picking", "ready"] as const),
      ...(["arrived", "collected", "shipped", "delivered", "no_show"] as const),
    ];
    const jumbled = fulfilments.filter(({ times }) => !rising(path.flatMap((status) => times[status] ?? [])));
    expect(jumbled).toEqual([]);
  });

  test("has no unit too many: what was promised was handed over, short or cancelled, and no more came back", () => {
    const wrong = lines.filter(
      ({ quantity, handedOver, short, cancelled, returned }) =>
        handedOver + short + cancelled !== quantity || returned > handedOver || quantity <= 0,
    );
    expect(wrong).toEqual([]);
  });

  test("has its money in whole cents, and nothing costs less than nothing", () => {
    const wrong = lines.filter(
      ({ unitPriceCents, unitDiscountCents }) =>
        !Number.isSafeInteger(unitPriceCents) ||
        !Number.isSafeInteger(unitDiscountCents) ||
        unitPriceCents <= unitDiscountCents,
    );
    expect(wrong).toEqual([]);
  });

  test("keeps a book that follows from what came and went, and never sells what is not there", () => {
    const wrong = days.filter((day, index) => {
      const before = days[index - 1];
      const isNext = before?.product === day.product && before.location === day.location;
      const after = (before?.onHand ?? 0) + day.received - day.sold + day.returned + day.adjusted;
      return day.onHand < 0 || (isNext && day.onHand !== after);
    });
    expect(wrong).toEqual([]);
    const handedOver = lines.reduce((sum, line) => sum + line.handedOver, 0);
    expect(days.reduce((sum, day) => sum + day.sold, 0)).toBe(handedOver);
  });

  test("has the habits it was given", () => {
    expect(figure("P2", "noShow")).toBeGreaterThan(HABITS.noShow / 2);
    expect(figure("P2", "noShow")).toBeLessThan(HABITS.noShow * 2);
    expect(figure("P8", "shortPickRate")).toBeGreaterThan(HABITS.short * 0.6);
    expect(figure("P8", "shortPickRate")).toBeLessThan(HABITS.short * 1.5);
    expect(figure("P4", "rate")).toBeGreaterThan(0.8);
    expect(figure("P4", "rate")).toBeLessThan(0.99);
    expect(figure("P5", "curbsideP50Minutes")).toBeGreaterThan(2);
    expect(figure("P5", "curbsideP50Minutes")).toBeLessThan(10);
    expect(figure("P10", "rate")).toBeCloseTo(HABITS.missSaved, 1);
    expect(figure("P9", "inStore")).toBeCloseTo(HABITS.returnInStore, 1);
    expect(figure("I3", "rate")).toBeGreaterThan(0.9);
    expect(figure("I3", "rate")).toBeLessThan(1);
    // Who shops in several channels is worth more, and who was let down stays away more often.
    expect(figure("K3", "ratio")).toBeGreaterThan(1.3);
    expect(figure("K11", "goneAfterBroken")).toBeGreaterThan(figure("K11", "goneAfterKept"));
  });

  test("has something to show for every figure", () => {
    const missing = Object.entries(truth).flatMap(([kpi, figures]) =>
      Object.entries(figures).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [`${kpi} ${name}`])),
    );
    expect(missing).toEqual([]);
    const channels = new Set(orders.map(({ channel }) => channel));
    expect([...channels].toSorted()).toEqual(["app", "marketplace", "phone", "social", "store", "web"]);
    const ends = new Set(fulfilments.map(({ status }) => status));
    expect([...ends].toSorted()).toEqual([
      "cancelled",
      "collected",
      "delivered",
      "no_show",
      "returned",
      "short",
    ]);
  });
});

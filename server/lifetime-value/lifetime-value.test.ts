import { eventually } from "../../test/support/eventually.ts";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { LifetimeValueFit, LifetimeValueRun, PersonValue } from "../../domain/api/lifetime-value.ts";
import { createSeededRandom } from "../../domain/comparison/seeded-random.ts";
import {
  computeLifetimeValues,
  type LifetimeValueInput,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";
import { summarisePurchases } from "../../domain/lifetime-value/purchase-histories.ts";
import { createLocalClock, dateOfDay } from "../../domain/time-zone/local-clock.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import type { HistoryRow } from "./lifetime-value-rows.ts";
import { ORDER_LINE_COLUMNS } from "../import/kinds/order-line.ts";
import { createVersionClock } from "../master-data/version-clock.ts";
import { createLifetimeValueFitter } from "./lifetime-value-fitter.ts";
import { createLifetimeValueStore } from "./lifetime-value-store.ts";
import { runFit } from "./run-fit.ts";

const COLUMNS = ["source", ...ORDER_LINE_COLUMNS, "version"];
const PRODUCT = "04006381333931";
/** By the stores' time zone, as the run sees it: for an hour or two of each day it is not that of UTC. */
const YESTERDAY = createLocalClock("Europe/Berlin").read(Date.now()).day - 1;
const FIRST_DAY = YESTERDAY - 400;

/** An order of one line, at noon of Berlin unless said otherwise. */
type Bought = {
  customer: string;
  order: string;
  day: number;
  units: number;
  price: number;
  type?: string;
  at?: string;
};

let db: Database;
let at: TestServer;
let bought: Bought[];

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  const wish = { as: "admin" } as const;
  const location = { name: "Berlin", kind: "store", timeZone: "Europe/Berlin", currency: "EUR" };
  await at.ask("PUT", "/v1/locations/S01", 200, { ...wish, body: location });
  await at.ask("PUT", `/v1/products/${PRODUCT}`, 200, {
    ...wish,
    body: { sku: "A-1", name: "Pen", cost: "4.00" },
  });
  bought = randomPurchases(320);
  await insertOrders(bought);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function insertOrders(orders: readonly Bought[], source = "shop", into = db): Promise<void> {
  await into.insert({
    name: "test/orders",
    table: "order_lines",
    columns: COLUMNS,
    rows: orders.map(
      ({ customer, order, day, units, price, type = "sale", at: time = "11:00:00" }, line): Cell[] => [
        source,
        order,
        line + 1,
        type,
        "web",
        "delivery",
        "S01",
        customer,
        "",
        "",
        Number(PRODUCT),
        "",
        units,
        price,
        "EUR",
        `${dateOfDay(day)} ${time}`,
        1,
      ],
    ),
  });
}

/** Half of them come back; some twice a day, some send something back weeks later. */
function randomPurchases(customers: number): Bought[] {
  const random = createSeededRandom(7);
  const found: Bought[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    let day = FIRST_DAY + Math.floor(random.uniform() * 200);
    const wait = 20 + 400 * random.uniform() ** 2;
    for (let order = 0; day <= YESTERDAY && order < 30; order += 1) {
      const id = `o-${customer}-${order}`;
      const units = 1 + Math.floor(random.uniform() * 4);
      found.push({ customer: `c-${customer}`, order: id, day, units, price: 10 + (customer % 7) });
      if (random.uniform() < 0.1) {
        found.push({
          customer: `c-${customer}`,
          order: id,
          day: Math.min(YESTERDAY, day + 20),
          units: -1,
          price: 10 + (customer % 7),
          type: "return",
        });
      }
      if (random.uniform() < 0.25) break;
      day += Math.floor(-Math.log(1 - random.uniform()) * wait);
    }
  }
  return found;
}

/** The fold of the same orders, by customer. */
function folded(orders: readonly Bought[]) {
  const byCustomer = new Map<string, Map<string, { day: number; value: number }>>();
  for (const { customer, order, day, units, price, type = "sale" } of orders) {
    const mine = byCustomer.get(customer) ?? new Map<string, { day: number; value: number }>();
    byCustomer.set(customer, mine);
    const known = mine.get(order) ?? { day: Number.POSITIVE_INFINITY, value: 0 };
    mine.set(order, {
      day: type === "sale" ? Math.min(known.day, day) : known.day,
      value: known.value + units * price,
    });
  }
  return new Map(
    [...byCustomer].map(([customer, mine]) => [customer, summarisePurchases([...mine.values()], YESTERDAY)]),
  );
}

const fits = () =>
  at.ask<{ run: LifetimeValueRun | null; items: LifetimeValueFit[] }>("GET", "/v1/lifetime-value/fits", 200, {
    as: "merchandiser",
  });
const values = async (query = "measure=revenue") => {
  const path = `/v1/lifetime-value?limit=1000&${query}`;
  return (await at.ask<{ items: PersonValue[] }>("GET", path, 200, { as: "analyst" })).items;
};

/** In this thread: what the worker does is seen once, below. */
async function fitHere(change: Partial<ReturnType<typeof createLifetimeValueStore>> = {}): Promise<number> {
  const store = { ...createLifetimeValueStore({ db }), ...change };
  const compute = (input: LifetimeValueInput) => Promise.resolve(computeLifetimeValues(input));
  const asOf = dateOfDay(YESTERDAY);
  const startedAt = new Date().toISOString();
  const order = { run: Date.now() * 1_000, asOf, timeZone: "Europe/Berlin", askedBy: "test", startedAt };
  return await runFit({ store, compute, nowMs: Date.now }, order, new AbortController().signal);
}

async function fitAnew(): Promise<LifetimeValueFit[]> {
  const { runId } = await at.ask<LifetimeValueRun>("POST", "/v1/lifetime-value/fits", 202, { as: "admin" });
  await eventually(async () => expect((await fits()).run?.status).not.toBe("running"));
  const found = await fits();
  expect(found.run).toMatchObject({ runId, status: "done", failure: null });
  return found.items.filter((fit) => fit.runId === runId);
}

test("the histories that are read equal the fold of the same orders, in the stores' time zone", async () => {
  const late = { customer: "late", order: "l-1", units: 1, price: 5 };
  // 23:30 in UTC is the next day in Berlin; a free gift and a line of nobody are no purchase.
  await insertOrders([{ ...late, day: YESTERDAY - 11, at: "23:30:00" }], "late");
  await insertOrders(
    [
      { ...late, order: "l-2", price: 0, day: YESTERDAY - 5 },
      { ...late, customer: "", order: "l-3", day: YESTERDAY - 5 },
    ],
    "late-too",
  );
  const store = createLifetimeValueStore({ db });
  expect(await store.timeZone()).toBe("Europe/Berlin");
  const rows: HistoryRow[] = [];
  for await (const part of store.histories(dateOfDay(YESTERDAY), "Europe/Berlin")) rows.push(...part);
  const expected = folded(bought);
  const found = new Map(rows.map((row) => [row.person_id, row]));
  expect(found.size).toBe(expected.size + 1);
  expect(found.get("late/late")).toMatchObject({ repeats: 0, age_days: 10, mean_revenue: 0 });
  for (const [customer, history] of expected) {
    const row = found.get(`shop/${customer}`);
    expect(row).toMatchObject({ repeats: history?.repeats, currency: "EUR" });
    expect((row?.last_days ?? -1) / 7).toBeCloseTo(history?.lastWeeks ?? 0, 10);
    expect((row?.age_days ?? -1) / 7).toBeCloseTo(history?.ageWeeks ?? 0, 10);
    expect(row?.mean_revenue).toBeCloseTo(history?.meanValue ?? 0, 9);
  }
  await db.command({
    name: "test/late",
    sql: "DELETE FROM order_lines WHERE source IN ('late', 'late-too')",
  });
});

test("a run stores what the models say of those histories, by revenue and by margin, and a repeat changes no value", async () => {
  const histories = [...folded(bought).values()].flatMap((one) => one ?? []);
  const column = (read: (one: (typeof histories)[number]) => number) => Float64Array.from(histories, read);
  const meanValue = column((one) => one.meanValue);
  const expected = computeLifetimeValues({
    repeats: column((one) => one.repeats),
    lastWeeks: column((one) => one.lastWeeks),
    ageWeeks: column((one) => one.ageWeeks),
    meanValue: { revenue: meanValue, margin: meanValue },
    monthlyDiscount: 0.01,
  });
  const [margin, revenue] = await fitAnew();
  expect(revenue).toMatchObject({
    measure: "revenue",
    currency: "EUR",
    asOf: dateOfDay(YESTERDAY),
    timeZone: "Europe/Berlin",
    customers: 320,
    repeaters: expected?.purchases.repeaters,
    model: expected?.purchases.model.kind,
    isConverged: true,
  });
  expect(revenue?.purchases.r).toBeCloseTo(expected?.purchases.model.r ?? 0, 6);
  expect(revenue?.logLikelihood.purchases).toBeCloseTo(expected?.purchases.logLikelihood ?? 0, 6);
  const total = expected?.measures.revenue?.values.total.value ?? 0;
  expect((revenue?.total.value ?? 0) / total).toBeCloseTo(1, 6);
  expect(margin?.measure).toBe("margin");
  expect(margin?.total.value).toBeLessThan(revenue?.total.value ?? 0);
  const first = await values();
  expect(first).toHaveLength(320);
  expect(first[0]?.value).toBeGreaterThanOrEqual(first[1]?.value ?? 0);
  const sum = first.reduce((so, { value }) => so + (value ?? 0), 0);
  expect(sum / total).toBeCloseTo(1, 6);
  expect(await values("measure=revenue&personId=shop/c-3")).toHaveLength(1);
  await fitHere();
  expect(await values()).toEqual(first);
  expect(await storedRuns()).toHaveLength(1);
});

async function storedRuns(): Promise<unknown[]> {
  return await db.query({
    name: "test/runs",
    sql: "SELECT DISTINCT run FROM predicted_lifetime_values",
    row: z.object({ run: z.number() }),
  });
}

test("a run that is cut off leaves the last whole one, and the next one clears what it left", async () => {
  const before = await values();
  await expect(fitHere({ writeFits: () => Promise.reject(new Error("killed")) })).rejects.toThrow("killed");
  expect(await storedRuns()).toHaveLength(2);
  expect(await values()).toEqual(before);
  await fitHere();
  expect(await storedRuns()).toHaveLength(1);
});

test("merged records are one person, and an erased person leaves no value, in this run and the next", async () => {
  const identifiers = ["c-1", "c-2"].map((value) => ({ kind: "external", source: "shop", value }));
  const { customerId } = await at.ask<{ customerId: string }>("POST", "/v1/customers", 201, {
    as: "store",
    body: { identifiers },
  });
  await fitHere();
  const persons = (await values()).map(({ personId }) => personId);
  expect(persons).toHaveLength(319);
  expect(persons).toContain(customerId);
  expect(persons).not.toContain("shop/c-1");
  const erased = await at.ask("DELETE", `/v1/customers/${customerId}`, 200, { as: "admin" });
  expect(erased).toMatchObject({ removed: { predicted_lifetime_values: 2 } });
  expect((await values()).map(({ personId }) => personId)).not.toContain(customerId);
  expect(await fitHere()).toBe(318);
  expect(await values()).toHaveLength(318);
});

test("where there was nobody to predict it looks again, as a history may be imported at any hour", async () => {
  const empty = await openTestDatabase();
  const fitter = createLifetimeValueFitter({
    store: createLifetimeValueStore({ db: empty }),
    compute: (input) => Promise.resolve(computeLifetimeValues(input)),
    role: { mode: () => "writer" },
    hour: 0,
    lookEveryMs: 20,
    logger: pino({ level: "silent" }),
    nextVersion: createVersionClock(Date.now),
    nowMs: Date.now,
  });
  try {
    fitter.start();
    await eventually(() => expect(fitter.last()?.status).toBe("done"));
    await insertOrders(bought, "shop", empty);
    const store = createLifetimeValueStore({ db: empty });
    await eventually(async () => expect(await store.fits(1)).toHaveLength(1));
  } finally {
    await fitter.stop();
    await empty.close();
  }
});

test("by itself it runs once a day, on the server that writes", async () => {
  const other = await startTestServer({
    db,
    config: { lifetimeValueHour: 0 },
    aheadMs: 86_400_000,
    tokens: at.tokens,
  });
  try {
    await eventually(async () => expect((await fits()).items[0]?.askedBy).toBe("schedule"));
    expect((await fits()).items[0]?.asOf).toBe(dateOfDay(YESTERDAY + 1));
  } finally {
    await other.stop();
  }
});

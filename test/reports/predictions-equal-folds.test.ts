import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerValues } from "../../domain/kpis/k1-customer-values.ts";
import {
  type PersonPrediction,
  predictedBuckets,
  predictedValue,
} from "../../domain/kpis/k2-predicted-value.ts";
import { type PersonHistory, purchaseHistories } from "../../domain/kpis/k2-purchase-histories.ts";
import { valueByChannel } from "../../domain/kpis/value-by-channel.ts";
import {
  computeLifetimeValues,
  type LifetimeValueInput,
  type LifetimeValueResult,
  VALUE_MEASURES,
  type ValueMeasure,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import { dateOfDay } from "../../domain/time-zone/local-clock.ts";
import { createLifetimeValueStore } from "../../server/lifetime-value/lifetime-value-store.ts";
import { runFit } from "../../server/lifetime-value/run-fit.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { printedSeed } from "../support/random-draws.ts";
import { differences, type Figures } from "../support/report-differences.ts";
import { createReportCaller } from "../support/run-report.ts";
import { type StoredHistory, storeHistory, storeProducts } from "../support/sale-histories.ts";
import { DAYS, FIRST_DAY, historyArbitrary } from "../support/sale-history-arbitrary.ts";
import { simulatedShoppers } from "../support/simulated-shoppers.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 100 : 4;
/** One in which who stays away has gone, one in which nobody goes. */
const SHOPPERS = [
  simulatedShoppers({ shoppers: 160, dropout: 0.25, seed: 3 }),
  simulatedShoppers({ shoppers: 40, dropout: 0, seed: 5 }),
];
/** Before the end of what was drawn: what is later must not count. */
const AS_OF = { asOfDay: FIRST_DAY + DAYS - 10, timeZone: "Europe/Berlin" };

/** `result` is null where nobody bought twice. */
type Predicted = StoredHistory & {
  persons: PersonHistory[];
  input: LifetimeValueInput | null;
  result: LifetimeValueResult | null;
};

let db: Database;
let run: ReturnType<typeof createReportCaller>;
let histories: Predicted[];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await storeProducts(db);
  const seed = printedSeed(`${HISTORIES} histories of sales and their predictions`);
  const drawn = [...SHOPPERS, ...fc.sample(historyArbitrary, { numRuns: HISTORIES, seed })];
  const stored: StoredHistory[] = [];
  for (const [index, one] of drawn.entries()) stored.push(await storeHistory(db, one, index));

  const fitted: { input: LifetimeValueInput; result: LifetimeValueResult | null }[] = [];
  const store = createLifetimeValueStore({ db });
  const compute = (input: LifetimeValueInput) => {
    const result = computeLifetimeValues(input);
    fitted.push({ input, result });
    return Promise.resolve(result);
  };
  const asOf = dateOfDay(AS_OF.asOfDay);
  const startedAt = new Date().toISOString();
  const order = { run: 1, asOf, timeZone: AS_OF.timeZone, askedBy: "test", startedAt };
  await runFit({ store, compute, nowMs: Date.now }, order, new AbortController().signal);
  // Currencies are fitted in their order, which is that of the histories; one without a customer is none.
  histories = stored.map((history) => {
    const persons = purchaseHistories(history.lines, AS_OF);
    const { input = null, result = null } = (persons.length === 0 ? undefined : fitted.shift()) ?? {};
    return Object.assign(history, { persons, input, result });
  });
  if (fitted.length > 0) throw new Error(`${fitted.length} fits of what no history has`);
});
afterAll(() => db?.close());

const orNull = (number: number | undefined): number | null =>
  number === undefined || !Number.isFinite(number) ? null : number;

/** What a run says of each person of a history. */
function predictionsOf({ persons, result }: Predicted, measure: ValueMeasure): Map<string, PersonPrediction> {
  const of = result?.measures[measure] ?? null;
  if (result === null || of === null) return new Map();
  const { values } = of;
  return new Map(
    persons.map(({ personId }, at) => [
      personId,
      {
        model: result.purchases.model.kind,
        asOf: dateOfDay(AS_OF.asOfDay),
        purchases: values.purchases[at] ?? Number.NaN,
        alive: orNull(values.alive[at]),
        value: orNull(values.value[at]),
        lower: orNull(values.lower[at]),
        upper: orNull(values.upper[at]),
      },
    ]),
  );
}

/** Rows of a report that are not as the fold has them, one after the other. */
function wrongRows(rows: readonly ReportRow[], expected: readonly Figures[], of: unknown): string[] {
  const wrong = expected.flatMap((figures, index) => differences(rows[index], figures, of));
  return rows.length === expected.length ? wrong : [...wrong, `${rows.length} rows, not ${expected.length}`];
}

const currencyOf = ({ filter }: StoredHistory) => ({ currency: filter.currency });

test("K2: what a run looks at equals the fold of the sales", () => {
  const wrong = histories.flatMap(({ persons, input, filter }) =>
    persons.flatMap((person, at) => {
      const found = {
        repeats: input?.repeats[at] ?? null,
        lastWeeks: input?.lastWeeks[at] ?? null,
        ageWeeks: input?.ageWeeks[at] ?? null,
        meanRevenue: orNull(input?.meanValue.revenue[at]),
        meanMargin: orNull(input?.meanValue.margin[at]),
      };
      const { personId, ...expected } = person;
      return differences(found, expected, `${personId} of ${filter.currency}`);
    }),
  );
  expect(wrong).toEqual([]);
});

test("K2: predicted-value in SQL equals what the models say, also where no dropout is detectable", async () => {
  const wrong: string[] = [];
  for (const history of histories) {
    const { result } = history;
    const expected = VALUE_MEASURES.flatMap((measure) =>
      result === null ? [] : (predictedValue(result, measure) ?? []),
    );
    wrong.push(...wrongRows(await run("predicted-value", currencyOf(history)), expected, history.asked));
  }
  expect(wrong).toEqual([]);
  const [leaving, staying] = histories.map(({ result }) => result && predictedValue(result, "revenue"));
  expect(leaving?.model).toBe("bg_nbd");
  expect(leaving?.total_lower).toBeGreaterThan(0);
  expect(staying).toMatchObject({ model: "nbd", a: null, b: null, mean_alive: null });
  expect(staying?.flags).toContain("no_dropout_detectable");
});

test.each(VALUE_MEASURES)(
  "K2: the distribution of predicted %s in SQL equals the fold, bucket by bucket",
  async (measure) => {
    const wrong: string[] = [];
    for (const history of histories) {
      const expected = predictedBuckets([...predictionsOf(history, measure).values()], 8);
      const asked = { ...currencyOf(history), measure, buckets: "8" };
      wrong.push(...wrongRows(await run("predicted-value-distribution", asked), expected, asked));
    }
    expect(wrong).toEqual([]);
  },
);

test.each(["bought", "first"] as const)(
  "K1, K2: what customers of each channel are worth, by channels %s, in SQL equals the fold",
  async (by) => {
    const wrong: string[] = [];
    for (const history of histories) {
      const { lines, filter, asked, asOfMs } = history;
      const predicted = new Map(
        [...predictionsOf(history, "revenue")].flatMap(([person, { value }]) =>
          value === null ? [] : [[person, value] as const],
        ),
      );
      const rows = await run("value-by-channel", { ...asked, by }, asOfMs);
      wrong.push(...wrongRows(rows, valueByChannel(lines, filter, { by, predicted }), asked));
    }
    expect(wrong).toEqual([]);
  },
);

test("K1, K2: each customer, with what they brought and what is expected of them, in SQL equals the fold", async () => {
  const wrong: string[] = [];
  for (const history of histories) {
    const { lines, filter, asked, asOfMs } = history;
    const expected = customerValues(lines, filter, predictionsOf(history, "revenue"));
    wrong.push(...wrongRows(await run("customer-values", asked, asOfMs), expected, asked));
  }
  expect(wrong).toEqual([]);
});

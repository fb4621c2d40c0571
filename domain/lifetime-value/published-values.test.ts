import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  missingSharedData,
  readSharedBytes,
  readSharedJson,
  sharedPath,
} from "../../test/support/shared-data.ts";
import { expectedPurchasesOfAlive } from "./expected-purchases.ts";
import { fitPurchases } from "./fit-purchases.ts";
import { fitSpend } from "./fit-spend.ts";
import { groupHistories } from "./grouped-histories.ts";
import { fitParetoNbd, paretoNbdAlive, paretoNbdPurchasesOfAlive } from "./pareto-nbd.ts";
import { predictLifetimeValues } from "./predict-lifetime-value.ts";
import { type PurchaseHistory, summarisePurchases, toHistories } from "./purchase-histories.ts";

const CDNOW = [
  "kpi/cdnow/CDNOW_sample.txt",
  "kpi/refs/cdnow_sample.reference.json",
  "kpi/refs/cdnow_sample.customers.csv.gz",
];
const UCI = [
  "kpi/refs/uci_online_retail_2010-12_2011-05.clv.json",
  "kpi/refs/uci_online_retail_2010-12_2011-05.clv_customers.csv.gz",
];

const DAY_MS = 86_400_000;
const dayOf = (text: string) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")) / DAY_MS;
const readCsv = (path: string) =>
  gunzipSync(readSharedBytes(path))
    .toString("utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** Of 2,357 customers to 30 September 1997, by their number. */
function cdnowHistories(): { ids: string[]; rows: PurchaseHistory[] } {
  const purchases = new Map<string, { day: number; value: number }[]>();
  for (const line of readFileSync(sharedPath(CDNOW[0] ?? ""), "utf8")
    .trim()
    .split("\n")) {
    const [, id = "", date = "", , value = ""] = line.trim().split(/\s+/);
    const found = purchases.get(id) ?? [];
    purchases.set(id, found);
    found.push({ day: dayOf(date), value: Number(value) });
  }
  const ids = [...purchases.keys()];
  const rows = ids.flatMap((id) => summarisePurchases(purchases.get(id) ?? [], dayOf("1997-09-30")) ?? []);
  return { ids, rows };
}

type CdnowReference = {
  paretonbd: { r: number; alpha: number; s: number; beta: number; LL: number };
  pnbd_E_X_t_weeks: Record<string, number>;
  tracking: { cum_expected_bgnbd: number[] };
  bgnbd: { r: number; alpha: number; a: number; b: number; LL: number };
  gammagamma: { p: number; q: number; v: number; LL: number; n: number; population_mean: number };
  bgnbd_E_X_t_weeks: Record<string, number>;
  conditional_39w_by_freq: Record<string, { n: number; bgnbd: number; pnbd: number }>;
  sum_expected_39w: { bgnbd: number; pnbd: number };
  mean_palive: { bgnbd: number; pnbd: number };
  predictive_clv_12m: { sum: number; mean: number; max: number; undiscounted_52w_sum: number };
};

/** Within `share` of the reference, of which the tables give eight decimals. */
function expectNear(actual: number, reference: number, share: number): void {
  const distance = Math.abs(actual - reference);
  expect(distance, `${actual} for ${reference}`).toBeLessThanOrEqual(share * Math.abs(reference) + 1e-8);
}

function fittedCdnow() {
  const reference = readSharedJson(CDNOW[1] ?? "") as CdnowReference;
  const { ids, rows } = cdnowHistories();
  const histories = toHistories(rows);
  const groups = groupHistories(histories);
  const purchases = fitPurchases(groups);
  const spend = fitSpend(histories);
  if (purchases.model.kind !== "bg_nbd" || spend === null) throw new Error("no fit");
  const values = predictLifetimeValues(histories, { purchases, spend });
  return { reference, ids, rows, histories, groups, purchases, spend, model: purchases.model, values };
}

const missingCdnow = missingSharedData(...CDNOW);
describe.skipIf(missingCdnow !== null)(`the CDNOW sample ${missingCdnow ?? ""}`, () => {
  const { reference, ids, rows, histories, groups, purchases, spend, model, values } =
    missingCdnow === null ? fittedCdnow() : ({} as ReturnType<typeof fittedCdnow>);

  test("parameters to 1e-4 of the reference, log-likelihoods to 1e-6, without a warning", () => {
    for (const name of ["r", "alpha", "a", "b"] as const)
      expectNear(model[name], reference.bgnbd[name], 1e-4);
    for (const name of ["p", "q", "v"] as const)
      expectNear(spend.model[name], reference.gammagamma[name], 1e-4);
    expect(Math.abs(purchases.logLikelihood - reference.bgnbd.LL)).toBeLessThan(1e-6);
    expect(Math.abs(spend.logLikelihood - reference.gammagamma.LL)).toBeLessThan(1e-6);
    expect(purchases).toMatchObject({ customers: 2357, repeaters: 946, isConverged: true, flags: [] });
    expect(spend).toMatchObject({ customers: 946, isConverged: true, flags: [] });
    const { p, q, v } = spend.model;
    expectNear((p * v) / (q - 1), reference.gammagamma.population_mean, 1e-4);
  });

  test("what a new customer buys in so many weeks", () => {
    expect(Object.keys(reference.bgnbd_E_X_t_weeks)).toHaveLength(10);
    for (const [weeks, expected] of Object.entries(reference.bgnbd_E_X_t_weeks)) {
      expectNear(expectedPurchasesOfAlive(model, { repeats: 0, ageWeeks: 0 }, Number(weeks)), expected, 1e-5);
    }
  });

  test("what all customers together buy by the end of each week", () => {
    const [, ...later] = reference.tracking.cum_expected_bgnbd;
    expect(later.length).toBeGreaterThan(70);
    // Weeks are counted from the first day; a customer's own time begins with the first purchase.
    const births = rows.map((row) => dayOf("1997-09-30") / 7 - row.ageWeeks - dayOf("1997-01-01") / 7);
    later.forEach((expected, index) => {
      const total = births.reduce((sum, birth) => {
        const weeks = index + 2 - birth;
        return weeks <= 0 ? sum : sum + expectedPurchasesOfAlive(model, { repeats: 0, ageWeeks: 0 }, weeks);
      }, 0);
      expectNear(total, expected, 1e-4);
    });
  });

  test("Pareto/NBD on the same customers: parameters, likelihood, and every customer", () => {
    const found = fitParetoNbd(groups);
    const pareto = found.model;
    for (const name of ["r", "alpha", "s", "beta"] as const)
      expectNear(pareto[name], reference.paretonbd[name], 1e-4);
    expect(Math.abs(found.logLikelihood - reference.paretonbd.LL)).toBeLessThan(1e-6);
    for (const [weeks, expected] of Object.entries(reference.pnbd_E_X_t_weeks)) {
      expectNear(
        paretoNbdPurchasesOfAlive(pareto, { repeats: 0, ageWeeks: 0 }, Number(weeks)),
        expected,
        1e-4,
      );
    }
    const expected = new Map(readCsv(CDNOW[2] ?? "").map((line) => [line[0], line.map(Number)]));
    let [sum39, sumAlive] = [0, 0];
    rows.forEach((row, at) => {
      const line = expected.get(ids[at]) ?? [];
      const probability = paretoNbdAlive(pareto, row);
      const ahead = probability * paretoNbdPurchasesOfAlive(pareto, row, 39);
      expectNear(probability, line[10] ?? 0, 1e-4);
      expectNear(ahead, line[11] ?? 0, 1e-4);
      sum39 += ahead;
      sumAlive += probability;
    });
    expectNear(sum39, reference.sum_expected_39w.pnbd, 1e-5);
    expectNear(sumAlive / rows.length, reference.mean_palive.pnbd, 1e-5);
  });

  test("every customer: P(alive), purchases in 39 weeks, value of 12 months, and their sums", () => {
    const expected = new Map(readCsv(CDNOW[2] ?? "").map((line) => [line[0], line.map(Number)]));
    const bins = new Map<number, { n: number; sum: number }>();
    let [sum39, sumAlive] = [0, 0];
    rows.forEach((row, at) => {
      const [, , x, last, age, mean, , , alive = 0, in39 = 0, , , meanSpend, value = 0] =
        expected.get(ids[at]) ?? [];
      expect(row.repeats).toBe(x);
      expect(row.lastWeeks).toBeCloseTo(last ?? -1, 7);
      expect(row.ageWeeks).toBeCloseTo(age ?? -1, 7);
      expect(row.meanValue).toBeCloseTo(mean ?? -1, 7);
      expect(meanSpend).toBeGreaterThan(0);
      const probability = values.alive[at] ?? 0;
      const ahead = probability * expectedPurchasesOfAlive(model, row, 39);
      expectNear(probability, alive, 1e-4);
      expectNear(ahead, in39, 1e-4);
      expectNear(values.value[at] ?? 0, value, 1e-4);
      expect(values.lower[at]).toBeLessThan(values.value[at] ?? 0);
      expect(values.upper[at]).toBeGreaterThan(values.value[at] ?? 0);
      const bin = bins.get(Math.min(7, row.repeats)) ?? { n: 0, sum: 0 };
      bins.set(Math.min(7, row.repeats), { n: bin.n + 1, sum: bin.sum + ahead });
      sum39 += ahead;
      sumAlive += probability;
    });
    for (const [bin, { n, bgnbd }] of Object.entries(reference.conditional_39w_by_freq)) {
      const found = bins.get(Number(bin)) ?? { n: 0, sum: 0 };
      expect(found.n).toBe(n);
      expectNear(found.sum / n, bgnbd, 1e-5);
    }
    expectNear(sum39, reference.sum_expected_39w.bgnbd, 1e-5);
    expectNear(sumAlive / rows.length, reference.mean_palive.bgnbd, 1e-5);
    expectNear(values.total.value, reference.predictive_clv_12m.sum, 1e-5);
    expectNear(Math.max(...values.value), reference.predictive_clv_12m.max, 1e-5);
    const undiscounted = predictLifetimeValues(histories, { purchases, spend }, { monthlyDiscount: 0 });
    expectNear(undiscounted.total.value, reference.predictive_clv_12m.undiscounted_52w_sum, 1e-5);
  });
});

const SUMMARY = "kpi/cdnow/cdnow_customers_summary.csv";
const missingSummary = missingSharedData(SUMMARY);
describe.skipIf(missingSummary !== null)(`the CDNOW sample, summarised ${missingSummary ?? ""}`, () => {
  test("parameters have the published standard errors", () => {
    const lines = readFileSync(sharedPath(SUMMARY), "utf8").trim().split("\n").slice(1);
    const fit = fitPurchases(
      groupHistories(
        toHistories(
          lines.map((line) => {
            const [, repeats = 0, lastWeeks = 0, ageWeeks = 0] = line.split(",").map(Number);
            return { repeats, lastWeeks, ageWeeks, meanValue: 0 };
          }),
        ),
      ),
    );
    if (fit.model.kind !== "bg_nbd") throw new Error("no fit");
    // lifetimes, docs/Quickstart.md: parameters and standard errors as printed.
    const published = {
      r: [0.242593, 0.012557],
      alpha: [4.413532, 0.378221],
      a: [0.792886, 0.185719],
      b: [2.425752, 0.705345],
    };
    const { model, covariance } = fit;
    expect(lines).toHaveLength(2357);
    (["r", "alpha", "a", "b"] as const).forEach((name, at) => {
      const [value = 0, error = 0] = published[name];
      expectNear(model[name], value, 1e-4);
      expectNear(model[name] * Math.sqrt(covariance?.[at]?.[at] ?? 0), error, 2e-3);
    });
  });
});

type UciReference = {
  customers: number;
  repeat_customers: number;
  sum_x: number;
  nbd_mle: { r: number; alpha: number; LL: number };
  gammagamma: { p: number; q: number; v: number; LL: number };
  expected_13w_total: number;
  clv_12m_sum: number;
};

function uciHistories() {
  const lines = readCsv(UCI[1] ?? "");
  const histories = toHistories(
    lines.map(([, x, last, age, mean]) => ({
      repeats: Number(x),
      lastWeeks: Number(last) / 7,
      ageWeeks: Number(age) / 7,
      meanValue: Number(mean),
    })),
  );
  return { reference: readSharedJson(UCI[0] ?? "") as UciReference, lines, histories };
}

const missingUci = missingSharedData(...UCI);
describe.skipIf(missingUci !== null)(`half a year of an online shop ${missingUci ?? ""}`, () => {
  const { reference, lines, histories } =
    missingUci === null ? uciHistories() : ({} as ReturnType<typeof uciHistories>);

  test("no dropout is detectable: no P(alive), and NBD's parameters, likelihood and values", () => {
    const purchases = fitPurchases(groupHistories(histories));
    const spend = fitSpend(histories);
    if (purchases.model.kind !== "nbd" || spend === null) throw new Error("a dropout was found");
    expect(purchases).toMatchObject({
      customers: reference.customers,
      repeaters: reference.repeat_customers,
      isConverged: true,
      flags: ["no_dropout_detectable"],
    });
    expectNear(purchases.model.r, reference.nbd_mle.r, 1e-4);
    expectNear(purchases.model.alpha, reference.nbd_mle.alpha, 1e-4);
    expect(Math.abs(purchases.logLikelihood - reference.nbd_mle.LL)).toBeLessThan(1e-6);
    expect(purchases.bgNbdLogLikelihood).toBeLessThan(purchases.nbdLogLikelihood + 1e-6);
    for (const name of ["p", "q", "v"] as const)
      expectNear(spend.model[name], reference.gammagamma[name], 1e-4);
    expect(Math.abs(spend.logLikelihood - reference.gammagamma.LL)).toBeLessThan(1e-6);
    const { alive, value, total } = predictLifetimeValues(histories, { purchases, spend });
    const { r, alpha } = purchases.model;
    let in13 = 0;
    lines.forEach(([, , , , , , in13Weeks, , value12], at) => {
      const rate = (r + (histories.repeats[at] ?? 0)) / (alpha + (histories.ageWeeks[at] ?? 0));
      expectNear(13 * rate, Number(in13Weeks), 1e-4);
      expectNear(value[at] ?? 0, Number(value12), 1e-4);
      expect(alive[at]).toBeNaN();
      in13 += 13 * rate;
    });
    expectNear(in13, reference.expected_13w_total, 1e-5);
    expectNear(total.value, reference.clv_12m_sum, 1e-5);
  });
});

import { setImmediate as breathe } from "node:timers/promises";
import {
  type LifetimeValueInput,
  type LifetimeValueResult,
  VALUE_MEASURES,
  type ValueMeasure,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";
import type { Cell } from "../../sql/database.ts";
import type { HistoryRow } from "./lifetime-value-rows.ts";
import type { FitCells, LifetimeValueStore } from "./lifetime-value-store.ts";

/** Between two parts of so many rows others are answered. */
const ROWS_AT_ONCE = 20_000;
const MONTHLY_DISCOUNT = 0.01;
const DAYS_PER_WEEK = 7;

/** `computeLifetimeValues`, beside the event loop. */
export type ComputeLifetimeValues = (
  input: LifetimeValueInput,
  signal: AbortSignal,
) => Promise<LifetimeValueResult | null>;

export type FitOrder = { run: number; asOf: string; timeZone: string; askedBy: string; startedAt: string };

/**
 * Reads all histories, fits each currency, writes the values and then, in one INSERT, the fits: what stops
 * before that has changed nothing that anybody reads. @returns how many persons there were
 */
export async function runFit(
  deps: { store: LifetimeValueStore; compute: ComputeLifetimeValues; nowMs(): number },
  order: FitOrder,
  signal: AbortSignal,
): Promise<number> {
  const { store } = deps;
  const fits: FitCells[] = [];
  let persons = 0;
  for (const [currency, rows] of await readHistories(store, order)) {
    persons += rows.length;
    const column = (read: (row: HistoryRow) => number) => Float64Array.from(rows, read);
    const result = await deps.compute(
      {
        repeats: column((row) => row.repeats),
        lastWeeks: column((row) => row.last_days / DAYS_PER_WEEK),
        ageWeeks: column((row) => row.age_days / DAYS_PER_WEEK),
        meanValue: {
          revenue: column((row) => row.mean_revenue),
          margin: column((row) => row.mean_margin ?? Number.NaN),
        },
        monthlyDiscount: MONTHLY_DISCOUNT,
      },
      signal,
    );
    if (result === null) continue;
    for (const measure of VALUE_MEASURES) {
      const of = { ...order, currency, measure };
      if (await writeValues(store, of, rows, result, signal)) fits.push(fitCells(of, result, deps.nowMs()));
    }
  }
  await store.forgetErased();
  signal.throwIfAborted();
  await store.writeFits(fits);
  // What nobody reads any more goes, and so does what a run left that was cut off.
  if (fits.length > 0) await store.keepOneRun(order.run);
  await store.forgetErased();
  return persons;
}

async function readHistories(store: LifetimeValueStore, order: FitOrder): Promise<Map<string, HistoryRow[]>> {
  const found = new Map<string, HistoryRow[]>();
  for await (const rows of store.histories(order.asOf, order.timeZone)) {
    for (const row of rows) {
      const known = found.get(row.currency);
      if (known === undefined) found.set(row.currency, [row]);
      else known.push(row);
    }
    await breathe();
  }
  return found;
}

type Part = FitOrder & { currency: string; measure: ValueMeasure };

async function writeValues(
  store: LifetimeValueStore,
  part: Part,
  rows: readonly HistoryRow[],
  { purchases, measures }: LifetimeValueResult,
  signal: AbortSignal,
): Promise<boolean> {
  const values = measures[part.measure]?.values;
  if (values === undefined) return false;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    signal.throwIfAborted();
    const cells = rows.slice(from, from + ROWS_AT_ONCE).map((row, offset): Cell[] => {
      const at = from + offset;
      return [
        part.run,
        part.currency,
        part.measure,
        row.person_id,
        purchases.model.kind,
        part.asOf,
        row.repeats,
        row.last_days / DAYS_PER_WEEK,
        row.age_days / DAYS_PER_WEEK,
        part.measure === "revenue" ? row.mean_revenue : row.mean_margin,
        numberOrNull(values.alive[at]),
        values.purchases[at] ?? 0,
        numberOrNull(values.value[at]),
        numberOrNull(values.lower[at]),
        numberOrNull(values.upper[at]),
      ];
    });
    await store.writeValues(cells);
    await breathe();
  }
  return true;
}

function fitCells(part: Part, { purchases, measures }: LifetimeValueResult, finishedMs: number): FitCells {
  const found = measures[part.measure];
  if (found === null) throw new Error(`there is no fit of ${part.measure}`);
  const { spend, values } = found;
  const { model } = purchases;
  return {
    run: part.run,
    currency: part.currency,
    measure: part.measure,
    model: model.kind,
    as_of: part.asOf,
    time_zone: part.timeZone,
    monthly_discount: MONTHLY_DISCOUNT,
    customers: purchases.customers,
    repeaters: purchases.repeaters,
    spenders: spend.customers,
    r: model.r,
    alpha: model.alpha,
    a: model.kind === "nbd" ? null : model.a,
    b: model.kind === "nbd" ? null : model.b,
    ...spend.model,
    log_likelihood: purchases.logLikelihood,
    bg_nbd_log_likelihood: purchases.bgNbdLogLikelihood,
    nbd_log_likelihood: purchases.nbdLogLikelihood,
    spend_log_likelihood: spend.logLikelihood,
    covariance: JSON.stringify({ purchases: purchases.covariance, spend: spend.covariance }),
    is_converged: purchases.isConverged && spend.isConverged ? 1 : 0,
    flags: [...new Set([...purchases.flags, ...spend.flags])],
    valued: values.total.customers,
    value: values.total.value,
    value_lower: values.total.lower,
    value_upper: values.total.upper,
    asked_by: part.askedBy,
    started_at: part.startedAt,
    finished_at: new Date(finishedMs).toISOString(),
  };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

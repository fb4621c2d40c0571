import { z } from "zod";
import type { LifetimeValueQuery } from "../../domain/api/lifetime-value.ts";
import type { Cell, Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { fitRowSchema, historyRowSchema, valueRowSchema } from "./lifetime-value-rows.ts";

const MAX_SECONDS = 600;

const FIT_COLUMNS = [
  "run",
  "currency",
  "measure",
  "model",
  "as_of",
  "time_zone",
  "monthly_discount",
  "customers",
  "repeaters",
  "spenders",
  "r",
  "alpha",
  "a",
  "b",
  "p",
  "q",
  "v",
  "log_likelihood",
  "bg_nbd_log_likelihood",
  "nbd_log_likelihood",
  "spend_log_likelihood",
  "covariance",
  "is_converged",
  "flags",
  "valued",
  "value",
  "value_lower",
  "value_upper",
  "asked_by",
  "started_at",
  "finished_at",
] as const;
/** A fit as it is written, by the names of its columns. */
export type FitCells = Record<(typeof FIT_COLUMNS)[number], Cell>;

const VALUE_COLUMNS = [
  "run",
  "currency",
  "measure",
  "person_id",
  "model",
  "as_of",
  "repeats",
  "last_weeks",
  "age_weeks",
  "mean_value",
  "p_alive",
  "expected_purchases",
  "value",
  "value_lower",
  "value_upper",
] as const;

export type LifetimeValueStore = ReturnType<typeof createLifetimeValueStore>;

/** Histories of purchases, fits, and values of persons. */
export function createLifetimeValueStore({ db }: { db: Database }) {
  return {
    /** That of the locations where they agree, else UTC. */
    async timeZone(): Promise<string> {
      const [row] = await db.query({
        name: "lifetime-value/time-zones",
        sql: loadQuery("lifetime-value/time-zones"),
        row: z.object({ time_zones: z.array(z.string()) }),
      });
      const [first = "UTC", ...others] = row?.time_zones ?? [];
      return others.length === 0 ? first : "UTC";
    },

    /** By currency, then person; a part of the rows at a time. */
    histories: (asOf: string, timeZone: string) =>
      db.stream({
        name: "lifetime-value/histories",
        sql: loadQuery("lifetime-value/histories"),
        params: { as_of: asOf, time_zone: timeZone },
        row: historyRowSchema,
        maxSeconds: MAX_SECONDS,
      }),

    async writeValues(rows: readonly (readonly Cell[])[]): Promise<void> {
      await db.insert({
        name: "lifetime-value/write-values",
        table: "predicted_lifetime_values",
        columns: VALUE_COLUMNS,
        rows,
      });
    },

    /** One INSERT of one block: from then on the run is whole. */
    async writeFits(fits: readonly FitCells[]): Promise<void> {
      await db.insert({
        name: "lifetime-value/write-fits",
        table: "lifetime_value_fits",
        columns: FIT_COLUMNS,
        rows: fits.map((fit) => FIT_COLUMNS.map((column) => fit[column])),
      });
    },

    async keepOneRun(run: number): Promise<void> {
      await db.command({
        name: "lifetime-value/keep-one-run",
        sql: loadQuery("lifetime-value/keep-one-run"),
        params: { run },
        maxSeconds: MAX_SECONDS,
      });
    },

    async forgetErased(): Promise<void> {
      await db.command({
        name: "lifetime-value/forget-erased",
        sql: loadQuery("lifetime-value/forget-erased"),
        maxSeconds: MAX_SECONDS,
      });
    },

    /** The newest first. */
    fits: (limit: number) =>
      db.query({
        name: "lifetime-value/fits",
        sql: loadQuery("lifetime-value/fits"),
        params: { page_rows: limit },
        row: fitRowSchema,
      }),

    /** The largest first; one more than `limit` where there are more. */
    values: (filter: LifetimeValueQuery, offset: number, limit: number) =>
      db.query({
        name: "lifetime-value/values",
        sql: loadQuery("lifetime-value/values"),
        params: {
          currency: filter.currency ?? "",
          measure: filter.measure,
          person_id: filter.personId ?? "",
          page_rows: limit + 1,
          page_offset: offset,
        },
        row: valueRowSchema,
      }),
  };
}

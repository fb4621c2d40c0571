import { z } from "zod";

/** A question that people ask, with SQL that answers it through `/clickhouse/` as it stands. `area`: as in `dataTableSchema`. */
export const sqlSampleSchema = z.object({
  name: z.string(),
  question: z.string(),
  area: z.string(),
  /** What to know of the answer; empty for nothing. */
  note: z.string(),
  sql: z.string(),
});
export type SqlSample = z.infer<typeof sqlSampleSchema>;

/** `GET /v1/sql/samples`. */
export const sqlSamplesSchema = z.object({ items: z.array(sqlSampleSchema) });

const dataColumnSchema = z.object({ name: z.string(), type: z.string(), about: z.string() });

/** A table or view, as the database describes itself. `sortingKey`: what a filter finds fast; empty for views. */
export const dataTableSchema = z.object({
  name: z.string(),
  area: z.string(),
  isView: z.boolean(),
  about: z.string(),
  sortingKey: z.string(),
  columns: z.array(dataColumnSchema),
});
export type DataTable = z.infer<typeof dataTableSchema>;

/** `GET /v1/sql/tables`: what analysts may read, in the order of the areas. `joins`: columns of the same names join the two. */
export const sqlTablesSchema = z.object({
  areas: z.array(z.object({ id: z.string(), title: z.string(), about: z.string() })),
  tables: z.array(dataTableSchema),
  joins: z.array(
    z.object({ from: z.string(), to: z.string(), columns: z.array(z.string()), says: z.string() }),
  ),
});
export type SqlTables = z.infer<typeof sqlTablesSchema>;

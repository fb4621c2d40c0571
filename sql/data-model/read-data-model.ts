import { z } from "zod";
import type { DataTable } from "../../domain/reports/sql-help.ts";
import type { Database } from "../database.ts";
import { loadQuery } from "../load-query.ts";
import { DATA_AREAS } from "./data-areas.ts";

const rowSchema = z.object({
  name: z.string(),
  is_view: z.number(),
  about: z.string(),
  sorting_key: z.string(),
  columns: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

/** Every table and view with its columns as the database itself describes them, in the order of the areas. */
export async function readDataModel(db: Database): Promise<DataTable[]> {
  const rows = await db.query({
    name: "data-model/tables",
    sql: loadQuery("data-model/tables"),
    row: rowSchema,
  });
  const order = DATA_AREAS.flatMap(({ id, tables }) => tables.map((name) => ({ area: id, name })));
  return rows
    .map((row) => ({
      name: row.name,
      area: order.find(({ name }) => name === row.name)?.area ?? "",
      isView: row.is_view === 1,
      about: row.about,
      sortingKey: row.sorting_key,
      columns: row.columns.map(([name, type, about]) => ({ name, type, about })),
    }))
    .sort((a, b) => placeOf(a.name) - placeOf(b.name));

  function placeOf(table: string): number {
    return order.findIndex(({ name }) => name === table);
  }
}

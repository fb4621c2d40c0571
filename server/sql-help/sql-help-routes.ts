import { sqlSamplesSchema, type SqlTables, sqlTablesSchema } from "../../domain/reports/sql-help.ts";
import { OPEN_TABLES } from "../../sql/analysts/open-tables.ts";
import { DATA_AREAS } from "../../sql/data-model/data-areas.ts";
import { DATA_RELATIONS } from "../../sql/data-model/data-relations.ts";
import { readDataModel } from "../../sql/data-model/read-data-model.ts";
import type { Database } from "../../sql/database.ts";
import { loadSamples } from "../../sql/load-samples.ts";
import { defineRoute, type Route } from "../http/route.ts";

const TAG = "Reports";
const READERS = ["analyst", "admin"] as const;

/**
 * What helps to write SQL: questions with their SQL to begin from, and the open tables with their columns, for a page that completes
 * names. The SQL itself is asked of `/clickhouse/`.
 */
export function createSqlHelpRoutes({ db }: { db: Database }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/sql/samples",
      tag: TAG,
      summary: "Questions with SQL that answers them",
      description: "To begin from. Each runs through /clickhouse/ as it stands. See docs/data-model.md.",
      roles: READERS,
      answer: { schema: sqlSamplesSchema, description: "The questions, by name" },
      handle: () => ({ body: { items: [...loadSamples()] } }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/sql/tables",
      tag: TAG,
      summary: "Tables and views that analysts may read, with what each column is",
      description: "As the database describes itself, with how the tables join. See docs/data-model.md.",
      roles: READERS,
      answer: { schema: sqlTablesSchema, description: "Areas, tables and joins" },
      problems: ["database_unavailable"],
      async handle() {
        const tables = (await readDataModel(db)).filter(({ name }) => OPEN_TABLES.includes(name));
        const body: SqlTables = {
          areas: DATA_AREAS.map(({ id, title, about }) => ({ id, title, about })),
          tables,
          joins: DATA_RELATIONS.map(({ columns, from, to, says }) => ({
            from,
            to,
            columns: [...columns],
            says,
          })),
        };
        return { body };
      },
    }),
  ];
}

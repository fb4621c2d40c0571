import { afterAll, beforeAll, expect, it } from "vitest";
import type { DataTable } from "../../domain/reports/sql-help.ts";
import { OPEN_TABLES } from "../../sql/analysts/open-tables.ts";
import { DATA_AREAS } from "../../sql/data-model/data-areas.ts";
import { DATA_MODEL_BEGIN, dataModelDocs } from "../../sql/data-model/data-model-docs.ts";
import { dataModelPicture } from "../../sql/data-model/data-model-picture.ts";
import { DATA_RELATIONS } from "../../sql/data-model/data-relations.ts";
import { readDataModel } from "../../sql/data-model/read-data-model.ts";
import type { Database } from "../../sql/database.ts";
import { loadSamples } from "../../sql/load-samples.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { readProjectFile } from "./source-text.ts";

let db: Database;
let tables: DataTable[];
beforeAll(async () => {
  db = await openTestDatabase();
  tables = await readDataModel(db);
});
afterAll(async () => await db?.close());

it("no table, view or column of the database is without its description", () => {
  expect(tables.length).toBeGreaterThan(100);
  const without = tables.flatMap(({ name, about, columns }) => [
    ...(about === "" ? [name] : []),
    ...columns.filter((column) => column.about === "").map((column) => `${name}.${column.name}`),
  ]);
  expect(without, "COMMENT them in the migration that makes them").toEqual([]);
});

it("every table and view stands in one area of sql/data-model/data-areas.ts, and nothing else does", () => {
  const placed = DATA_AREAS.flatMap((area) => area.tables);
  expect([...placed].sort()).toEqual(tables.map(({ name }) => name).sort());
});

it("tables are said to join by columns that both have, of the same kind", () => {
  const kindOf = (table: string, column: string) => {
    const type = tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.type;
    return type?.replace(/^LowCardinality\((.*)\)$/, "$1");
  };
  for (const { from, to, columns } of DATA_RELATIONS) {
    expect(OPEN_TABLES).toContain(from);
    expect(OPEN_TABLES).toContain(to);
    for (const column of columns) {
      expect(kindOf(from, column), `${from}.${column}`).toBeDefined();
      expect(kindOf(from, column), `${from}.${column} and ${to}.${column}`).toBe(kindOf(to, column));
    }
  }
});

it("every sample question stands in an area", () => {
  const areas = new Set(DATA_AREAS.map(({ id }) => id));
  expect(loadSamples().filter(({ area }) => !areas.has(area))).toEqual([]);
});

it("docs/data-model.md and its picture are as the database describes itself: else `npm run data-model`", () => {
  const page = readProjectFile("docs/data-model.md");
  expect(page.slice(page.indexOf(DATA_MODEL_BEGIN))).toBe(dataModelDocs(tables, loadSamples()));
  expect(readProjectFile("docs/images/data-model.svg")).toBe(dataModelPicture(tables));
});

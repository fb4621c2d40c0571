import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openTestDatabase } from "../../test/support/open-test-database.ts";
import type { Database } from "../database.ts";
import { analystUserStatements } from "./analyst-user.ts";
import { CLOSED_TABLES } from "./open-tables.ts";

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(async () => await db.close());

it("makes statements that ClickHouse understands, and that grant nothing closed", async () => {
  const tables = await db.query({
    name: "test",
    sql: "SELECT name, engine FROM system.tables WHERE database = currentDatabase()",
    row: z.object({ name: z.string(), engine: z.string() }),
  });
  const limits = {
    max_execution_time: 60,
    max_memory_usage: 1e9,
    max_result_rows: 1e6,
    max_result_bytes: 1e9,
    max_rows_to_read: 1e9,
  };
  const password = "it's \\ one";
  const statements = analystUserStatements({ database: "onhand", user: "analyst", password, limits, tables });
  expect(statements.length).toBeGreaterThan(100);
  for (const statement of statements) {
    // The engine in this process has no users; its parser is the same.
    await db.query({
      name: "test",
      sql: "SELECT formatQuery({statement:String}) AS text",
      params: { statement },
      row: z.object({ text: z.string() }),
    });
  }
  const metadata = /^metadata_/;
  for (const name of Object.keys(CLOSED_TABLES).filter((one) => !metadata.test(one))) {
    expect(statements.filter((statement) => statement.includes(`onhand.${name} `))).toEqual([]);
  }
});

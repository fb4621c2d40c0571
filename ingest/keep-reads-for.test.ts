import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openDatabase } from "../sql/client.ts";
import type { Database } from "../sql/database.ts";
import { migratedDirectory } from "../test/support/migrated-directory.ts";
import { untilAsync } from "../test/support/until.ts";
import { keepReadsFor } from "./keep-reads-for.ts";

const directory = migratedDirectory("reads-ttl");
let db: Database;
beforeAll(async () => {
  db = await openDatabase({ dataDirectory: directory });
});
afterAll(() => db?.close());

const DAY_MS = 24 * 3_600_000;
const days = async () => {
  const rows = await db.query({
    name: "test/days",
    sql: "SELECT toString(toDate(received_at)) AS day FROM read_batches ORDER BY day",
    row: z.object({ day: z.string() }),
  });
  return rows.map((row) => row.day);
};

it("raw reads are dropped after the days that are set, a month by default, and the time can be changed", async () => {
  const ages = [1, 10, 20, 29];
  const dayOf = (age: number) => new Date(Date.now() - age * DAY_MS).toISOString();
  for (const age of ages) {
    await db.insert({
      name: "test/reads",
      table: "read_batches",
      columns: ["location_id", "reader_id", "received_at"],
      rows: [["store-1", "reader-1", dayOf(age)]],
    });
  }
  expect(await keepReadsFor(db, 30)).toBe(false);
  expect(await days()).toHaveLength(4);
  expect(await keepReadsFor(db, 15)).toBe(true);
  expect(await keepReadsFor(db, 15)).toBe(false);
  await db.command({ name: "test/merge", sql: "OPTIMIZE TABLE read_batches FINAL" });
  await untilAsync("the old days are gone", async () => (await days()).length === 2);
  expect(await days()).toEqual([dayOf(10), dayOf(1)].map((day) => day.slice(0, 10)));
});

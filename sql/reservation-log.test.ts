import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "./client.ts";
import type { Database } from "./database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { splitStatements } from "./split-statements.ts";

const directory = mkdtempSync(join(tmpdir(), "onhand-reservation-log-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const RESERVATION = {
  reservationId: "r-1",
  version: 3,
  status: "confirmed",
  channel: "web",
  orderId: 'A "7"\t\\',
  expiresAt: null,
  holdUntil: "2026-06-02T10:00:00.000Z",
  lines: [
    { locationId: "S01", gtin: "00000096385074", quantity: 2, atRisk: 1 },
    { locationId: "Łódź", gtin: "09506000134352", quantity: 1, atRisk: 0 },
  ],
};
/** As the version before wrote them: with a column for each thing. */
const OLD_ROWS = [
  {
    ordinal: 1,
    kind: "started",
    reservation_id: "",
    counts_until: "1970-01-01 00:00:00.000",
    lines: [] as typeof RESERVATION.lines,
    reservation: "",
    key: ["", "", "", 0, ""],
    sale: "",
    sales: 0,
    granted: 0,
  },
  {
    ordinal: 2,
    kind: "confirmed",
    reservation_id: "r-1",
    counts_until: "2026-06-02 10:00:00.000",
    lines: RESERVATION.lines,
    reservation: JSON.stringify(RESERVATION),
    key: ["key_1", "k\\1\n", "abc", 200, ""],
    sale: '{"fulfilledBefore":0}',
    sales: 1,
    granted: 2,
  },
  {
    ordinal: 3,
    kind: "refused",
    reservation_id: "",
    counts_until: "1970-01-01 00:00:00.000",
    lines: [] as typeof RESERVATION.lines,
    reservation: "",
    key: ["key_1", "k-2", "def", 409, '{"detail":"none \\"left\\"\\n"}'],
    sale: "",
    sales: 0,
    granted: 0,
  },
];
const COLUMNS = (
  "ordinal epoch kind decided_at reservation_id version status granted_ordinal counts_until channel order_id lines.location_id " +
  "lines.gtin lines.quantity lines.at_risk reservation sales sale key_scope idempotency_key request_hash answer_status answer recorded_at"
).split(" ");

async function insertOldRows(db: Database): Promise<void> {
  const rows = OLD_ROWS.map((row) => {
    const isPlain = row.reservation === "";
    return [
      row.ordinal,
      1,
      row.kind,
      "2026-06-01 12:00:00.123",
      row.reservation_id,
      isPlain ? 0 : 3,
      isPlain ? "" : "confirmed",
      row.granted,
      row.counts_until,
      isPlain ? "" : "web",
      isPlain ? "" : RESERVATION.orderId,
      row.lines.map((line) => line.locationId),
      row.lines.map((line) => Number(line.gtin)),
      row.lines.map((line) => line.quantity),
      row.lines.map((line) => line.atRisk),
      row.reservation,
      row.sales,
      row.sale,
      ...row.key,
      "2026-06-01 12:00:00.200",
    ];
  });
  await db.insert({ name: "test/old-rows", table: "reservation_events", columns: COLUMNS, rows });
}

async function readRows(db: Database): Promise<Record<string, unknown>[]> {
  return await db.query({
    name: "test/rows",
    sql: `SELECT ${COLUMNS.map((column) => `\`${column}\``).join(", ")}, expires_at, hold_until FROM reservation_events ORDER BY ordinal`,
    row: z.record(z.string(), z.unknown()),
  });
}

test("rows of the wide table are the same in the view of the narrow one, also when the copy is begun again", async () => {
  const db = await openDatabase({ dataDirectory: directory });
  const migrations = readMigrations();
  await migrate(db, { migrations: migrations.filter(({ number }) => number < 21) });
  await insertOldRows(db);
  const before = await readRows(db);

  const creation = migrations.find(({ number }) => number === 21);
  // A run that broke off before the journal knew of its end is run again.
  for (const times of [1, 2]) {
    for (const statement of splitStatements(creation!.sql)) {
      await db.command({ name: `test/narrow-${times}`, sql: statement });
    }
  }
  await migrate(db);
  expect(await readRows(db)).toEqual(before);
  expect(before).toHaveLength(OLD_ROWS.length);
  await db.close();
});

import { Readable } from "node:stream";
import { expect } from "vitest";
import { importOptionsSchema } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import type { Database } from "../../sql/database.ts";

/** Imports CSV of the past that has to be taken whole. */
export async function importText(
  db: Database,
  kind: "customers" | "orders",
  text: string,
  options: Record<string, unknown>,
): Promise<void> {
  const report = await importRecords(
    kind,
    Readable.from([Buffer.from(text)]),
    importOptionsSchema.parse(options),
    {
      db,
      publishEvent: () => Promise.reject(new Error("imports of the past publish nothing")),
      now: Date.now,
      onProgress() {},
      writeRejected: (row) => expect.fail(row.detail),
    },
  );
  expect(report.failure).toBeNull();
}

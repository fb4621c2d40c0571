import { beforeEach, describe, expect, test } from "vitest";
import { acceptedReceipt, createImportRunner, rowCounts } from "../../test/support/import-runner.ts";

const { run, rowsOf, rejected, takePublished } = createImportRunner();

describe("positions", () => {
  const file =
    "location,gtin,sku,quantity\nstore-1,4006381333931,,5\nstore-1,,P2,7\nstore-2,4006381333931,,1\nnowhere,4006381333931,,1\nstore-1,,unknown,1\nstore-1,4006381333931,,6\n";
  const options = { source: "wms", asOf: "2026-11-21T20:00:00Z" };
  beforeEach(async () => {
    await run("locations", "id,name\nstore-1,One\nstore-2,Two\n");
    await run("products", "gtin,sku,name\n4006381333931,P1,Pen\n,P2,Paper\n", { source: "wms" });
  });

  test("each location gets its lines, and the same file again is the same events", async () => {
    const report = await run("positions", file, options);
    expect(rowCounts(report)).toMatchObject({ rows: 6, accepted: 3, rejected: 3, failure: null });
    expect(
      rejected()
        .map((row) => row.code)
        .sort(),
    ).toEqual(["duplicate_in_file", "unknown_location", "unknown_product"]);
    const first = takePublished();
    expect(
      first.map(({ locationId, event }) => [
        locationId,
        event.type,
        event.occurredAt,
        "lines" in event ? event.lines.length : 0,
      ]),
    ).toEqual([
      ["store-1", "position", "2026-11-21T20:00:00.000Z", 2],
      ["store-2", "position", "2026-11-21T20:00:00.000Z", 1],
    ]);
    const second = await run("positions", file, {
      ...options,
      receipt: (event) => acceptedReceipt(event, "duplicate"),
    });
    expect(rowCounts(second)).toMatchObject({ accepted: 0, unchanged: 3 });
    expect(takePublished()).toEqual(first);
  });

  test("a refused event's rows come back as rejected, and a missing receipt ends the import", async () => {
    const report = await run("positions", file, {
      ...options,
      receipt: (event) => ({
        ...acceptedReceipt(event, "rejected"),
        code: "too_old",
        detail: "older than 7 days",
      }),
    });
    expect(rowCounts(report)).toMatchObject({ accepted: 0, rejected: 6 });
    expect(rejected().filter((row) => row.code === "too_old")).toHaveLength(3);
    const silent = await run("positions", file, { ...options, receipt: () => null });
    expect(silent.failure).toMatchObject({ code: "outcome_unknown" });
  });
});

describe("books of other systems", () => {
  const options = { source: "sap", asOf: "2026-11-21T20:00:00Z" };
  const books = () =>
    rowsOf("SELECT location_id, lines, unmatched FROM erp_books ORDER BY book, location_id");

  test("are there once the file is read to its end; one that breaks off leaves the book before, and none moves stock", async () => {
    await run("locations", "id,name\nstore-1,One\nstore-2,Two\n");
    await run("products", "gtin,sku,name\n4006381333931,P1,Pen\n");
    const file = "location,sku,quantity\nstore-1,P1,5\nstore-2,P1,-2\nstore-1,unknown,1\nstore-1,P1,6\n";
    expect(rowCounts(await run("book-stock", file, options))).toMatchObject({
      rows: 4,
      accepted: 2,
      rejected: 2,
    });
    expect(rejected().map(({ code }) => code)).toEqual(["unknown_product", "duplicate_in_file"]);
    const first = [
      { location_id: "store-1", lines: 2, unmatched: 1 },
      { location_id: "store-2", lines: 1, unmatched: 0 },
    ];
    expect(await books()).toEqual(first);

    async function* broken() {
      yield Buffer.from("location,sku,quantity\nstore-1,P1,9\n");
      throw new Error("the connection is gone");
    }
    expect((await run("book-stock", broken(), options)).failure).toMatchObject({ code: "unreadable_file" });
    expect(await books()).toEqual(first);
    expect(takePublished()).toEqual([]);
  });
});

describe("reads of the past", () => {
  const file = [
    "epc,timestamp,reader,store,antenna,rssi",
    "3074257BF7194E4000001A85,2026-10-01T10:00:00.250Z,dock-1,store-1,2,-51.5",
    "urn:epc:id:sgtin:0614141.812345.6790,2026-10-01T10:00:01Z,dock-1,store-1,2,",
    "3074257BF7194E4000001A85,2026-10-01T10:05:00Z,dock-1,store-1,2,-60",
    "XYZ,2026-10-01T10:05:00Z,dock-1,store-1,2,-60",
    "3074257BF7194E4000001A85,01/10/2026,dock-1,store-1,2,-60",
    "3074257BF7194E4000001A85,2026-10-01T10:06:00Z,dock/1,store-1,2,-60",
  ].join("\n");

  test("are marked historical, in the order in which they were seen, and move nothing; twice is once", async () => {
    expect(await run("reads", file)).toMatchObject({ rows: 6, accepted: 3, rejected: 3, failure: null });
    expect(rejected().map(({ line, code }) => [line, code])).toEqual([
      [5, "epc_bad_hex"],
      [6, "ambiguous_time"],
      [7, "invalid_reader"],
    ]);
    const stored = await rowsOf(
      `SELECT reader_id, epc, gtin, antenna, verdict, format, ifNotFinite(rssi_dbm, 0) AS rssi,
              toUnixTimestamp64Milli(observed_at) AS at FROM reads ORDER BY observed_at`,
    );
    const at = Date.parse("2026-10-01T10:00:00.250Z");
    const common = { reader_id: "dock-1", antenna: 2, verdict: "historical", format: "imported" };
    expect(stored).toMatchObject([
      { ...common, epc: "3074257BF7194E4000001A85", gtin: 80614141123458, rssi: -51.5, at },
      { ...common, gtin: 80614141123458, rssi: 0, at: at + 750 },
      { ...common, epc: "3074257BF7194E4000001A85", rssi: -60, at: at + 299_750 },
    ]);
    const rows = await rowsOf("SELECT taken_ordinal, message_after FROM read_batches ORDER BY taken_ordinal");
    expect(rows).toEqual([
      { taken_ordinal: at * 1000, message_after: [0, 750_000] },
      { taken_ordinal: (at + 299_750) * 1000, message_after: [0] },
    ]);
    expect(await run("reads", file)).toMatchObject({ accepted: 0, unchanged: 3, rejected: 3 });
    const more = `${file}\n3074257BF7194E4000001A85,2026-10-01T10:00:00.251Z,dock-1,store-1,2,-50`;
    expect(await run("reads", more)).toMatchObject({ accepted: 1, unchanged: 3 });
    expect(await rowsOf("SELECT count() AS rows FROM events")).toEqual([{ rows: 0 }]);
    expect(takePublished()).toEqual([]);
  });

  test("take the location and the reader of the command where they name none", async () => {
    const bare = "epc,time\n3074257BF7194E4000001A85,2026-10-01 12:00:00\n";
    const timeZone = "Europe/Berlin";
    expect(await run("reads", bare, { timeZone })).toMatchObject({ accepted: 0, rejected: 1 });
    expect(rejected()[0]?.code).toBe("missing_value");
    const options = { location: "store-2", source: "walk-1", timeZone };
    expect(await run("reads", bare, options)).toMatchObject({ accepted: 1 });
    expect(
      await rowsOf("SELECT location_id, reader_id, antenna, toString(observed_at) AS at FROM reads"),
    ).toEqual([{ location_id: "store-2", reader_id: "walk-1", antenna: -1, at: "2026-10-01 10:00:00.000" }]);
  });
});

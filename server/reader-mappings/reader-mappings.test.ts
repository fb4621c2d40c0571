import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

const mapping = { reads: "tags", epc: "id", time: "t" };
const path = "/v1/reader-mappings/gate";

describe("mappings of readers' own forms", () => {
  it("are kept as described, told to ingest, replaced whole, and gone when taken back", async () => {
    const stored = await at.ask("PUT", path, 200, { as: "admin", body: { readerId: "r1", mapping } });
    expect(stored).toMatchObject({
      name: "gate",
      locationId: null,
      readerId: "r1",
      mapping: { reads: "tags", epc: { path: "id", encoding: "hex" }, time: { path: "t", unit: "auto" } },
    });
    const told = at.bus.published.findLast(({ topic }) => topic === "onhand/settings");
    expect(JSON.parse(told?.payload ?? "{}")).toMatchObject({ changed: ["mappings"] });
    await at.ask("PUT", path, 200, { as: "admin", body: { mapping: { ...mapping, reads: "rows" } } });
    expect(await at.ask("GET", "/v1/reader-mappings", 200, { as: "merchandiser" })).toMatchObject({
      items: [{ name: "gate", readerId: null, mapping: { reads: "rows" } }],
      nextCursor: null,
    });
    await at.ask("DELETE", path, 204, { as: "admin" });
    expect(await at.ask("GET", "/v1/reader-mappings", 200, { as: "admin" })).toMatchObject({ items: [] });
    expect(await at.ask("DELETE", path, 404, { as: "admin" })).toMatchObject({ code: "mapping_not_found" });
  });

  it.each([{}, { mapping: {} }, { mapping: { ...mapping, epk: 1 } }, { mapping, locationId: "a/b" }])(
    "%j is refused, with its place",
    async (body) => {
      expect(await at.ask("PUT", path, 400, { as: "admin", body })).toMatchObject({
        code: "invalid_request",
      });
    },
  );
});

describe("a reader's notices", () => {
  it("come newest first, in pages, and by kind", async () => {
    // Old ones are deleted, so they are of today; two at the same time.
    const startMs = Date.now() - 60_000;
    const atOf = (second: number) => new Date(startMs + Math.max(second, 2) * 1000).toISOString();
    const notice = (second: number, kind: string) => [
      "S01",
      "r1",
      atOf(second),
      kind,
      second,
      `number ${second}`,
    ];
    await db.insert({
      name: "test/notices",
      table: "reader_notices",
      columns: ["location_id", "reader_id", "at", "kind", "count", "detail"],
      rows: [notice(1, "error"), notice(2, "overflow"), notice(3, "overflow")],
    });
    const list = (query: string) =>
      at.ask<{ items: { count: number }[]; nextCursor: string | null }>(
        "GET",
        `/v1/readers/S01/r1/notices?${query}`,
        200,
        { as: "merchandiser" },
      );
    const first = await list("limit=2");
    expect(first.items).toMatchObject([
      { kind: "overflow", count: 3, detail: "number 3", at: atOf(3) },
      { kind: "overflow", count: 2 },
    ]);
    const rest = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(rest).toMatchObject({ items: [{ count: 1 }], nextCursor: null });
    expect((await list("kind=overflow")).items.map(({ count }) => count)).toEqual([3, 2]);
    expect(
      (await at.ask<{ items: unknown[] }>("GET", "/v1/readers/S01/r2/notices", 200, { as: "admin" })).items,
    ).toEqual([]);
  });
});

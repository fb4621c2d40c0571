import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Annotation,
  annotationSchema,
  annotationsSchema,
  MAX_ANNOTATIONS,
} from "../../domain/api/annotations.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  for (const store of ["S01", "S02"]) {
    await at.ask("PUT", `/v1/locations/${store}`, 200, { as: "admin", body: { name: store } });
  }
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

const write = async (status: number, body: unknown): Promise<Annotation> =>
  annotationSchema.parse(await at.ask("POST", "/v1/annotations", status, { as: "merchandiser", body }));
const read = async (query = ""): Promise<Annotation[]> =>
  annotationsSchema.parse(await at.ask("GET", `/v1/annotations${query}`, 200, { as: "analyst" })).items;
const day = (text: string, from: string, to = from, locationId: string | null = null) => ({
  from,
  to,
  locationId,
  text,
});
const WORDS = "SELECT text FROM annotations FINAL WHERE is_deleted = 0 ORDER BY text";

test("what a merchandiser writes is read by analysts, with who and when; the same words again are the same note", async () => {
  const flood = await write(201, day("Flooded", "2026-03-01", "2026-03-04", "S01"));
  expect(flood.createdBy).not.toBe("");
  expect(await write(200, day(" Flooded ", "2026-03-01", "2026-03-04", "S01"))).toEqual(flood);
  expect(await read()).toEqual([flood]);

  const body = day("Flooded, half open", "2026-03-01", "2026-03-06", "S01");
  const path = `/v1/annotations/${flood.annotationId}`;
  const changed = annotationSchema.parse(await at.ask("PUT", path, 200, { as: "admin", body }));
  expect(changed).toMatchObject({ ...body, createdBy: flood.createdBy, createdAt: flood.createdAt });
  expect(changed.changedBy).not.toBe(flood.changedBy);
  // Of the first words there is none by now: they are a new one.
  const second = await write(201, day("Flooded", "2026-03-01", "2026-03-04", "S01"));
  expect(second.annotationId).not.toBe(flood.annotationId);
  for (const { annotationId } of [changed, second]) {
    await at.ask("DELETE", `/v1/annotations/${annotationId}`, 204, { as: "merchandiser" });
  }
  expect(await read()).toEqual([]);
  const gone = await at.ask("PUT", path, 404, { as: "merchandiser", body });
  expect(gone).toMatchObject({ code: "annotation_not_found" });
});

test("a range of days gets what touches it; a location its own and the company's", async () => {
  await write(201, day("campaign", "2026-11-27", "2026-11-30"));
  await write(201, day("first", "2026-11-20", "2026-11-20", "S01"));
  await write(201, day("second", "2026-12-01", "2026-12-01", "S02"));
  const texts = async (query: string) => (await read(query)).map(({ text }) => text);
  expect(await texts("")).toEqual(["second", "campaign", "first"]);
  expect(await texts("?from=2026-11-30&to=2026-12-01")).toEqual(["second", "campaign"]);
  expect(await texts("?from=2026-12-01&to=2026-12-31")).toEqual(["second"]);
  expect(await texts("?location=S01")).toEqual(["campaign", "first"]);
});

test("what cannot be is refused: a place that is not there, a last day before the first, a year and more, no words", async () => {
  for (const [status, body] of [
    [404, day("x", "2026-01-01", "2026-01-01", "S99")],
    [400, day("x", "2026-01-02", "2026-01-01")],
    [400, day("x", "2026-01-01", "2027-01-02")],
    [400, day(" ", "2026-01-01")],
    [400, day("x".repeat(121), "2026-01-01")],
    [400, day("x", "1969-12-31")],
    [400, day("x", "2026-02-30")],
  ] as const) {
    await at.ask("POST", "/v1/annotations", status, { as: "merchandiser", body });
  }
  const texts = (await read()).map(({ text }) => text);
  expect(texts).not.toContain("x");
});

test("the same words sent at the same time are one note, and analysts read it in SQL", async () => {
  await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      at.ask("POST", "/v1/annotations", 201, { as: "merchandiser", body: day("at once", "2026-05-01") }),
    ),
  );
  expect((await read("?from=2026-05-01&to=2026-05-01")).map(({ text }) => text)).toEqual(["at once"]);
  const rows = await db.query({ name: "test", sql: WORDS, row: annotationSchema.pick({ text: true }) });
  expect(rows.map(({ text }) => text)).toContain("at once");
});

test("there are never more than may be", async () => {
  await db.command({
    name: "test",
    sql: `INSERT INTO annotations SELECT 'many_' || toString(number), '2020-01-01', '2020-01-01', '', toString(number), now64(3), 'k', 0, now64(3), 'k', 1
     FROM numbers(${MAX_ANNOTATIONS})`,
  });
  expect(
    await at.ask("POST", "/v1/annotations", 409, { as: "merchandiser", body: day("one more", "2026-06-01") }),
  ).toMatchObject({ code: "too_many_annotations" });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  SettingsChange,
  TrackingAnswer,
  TrackingScope,
} from "../../domain/api/tracking-settings-answers.ts";
import { DEFAULT_TRACKING_SETTINGS } from "../../domain/tracking/tracking-settings.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

let db: Database;
let app: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  app = await startTestServer({ db });
  const location = {
    name: "Rue de Rivoli",
    zones: [{ zoneId: "floor", name: "Floor", kind: "sales_floor" }],
  };
  for (const id of ["S01", "S02"])
    await app.ask("PUT", `/v1/locations/${id}`, 200, { as: "admin", body: location });
});
afterAll(async () => {
  await app?.stop();
  await db?.close();
});

const all = () => app.ask<TrackingAnswer>("GET", "/v1/settings/tracking", 200, { as: "merchandiser" });
const set = (path: string, body: unknown) =>
  app.ask<TrackingScope>("PUT", `/v1/settings/${path}`, 200, { as: "admin", body });
const history = (query = "") =>
  app.ask<{ items: SettingsChange[]; nextCursor: string | null }>(
    "GET",
    `/v1/settings/tracking/history${query}`,
    200,
    { as: "merchandiser" },
  );

describe("settings of item tracking", () => {
  it("are the defaults, each with what it means, until somebody sets one", async () => {
    const { settings, company, locations, inUse } = await all();
    expect(company).toEqual({
      locationId: null,
      overrides: {},
      effective: DEFAULT_TRACKING_SETTINGS,
      lastChange: null,
    });
    expect(locations).toEqual([]);
    expect(inUse).toBeNull();
    expect(settings.map(({ name }) => name)).toEqual(Object.keys(DEFAULT_TRACKING_SETTINGS));
    expect(settings.filter(({ description }) => description.length < 20)).toEqual([]);
  });

  it("of a location that sets one value follow the company in the others", async () => {
    await set("tracking/S01", { minReads: 3, note: "ghosts at the shop window" });
    await set("tracking", { minReads: 4, exitSilenceMs: 45_000 });
    const { company, locations } = await all();
    expect(company.effective).toMatchObject({ minReads: 4, exitSilenceMs: 45_000 });
    expect(locations).toHaveLength(1);
    expect(locations[0]).toMatchObject({
      locationId: "S01",
      overrides: { minReads: 3 },
      effective: { ...DEFAULT_TRACKING_SETTINGS, minReads: 3, exitSilenceMs: 45_000 },
      lastChange: { note: "ghosts at the shop window" },
    });
  });

  it("are replaced whole by a PUT, and the company's again after a DELETE", async () => {
    const replaced = await set("tracking/S01", { minWindows: 1 });
    expect(replaced.effective).toMatchObject({ minReads: 4, minWindows: 1 });
    const reset = await app.ask<TrackingScope>("DELETE", "/v1/settings/tracking/S01", 200, { as: "admin" });
    expect(reset).toMatchObject({ overrides: {}, effective: { minReads: 4, minWindows: 2 } });
    expect((await all()).locations).toEqual([]);
  });

  it("keep who changed what when, from what to what, newest first and page by page", async () => {
    const { items } = await history("?location=S01");
    expect(items.map(({ changes }) => changes)).toEqual([
      [{ name: "minWindows", from: 1, to: null }],
      [
        { name: "minReads", from: 3, to: null },
        { name: "minWindows", from: null, to: 1 },
      ],
      [{ name: "minReads", from: null, to: 3 }],
    ]);
    expect(items[0]).toMatchObject({ scope: "location", locationId: "S01", changedBy: expect.any(String) });
    expect((await history("?location=company")).items).toHaveLength(1);
    const first = await history("?limit=3");
    const second = await history(`?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual((await history()).items);
    expect(second.nextCursor).toBeNull();
  });

  it("that are set already are no change", async () => {
    const before = (await history()).items.length;
    await set("tracking", { exitSilenceMs: 45_000, minReads: 4 });
    await app.ask("DELETE", "/v1/settings/tracking/S02", 200, { as: "admin" });
    expect((await history()).items).toHaveLength(before);
  });

  it("outside their bounds, of another name, or of an unknown location are refused and change nothing", async () => {
    const before = (await history()).items.length;
    for (const body of [{ minReads: 0 }, { missingAbove: 1 }, { minRead: 3 }, { lookMs: 1.5 }]) {
      await app.ask("PUT", "/v1/settings/tracking", 400, { as: "admin", body });
    }
    await app.ask("PUT", "/v1/settings/tracking/S99", 404, { as: "admin", body: {} });
    await app.ask("PUT", "/v1/settings/tracking", 403, { as: "merchandiser", body: {} });
    expect((await history()).items).toHaveLength(before);
  });

  it("are announced, so that ingest reads them again", async () => {
    await set("tracking/S02", { absence: false });
    const announced = app.bus.published.findLast(({ topic }) => topic === "onhand/settings");
    expect(JSON.parse(announced?.payload ?? "")).toMatchObject({ changed: ["tracking"] });
  });
});

describe("rules of read points", () => {
  const path = "/v1/settings/read-points/S01/R1";

  it("are set per reader and per antenna, and taken back", async () => {
    await set("read-points/S01/R1", { minReads: 2 });
    await set("read-points/S01/R1/3", { minReads: 5, minRssiDbm: -60, note: "walk test" });
    const { items } = await app.ask<{ items: unknown[] }>("GET", "/v1/settings/read-points", 200, {
      as: "merchandiser",
    });
    expect(items).toMatchObject([
      { readerId: "R1", antenna: null, minReads: 2, windowMs: 30_000, minRssiDbm: null },
      { readerId: "R1", antenna: 3, minReads: 5, minRssiDbm: -60, lastChange: { note: "walk test" } },
    ]);
    await app.ask("DELETE", `${path}/3`, 200, { as: "admin" });
    await app.ask("GET", `${path}/3`, 404, { as: "admin" });
    await app.ask("DELETE", `${path}/3`, 404, { as: "admin" });
    expect(await app.ask("GET", path, 200, { as: "merchandiser" })).toMatchObject({ minReads: 2 });
    const [newest] = (await history("?location=S01")).items;
    expect(newest).toMatchObject({
      scope: "read_point",
      readerId: "R1",
      antenna: 3,
      changes: expect.arrayContaining([{ name: "minRssiDbm", from: -60, to: null }]),
    });
  });

  it("outside their bounds are refused, and those of before hold", async () => {
    for (const body of [{ minReads: 0 }, { minRssiDbm: 5 }, { locationId: "S02" }]) {
      await app.ask("PUT", path, 400, { as: "admin", body });
    }
    await app.ask("PUT", `${path}/70000`, 400, { as: "admin", body: {} });
    await app.ask("PUT", "/v1/settings/read-points/S99/R1", 404, { as: "admin", body: {} });
    expect(await app.ask("GET", path, 200, { as: "merchandiser" })).toMatchObject({ minReads: 2 });
  });
});

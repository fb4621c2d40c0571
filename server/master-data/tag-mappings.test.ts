import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { settingsMessageSchema, tagMappingsPageSchema } from "../../domain/api/master-data-answers.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const gtin = "80614141123458";
const foreign = "E2801160600002054CC2096F";
/** A returnable box, with filter 3 as on the tag; its key has filter 0. */
const giai = "3474257BF40000000000162E";
const giaiKey = "3414257BF40000000000162E";

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

const put = async (epc: string, status: number, body: unknown) =>
  await at.ask("PUT", `/v1/tag-mappings/${encodeURIComponent(epc)}`, status, { as: "merchandiser", body });
const list = async (query = "") =>
  tagMappingsPageSchema.parse(await at.ask("GET", `/v1/tag-mappings${query}`, 200, { as: "merchandiser" }));

describe("tag mappings", () => {
  test("what is put is what is got, under the tag's key, and ingest is told", async () => {
    expect(
      await put(`0x${foreign.toLowerCase()}`, 200, { gtin: "614141007349", note: "old stock" }),
    ).toMatchObject({
      epc: foreign,
      gtin: "00614141007349",
      note: "old stock",
    });
    await put("urn:epc:tag:giai-96:3.0614141.5678", 200, { gtin });
    expect(await at.ask("GET", `/v1/tag-mappings/${giai}`, 200, { as: "admin" })).toMatchObject({
      epc: giaiKey,
      gtin,
    });
    const settings = at.bus.published.findLast((one) => one.topic === "onhand/settings")!;
    expect(settingsMessageSchema.parse(JSON.parse(settings.payload)).changed).toEqual(["tags"]);
    const [row] = await db.query({
      name: "test/code-words",
      sql: "SELECT has(code_words, {epc:String}) AS found FROM tag_mappings FINAL WHERE identity = {key:String}",
      params: { epc: giai, key: giaiKey },
      row: z.object({ found: z.number() }),
    });
    expect(row?.found).toBe(1);
  });

  test("a tag that names its product, a bad EPC and a bad GTIN are refused", async () => {
    expect(await put("3074257BF7194E4000001A85", 422, { gtin })).toMatchObject({ code: "tag_names_product" });
    expect(await put("nonsense", 400, { gtin })).toMatchObject({ code: "invalid_epc" });
    expect(await put(foreign, 400, { gtin: "80614141123459" })).toMatchObject({ code: "invalid_gtin" });
    await at.ask("PUT", `/v1/tag-mappings/${foreign}`, 403, { as: "storefront", body: { gtin } });
  });

  test("many are put at once, all or none, and pages walk through them", async () => {
    const epcs = Array.from({ length: 30 }, (_, index) => `AB${String(index).padStart(22, "0")}`);
    const items = epcs.map((epc) => ({ epc, gtin }));
    const ask = (status: number, body: unknown) =>
      at.ask("PUT", "/v1/tag-mappings", status, { as: "admin", body });
    expect(await ask(400, { items: [...items, { epc: "12G4", gtin }] })).toMatchObject({
      code: "invalid_epc",
    });
    expect((await list("?query=AB0000")).items).toEqual([]);
    expect(await ask(200, { items })).toEqual({ saved: 30 });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: z.infer<typeof tagMappingsPageSchema> = await list(
        `?limit=7${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map((item) => item.epc));
      cursor = page.nextCursor;
    }
    expect(seen.filter((epc) => epc.startsWith("AB"))).toEqual(epcs);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("one that was taken back is gone, and can be put again", async () => {
    await put("CAFE", 200, { gtin });
    await at.ask("DELETE", "/v1/tag-mappings/cafe", 204, { as: "admin" });
    expect(await at.ask("GET", "/v1/tag-mappings/CAFE", 404, { as: "admin" })).toMatchObject({
      code: "tag_mapping_not_found",
    });
    await at.ask("DELETE", "/v1/tag-mappings/CAFE", 404, { as: "admin" });
    await put("CAFE", 200, { gtin, note: "again" });
    expect((await list("?query=again")).items).toMatchObject([{ epc: "CAFE" }]);
    const actions = await db.query({
      name: "test/audit",
      sql: "SELECT DISTINCT action FROM audit_log WHERE action LIKE 'tag_mapping%' ORDER BY action",
      row: z.object({ action: z.string() }),
    });
    expect(actions.map(({ action }) => action)).toEqual([
      "tag_mapping.remove",
      "tag_mapping.save",
      "tag_mapping.save_many",
    ]);
  });
});

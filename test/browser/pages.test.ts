import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import {
  accessibilityProblems,
  type DashboardBrowser,
  openDashboardBrowser,
} from "../support/dashboard-browser.ts";
import { insertStore } from "../support/insert-master-data.ts";
import { SCARF, scarf, scarfTag, storeReads } from "../support/looking-data.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const FOREIGN = "E2801160600002054CC2096F";
const MINUTE_MS = 60_000;

/** What people do with items, lists, dead letters, counts, readers and settings, on data that came over MQTT. */
describe("the pages of items and of what went wrong", () => {
  let system: StartedSystem;
  let api: Api;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let page: Page;

  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  const read = (tag: string, antenna: number, lastSeenAt: string) =>
    device.publish("rfid", "reader-1", { epc: tag, antenna, rssiDbm: -52.5, lastSeenAt });
  const stock = (message: Record<string, unknown>) => device.publish("stock", "handheld-1", message);

  /** Tags are ghosts a minute after they were read at the earliest; these were read before the system starts. */
  async function preparePast(dataDirectory: string): Promise<void> {
    const db = await openDatabase({ dataDirectory });
    await insertStore(db);
    const ghost = (serial: number, minutesAgo: number) => ({
      epc: scarfTag(serial, 1),
      atMs: Date.now() - minutesAgo * MINUTE_MS,
      antenna: 3,
      zoneId: "sales_floor",
    });
    for (const read of [ghost(50, 5), ghost(51, 300)]) {
      await storeReads(db, [read], { locationId: "store-1", readerId: "reader-1" });
    }
    await db.close();
  }

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("dashboard-pages");
    await preparePast(dataDirectory);
    system = await startSystem(dataDirectory);
    api = createApi(system);
    const store = await seedStore(api);
    for (const readerId of ["reader-2", "gate"]) {
      await api("PUT", `/v1/readers/${store.locationId}/${readerId}`, { antennas: { "1": "dock" } });
    }
    device = await connectStoreDevice(api, system, store.locationId);
    for (const serial of [1, 2, 3]) await read(scarfTag(serial, 1), 1, ago(60));
    await stock({ type: "count_started", eventId: "c1-1", countId: "c1", occurredAt: ago(40) });
    await stock({ type: "count_ended", eventId: "c1-2", countId: "c1", occurredAt: ago(30) });
    await device.publish("pos", "T01", {
      schema: "pos-scan/1",
      eventId: "sale-1",
      type: "sale",
      locationId: store.locationId,
      terminalId: "T01",
      transactionId: "T01-000001",
      occurredAt: ago(20),
      lines: [{ lineNo: 1, type: "sale", gtin: SCARF, epc: scarfTag(1, 1), quantity: 1 }],
    });
    await read(FOREIGN, 1, ago(10));
    await device.publish("rfid", "gate", {
      gate: { tags: [{ id: scarfTag(60, 1), seen: Date.now(), port: 1 }] },
    });
    await device.publish("rfid", "reader-1", { eventType: "overflow", overflowEvent: { eventsPurged: 77 } });
    for (const serial of [71, 72, 73, 74]) {
      const lastSeenAt = new Date(Date.now() + 10 * MINUTE_MS).toISOString();
      await device.publish("rfid", "reader-2", { epc: scarfTag(serial, 1), antenna: 1, lastSeenAt });
    }
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(system.loginUrl);
    await page.getByRole("heading", { name: "Home" }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  const open = (path: string) => page.goto(`${system.url}${path}`);
  const lines = (words: string | RegExp) => page.getByTestId("line").filter({ hasText: words });
  const button = (name: string | RegExp) => page.getByRole("button", { name });

  it("from a product's stock to its items, and to the life of one of them, step by step", async () => {
    await open("/stock");
    await page.getByRole("row", { name: /Wool scarf/ }).click();
    await page.getByRole("link", { name: "Its tagged units here" }).click();
    await lines("Sold")
      .getByRole("link", { name: scarf(1) })
      .click();
    await page.getByTestId("item").waitFor();
    const steps = page.getByTestId("step");
    await steps.filter({ hasText: "Sold" }).getByText("−1 sold").waitFor();
    await steps.filter({ hasText: "First seen" }).getByText("Old Town · dock").waitFor();
    expect(await steps.first().textContent()).toContain("Sold");
    await page.getByRole("region", { name: "What readers saw" }).getByText("-52.5 dBm").waitFor();
  });

  it("a tag that was read once is a ghost; its page says that it is no stock", async () => {
    await open("/lists/ghosts");
    await lines("Wool scarf")
      .getByRole("link", { name: scarf(50) })
      .click();
    await page.getByText("It was read, and is no stock").waitFor();
    expect(await page.getByTestId("step").count()).toBe(0);
  });

  it("a list looks back as far as is chosen for it, which the next list does not take over", async () => {
    await open("/lists/ghosts");
    await lines(scarf(50)).waitFor();
    expect(await lines(scarf(51)).count()).toBe(0);
    await page.getByLabel("How far back").selectOption("Last 24 hours");
    await lines(scarf(51)).waitFor();
    await page.reload();
    await lines(scarf(51)).waitFor();
    await page.getByRole("link", { name: "Losses" }).click();
    await page.getByText("Nothing left without a sale").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await page.getByRole("link", { name: "Back room only" }).click();
    await page.getByText("Products with units in the back room").waitFor();
    expect(await page.getByLabel("How far back").count()).toBe(0);
  });

  it("an unknown tag is mapped to a product from its list, in one step, and its read counts", async () => {
    await open("/lists/unknown-tags");
    await lines(FOREIGN).getByRole("button", { name: "Map" }).click();
    await page.getByLabel("Product", { exact: true }).fill("wool");
    await page.getByRole("list", { name: "Products found" }).getByRole("button").click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await button("Map the tag").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await open(`/items/${FOREIGN}`);
    await page.getByText("Present").first().waitFor();
    await open("/settings/tags");
    await lines(FOREIGN).getByText("Wool scarf, grey").waitFor();
    await button(`Delete the mapping of ${FOREIGN}`).click();
    await page.getByText("No tag is mapped").waitFor();
  });

  it("a dead letter is looked at, its cause is mended, and a replay takes it in", async () => {
    await open("/dead-letters");
    await button(/Look at the message/).click();
    await page.getByLabel("Text").getByText(scarfTag(60, 1)).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const dialog = page.getByRole("dialog");
    const replay = dialog.getByRole("button", { name: "Replay", exact: true });
    const isTaken = dialog.getByText("Taken in").first();
    await replay.click();
    await page.getByText("Still refused").first().waitFor();
    const mapping = { reads: "gate.tags", epc: "id", time: "seen", antenna: "port" };
    await api("PUT", "/v1/reader-mappings/gate", { locationId: "store-1", mapping });
    // Ingest reads mappings again within a second of the change.
    await untilAsync("it is taken in", async () => {
      await isTaken.or(replay).first().waitFor();
      if (await replay.isVisible()) await replay.click();
      return await isTaken.isVisible();
    });
    await button("Close").click();
    await page.getByText("No dead letters").waitFor();
    await open(`/items/${scarf(60)}`);
    await page.getByText("Present").first().waitFor();
  });

  it("a count that found too little is held until somebody decides", async () => {
    await open("/counts");
    await button("Decide on count c1").click();
    await page.getByRole("dialog").getByText("It found 0%").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Note").fill("The hand-held was off");
    await button("Reject").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await lines("c1").getByText("Rejected").waitFor();
  });

  it("a reader's losses and its wrong clock stand in its row, and what happened in its own view", async () => {
    await open("/readers");
    const row = (words: string) => page.getByTestId("reader").filter({ hasText: words });
    await row("reader-1").getByText("77 lost").waitFor();
    await row("reader-2")
      .getByText(/Clock 600(\.\d)? s ahead|Clock 599\.\d s ahead/)
      .waitFor();
    await button("Look at reader reader-1").click();
    await page.getByTestId("notice").filter({ hasText: "Overflow" }).waitFor();
    await page.getByTestId("reader-view").getByText("77 messages or reads never came").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("a setting is checked, saved, inherited by locations, and in the history with who and why", async () => {
    await open("/settings/tracking");
    await page.getByLabel("Reads of a new item").fill("999");
    await page.getByText("A whole number from 1 to 255.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Reads of a new item").fill("3");
    await page.getByLabel("Why?").fill("Ghosts from next door");
    await button("Save 1 change").click();
    await page.getByText("Set here", { exact: true }).waitFor();
    await page.getByText("In use since").waitFor();
    await page.getByLabel("Where").selectOption("store-1");
    await page.getByText("3, the company's").waitFor();
    await open("/settings/history");
    await lines("Reads of a new item").getByText("Ghosts from next door").waitFor();
  });

  it("a read point gets a rule, and loses it again", async () => {
    await open("/settings/read-points");
    await button("Add a rule").click();
    await page.getByLabel("Reader", { exact: true }).selectOption("store-1/gate");
    await page.getByLabel(/Strongest read/).fill("-58");
    expect(await accessibilityProblems(page)).toEqual([]);
    await button("Save").click();
    await lines("gate").getByText("from -58 dBm").waitFor();
    await button(/Delete the rule/).click();
    await page.getByText("No read point has a rule").waitFor();
  });

  it.each([
    ["/lists/ghosts", "Old Town"],
    ["/lists/unknown-tags", "Unknown tags"],
    ["/items?gtin=80614141123458", "Present"],
    ["/items/80614141123458", "No such item"],
    ["/counts", "Rejected"],
    ["/dead-letters?state=all", "Taken in"],
    ["/readers", "77 lost"],
    ["/settings/tracking", "Set here"],
    ["/settings/read-points", "No read point has a rule"],
    ["/settings/tags", "No tag is mapped"],
    ["/settings/history", "Ghosts from next door"],
  ])("%s has no accessibility problem in light or dark, and fits a phone", async (path, words) => {
    await open(path);
    await expectAllLooks(page, words);
  });

  it("wrote no error to the console on the way", () => {
    // A browser itself reports the answer to a tag that nobody read.
    expect(browser.faults.filter((fault) => !fault.includes("/v1/items/80614141123458"))).toEqual([]);
  });
});

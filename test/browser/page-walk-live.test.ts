import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { createApi, seedStore } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { SCARF, scarf, scarfTag, storeReads } from "../support/looking-data.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { createShopOverHttp } from "../support/shop-over-http.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";
import { untilAsync } from "../support/until.ts";
import { createPageWalk } from "../support/walk-pages.ts";
import { LIVE_PAGES, NOTHING_WRONG, REPORT_PAGES } from "../support/walked-pages.ts";

const MINUTE_MS = 60_000;
const SCARVES = 12;

/** Light and dark on a phone, a tablet and a desk, with goods, a hold, a count, an order and its task. */
describe("every page of what is now", () => {
  let system: StartedSystem;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let walk: ReturnType<typeof createPageWalk>;
  let taskId: string;

  /** A tag that was read minutes ago, and is no stock. */
  async function readGhost(dataDirectory: string): Promise<void> {
    const db = await openDatabase({ dataDirectory });
    await storeReads(
      db,
      [{ epc: scarfTag(50, 1), atMs: Date.now() - 5 * MINUTE_MS, antenna: 3, zoneId: "sales_floor" }],
      { locationId: "store-1", readerId: "reader-1" },
    );
    await db.close();
  }

  async function fillStore(): Promise<void> {
    const api = createApi(system);
    const shop = createShopOverHttp(() => system);
    await seedStore(api);
    await api("PATCH", `/v1/products/${SCARF}`, { category: "Knitwear", price: "39.90" });
    await api("PATCH", "/v1/locations/store-1", {
      latitude: 52.5,
      longitude: 13.4,
      openingHours: "24/7",
      timeZone: "Europe/Berlin",
    });
    device = await connectStoreDevice(api, system, "store-1");
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
    const stock = (message: Record<string, unknown>) => device.publish("stock", "handheld-1", message);
    for (let serial = 1; serial <= SCARVES; serial += 1) {
      const read = { epc: scarfTag(serial, 1), antenna: 1, rssiDbm: -52.5, lastSeenAt: ago(60) };
      await device.publish("rfid", "reader-1", read);
    }
    await stock({ type: "count_started", eventId: "c1-1", countId: "c1", occurredAt: ago(40) });
    await stock({ type: "count_ended", eventId: "c1-2", countId: "c1", occurredAt: ago(30) });
    await device.publish("rfid", "reader-1", "no message");
    await shop.receive("r1", "store-1", SCARF, SCARVES);
    await untilAsync("the goods may be promised", async () => {
      return (await shop.isTakingOrders()) && (await shop.units("store-1", SCARF)).available >= SCARVES;
    });
    await shop.hold("hold-1", { gtin: SCARF, locationId: "store-1", quantity: 1 });
    await shop.place("order-1", {
      orderId: "order-1",
      lines: [{ gtin: SCARF, quantity: 2, method: "pickup", locationId: "store-1" }],
    });
    await untilAsync("the store has a task", async () => {
      const { items } = await api<{ items: { taskId: string }[] }>("GET", "/v1/tasks");
      taskId = items[0]?.taskId ?? "";
      return taskId !== "";
    });
  }

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("page-walk-live");
    await readGhost(dataDirectory);
    system = await startSystem(dataDirectory);
    await fillStore();
    browser = await openDashboardBrowser();
    const { page } = browser;
    page.setDefaultTimeout(45_000);
    walk = createPageWalk(browser);
    await page.goto(system.loginUrl);
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  it("every page that is offered is walked, here or with the pages of reports", async () => {
    const walked = [...LIVE_PAGES, ...REPORT_PAGES];
    expect(new Set(await walk.offered())).toEqual(new Set(walked));
  });

  it.each(LIVE_PAGES)(`%s ${NOTHING_WRONG}`, async (address) => {
    expect(await walk.problemsOfAllParts(address)).toEqual([]);
  });

  it.each([
    ["a product", `/products/${SCARF}`, '[data-testid="product"]'],
    ["a location", "/locations/store-1", '[data-testid="location"]'],
    ["an item", `/items/${encodeURIComponent(scarf(1))}`, '[data-testid="item"]'],
    ["an order", "/orders/order-1", "main h2"],
  ])(`%s ${NOTHING_WRONG}`, async (_, address, shows) => {
    expect(await walk.problemsAt(address, shows)).toEqual([]);
  });

  it(`a task ${NOTHING_WRONG}`, async () => {
    expect(await walk.problemsAt(`/tasks?open=${taskId}`, "dialog .task-body")).toEqual([]);
  });
});

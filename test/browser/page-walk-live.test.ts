import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { stopClock } from "../support/given-clock.ts";
import { fillLiveStore, LIVE_STORE_SETTINGS, preparePast } from "../support/live-store.ts";
import { SCARF, scarf } from "../support/looking-data.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { createPageWalk } from "../support/walk-pages.ts";
import { LIVE_PAGES, NOTHING_WRONG, REPORT_PAGES } from "../support/walked-pages.ts";

/** Light and dark on a phone, a tablet and a desk, with goods, a hold, a count, orders, a task, a customer and a return. */
describe("every page of what is now", () => {
  let system: StartedSystem;
  let store: Awaited<ReturnType<typeof fillLiveStore>>;
  let browser: DashboardBrowser;
  let walk: ReturnType<typeof createPageWalk>;

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("page-walk-live");
    await preparePast(dataDirectory);
    system = await startSystem(dataDirectory, { env: LIVE_STORE_SETTINGS });
    store = await fillLiveStore(system);
    browser = await openDashboardBrowser();
    const { page } = browser;
    await stopClock(page);
    page.setDefaultTimeout(45_000);
    walk = createPageWalk(browser);
    await page.goto(system.loginUrl);
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await store?.device.end();
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
    ["a product", () => `/products/${SCARF}`, '[data-testid="product"]'],
    ["a location", () => "/locations/store-1", '[data-testid="location"]'],
    ["an item", () => `/items/${encodeURIComponent(scarf(1))}`, '[data-testid="item"]'],
    ["an order", () => "/orders/order-1", "main h2"],
    ["a customer", () => `/customers/${store.customerId}`, '[data-testid="customer"]'],
    ["a task", () => `/tasks?open=${store.taskId}`, "dialog .task-body"],
  ])(`%s ${NOTHING_WRONG}`, async (name, address, shows) => {
    expect(await walk.problemsAt(address(), { shows, name: name.split(" ").at(-1) })).toEqual([]);
  });
});

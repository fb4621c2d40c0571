import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApi } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { GIVEN_NOW_MS, stopClock } from "../support/given-clock.ts";
import { figuresNotOfApi } from "../support/live-figures.ts";
import { fillLiveStore, LIVE_STORE_SETTINGS, preparePast } from "../support/live-store.ts";
import { SCARF, scarf, scarfTag } from "../support/looking-data.ts";
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
    walk = createPageWalk(browser, { ask: createApi(system), isLive: true, isPictured: true });
    await page.goto(system.loginUrl);
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    // What needs somebody is looked for by and by.
    await page.getByText("All of it looked at").waitFor();
    await page.getByText("Messages not understood").waitFor();
  });
  afterAll(async () => {
    console.log(`axe: ${walk?.axeMs()} ms`);
    await browser?.close();
    await store?.device.end();
    await system?.kill("SIGTERM");
  });

  it("every page that is offered is walked, here or with the pages of reports", async () => {
    const walked = [...LIVE_PAGES, ...REPORT_PAGES];
    expect(new Set(await walk.offered())).toEqual(new Set(walked));
  });

  it.each(LIVE_PAGES)(`%s ${NOTHING_WRONG}`, { timeout: 120_000 }, async (address) => {
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

  it("figures by the hundred were compared with the API's answers", () => {
    expect(walk.figures()).toBeGreaterThan(300);
  });

  it("what a sale changes over the socket is what the API answers then", async () => {
    const { page } = browser;
    const api = createApi(system);
    await page.goto(`${system.url}/stock`);
    const onHand = page.locator(".stock-row .col-onHand");
    const before = Number(await onHand.textContent());
    await store.device.publish("pos", "T01", {
      schema: "pos-scan/1",
      eventId: "sale-1",
      type: "sale",
      locationId: "store-1",
      terminalId: "T01",
      transactionId: "T01-000001",
      occurredAt: new Date(GIVEN_NOW_MS).toISOString(),
      lines: [{ lineNo: 1, type: "sale", gtin: SCARF, epc: scarfTag(12, 1), quantity: 1 }],
    });
    await onHand.getByText(String(before - 1), { exact: true }).waitFor();
    expect(await figuresNotOfApi(page, api)).toEqual({ checked: 19, problems: [] });
  });

  it.each([
    ["/", ".attention-count"],
    ["/customers/:id", ".customer-values dd"],
    ["/stock", ".stock-row .col-available"],
    ["/heat-map", ".heat-slot span"],
    [`/items?gtin=${SCARF}`, ".age"],
    [`/products/${SCARF}`, '[aria-label="Where it is"] td.number'],
  ])("a figure on %s that is not the API's is found: %s", async (address, selector) => {
    const { page } = browser;
    const api = createApi(system);
    await page.goto(`${system.url}${address.replace(":id", store.customerId)}`);
    const figure = page.locator(`main ${selector}`).first();
    await figure.waitFor();
    expect((await figuresNotOfApi(page, api)).problems).toEqual([]);
    await figure.evaluate((element) => {
      element.textContent = "12,345";
    });
    const { problems } = await figuresNotOfApi(page, api, 0);
    expect(problems).toEqual([expect.stringContaining("12,345")]);
  });

  it(`an address of no page ${NOTHING_WRONG}`, async () => {
    expect(await createPageWalk(browser).problemsAt("/no-such-page")).toEqual([]);
  });

  it(`the page to sign in, and what a role may not see: each ${NOTHING_WRONG}`, async () => {
    const { page, faults } = browser;
    const key = await createApi(system)<{ token: string }>("POST", "/v1/keys", { role: "merchandiser" });
    const others = createPageWalk(browser);
    await page.context().clearCookies();
    await page.goto(`${system.url}/pipeline`);
    await page.getByLabel("Key").waitFor();
    expect(await others.problemsAt("/pipeline", { shows: "main form" })).toEqual([]);
    await page.getByLabel("Key").fill(key.token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Only admins see the inside of the pipeline").waitFor();
    expect(await others.problemsAt("/pipeline")).toEqual([]);
    expect(faults.filter((fault) => !/status of 40[13]/.test(fault))).toEqual([]);
  });
});

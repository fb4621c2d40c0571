import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, createApi, seedStore } from "../support/api.ts";
import {
  accessibilityProblems,
  type DashboardBrowser,
  openDashboardBrowser,
} from "../support/dashboard-browser.ts";
import { SCARF, scarfTag } from "../support/looking-data.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";

const SCARVES = 30;

/** A product, a location, heat map and map, of what came over MQTT. */
describe("the pages of stock", () => {
  let system: StartedSystem;
  let api: Api;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let page: Page;

  beforeAll(async () => {
    system = await startSystem(migratedDirectory("dashboard-stock"));
    api = createApi(system);
    const store = await seedStore(api);
    await api("PATCH", `/v1/locations/${store.locationId}`, {
      latitude: 52.5,
      longitude: 13.4,
      openingHours: "24/7",
      timeZone: "Europe/Berlin",
    });
    await api("PATCH", `/v1/products/${SCARF}`, { category: "Knitwear" });
    await api("PUT", "/v1/locations/store-2", { locationId: "store-2", name: "New Town" });
    device = await connectStoreDevice(api, system, store.locationId);
    const reads = Array.from({ length: SCARVES }, (_, index) => ({
      epc: scarfTag(index + 1, 1),
      antenna: 1,
      rssiDbm: -50,
      lastSeenAt: new Date().toISOString(),
    }));
    await Promise.all(reads.map((read) => device.publish("rfid", "reader-1", read)));
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(system.loginUrl);
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  const open = (path: string) => page.goto(`${system.url}${path}`);
  const grid = (rows: number) => page.locator(`[role="grid"][aria-rowcount="${rows + 1}"]`);

  it("a product's page says where it is, by zone, what may be promised until when, and what moved it", async () => {
    await open("/stock");
    await page.getByRole("row", { name: /Wool scarf, grey/ }).click();
    await page.getByTestId("stock-detail").getByRole("link", { name: "Wool scarf, grey" }).click();
    await page.getByTestId("product-answer").getByText("It may be promised at Old Town alone.").waitFor();
    const part = (name: string) => page.getByRole("region", { name, exact: true });
    await part("Where it is").getByTestId("available").getByText(String(SCARVES), { exact: true }).waitFor();
    await part("Where it is")
      .getByRole("link", { name: `dock ${SCARVES}` })
      .waitFor();
    await part("What may be promised").getByText("now, and for the next 30 days").waitFor();
    await part("Recent movements").getByTestId("line").first().waitFor();
    await part("Where it is").getByRole("button", { name: "Why this number at Old Town?" }).click();
    await page.getByRole("dialog").getByText("Where the sellable units come from").waitFor();
    await page.keyboard.press("Escape");
    await part("Where it is").getByRole("link", { name: "Old Town" }).click();
    await page.getByTestId("location").getByRole("heading", { name: "Old Town" }).waitFor();
    expect(page.url()).toContain("/locations/store-1");
  });

  it("a location's page has its stock alone, its zones, its hours and its readers", async () => {
    await grid(1)
      .getByRole("row", { name: /Wool scarf, grey/ })
      .waitFor();
    const zones = page.getByRole("region", { name: "Zones", exact: true }).first();
    await zones.getByTestId("line").filter({ hasText: "Dock" }).getByText(String(SCARVES)).first().waitFor();
    await page.getByText("Open", { exact: true }).first().waitFor();
    const reader = page.getByRole("region", { name: "Readers", exact: true }).first();
    await reader.getByTestId("line").first().waitFor();
    expect(await reader.textContent()).toContain("reader-1");
  });

  it("the heat map is walked by keys, and a cell leads to its rows", async () => {
    await open("/heat-map");
    const cell = page.getByRole("gridcell", { name: /Knitwear at Old Town: 30 available/ });
    await cell.waitFor();
    await page.locator('[data-cell="0 0"]').focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    const at = () => page.evaluate(() => document.activeElement?.getAttribute("data-cell"));
    await expect.poll(at).toBe("0 1");
    await cell.focus();
    await cell.click();
    await page.waitForURL(/q=Knitwear&location=store-1/);
    await grid(1).waitFor();
  });

  it("the map's points stand in a list too, which keys open", async () => {
    await open("/map");
    const line = page.getByRole("button", { name: /Old Town/ });
    await line.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/open=store-1/);
    await page.locator(".map-land[d^=M]").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("link", { name: "Its page" }).waitFor();
  });

  it.each([
    [`/products/${SCARF}`, "Where it is"],
    ["/locations/store-1", "Opening and pickup"],
    ["/heat-map", "Knitwear"],
    ["/map?open=store-1", "Old Town"],
  ])("%s has no accessibility problem in light or dark, and fits a phone", async (path, words) => {
    await open(path);
    await expectAllLooks(page, words);
  });

  it("wrote no error to the console on the way", () => {
    expect(browser.faults).toEqual([]);
  });
});

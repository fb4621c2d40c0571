import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { insertStock } from "../../cli/bench/harness/prepare-data.ts";
import { openDatabase } from "../../sql/client.ts";
import { createApi, seedStore } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { scarfTag } from "../support/looking-data.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";

const PLACES = 20;
const PRODUCTS = 5_000;
const ROWS = PLACES * PRODUCTS;
const BURST = 300;
/** More than a window shows, with those that are kept ready above and below. */
const MOST_DRAWN = 60;

const drawnRows = z.object({ rows: z.number(), named: z.number(), full: z.number() });
/** In the page: scrolls two screens a frame for some frames, and says what of the rows is drawn then. */
const PASS_BY = `new Promise((resolve) => {
  const table = document.querySelector(".stock-table");
  table.scrollTop = 0;
  let frames = 0;
  const frame = () => {
    const rows = [...document.querySelectorAll(".stock-row")];
    frames += 1;
    if (frames > 10) {
      return resolve({
        rows: rows.length,
        named: rows.filter((row) => row.textContent.trim() !== "").length,
        full: rows.filter((row) => row.querySelector("[data-testid=available]") !== null).length,
      });
    }
    table.scrollTop += table.clientHeight * 2;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/** `onhand bench dashboard` measures its frames; here it has to be right. */
describe("the stock table of a hundred thousand rows", () => {
  let system: StartedSystem;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let page: Page;

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("dashboard-rows");
    const db = await openDatabase({ dataDirectory });
    await insertStock(db, { locations: PLACES, products: PRODUCTS, unitsPerProduct: 3, isUntagged: true });
    await db.close();
    system = await startSystem(dataDirectory);
    const api = createApi(system);
    const store = await seedStore(api);
    device = await connectStoreDevice(api, system, store.locationId);
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(system.loginUrl);
    await page.goto(`${system.url}/stock`);
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  const grid = (rows: number) => page.locator(`[role="grid"][aria-rowcount="${rows + 1}"]`);

  it("of a hundred thousand rows those on the screen are drawn, wherever it is scrolled to", async () => {
    await grid(ROWS).waitFor();
    const drawn = () => page.locator(".stock-row").count();
    expect(await drawn()).toBeLessThan(MOST_DRAWN);
    await page.locator(".stock-table").evaluate((table) => table.scrollTo(0, table.scrollHeight));
    await page.locator(`.stock-row[aria-rowindex="${ROWS + 1}"]`).waitFor();
    expect(await drawn()).toBeLessThan(MOST_DRAWN);
  });

  it("rows that fly by say what they are, and the rest as soon as it stands still", async () => {
    const { rows, named, full } = drawnRows.parse(await page.evaluate(PASS_BY));
    expect(rows).toBeGreaterThan(5);
    expect([named, full]).toEqual([rows, 0]);
    await page.locator(".stock-row").getByTestId("available").first().waitFor();
  });

  it("a burst of changes ends with the right number, in the table and in the sums", async () => {
    const reads = Array.from({ length: BURST }, (_, index) => ({
      epc: scarfTag(index + 1, 1),
      antenna: 1,
      rssiDbm: -50,
      lastSeenAt: new Date().toISOString(),
    }));
    await page.getByRole("searchbox").fill("scarf");
    await Promise.all(reads.map((read) => device.publish("rfid", "reader-1", read)));
    const row = page.getByRole("row", { name: /Wool scarf, grey/ });
    await row.getByTestId("available").getByText(String(BURST), { exact: true }).waitFor();
    const sums = page.getByRole("region", { name: "Sums of the rows shown" });
    await expect.poll(() => sums.textContent()).toContain(`On hand${BURST} units`);
  });
});

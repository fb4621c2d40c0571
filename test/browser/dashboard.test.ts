import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, createApi, seedStore } from "../support/api.ts";
import {
  accessibilityProblems,
  type DashboardBrowser,
  openDashboardBrowser,
  overflow,
} from "../support/dashboard-browser.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";

/** The built dashboard in a real Chromium, against the whole system. */
describe("the dashboard", () => {
  const dataDirectory = migratedDirectory("dashboard");
  let system: StartedSystem;
  let api: Api;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let page: Page;
  let store: { locationId: string; gtin: string };

  beforeAll(async () => {
    system = await startSystem(dataDirectory);
    api = createApi(system);
    store = await seedStore(api);
    device = await connectStoreDevice(api, system, store.locationId);
    browser = await openDashboardBrowser();
    page = browser.page;
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  const read = (serial: number, antenna: number) => ({
    data: {
      antenna,
      eventNum: serial,
      format: "epc",
      idHex: `3074257bf7194e40000${serial.toString(16).padStart(5, "0")}`,
      peakRssi: -37,
      reads: 1,
    },
    timestamp: new Date().toISOString(),
    type: "INVENTORY",
  });

  /** Waits until the product's row shows this number: what a person would wait for. */
  async function untilAvailable(quantity: number): Promise<void> {
    const row = page.getByRole("row", { name: /Wool scarf, grey/ });
    await row.getByTestId("available").getByText(String(quantity), { exact: true }).waitFor();
  }

  it("tells a visitor without a session how to get in", async () => {
    await page.goto(system.url);
    await page
      .getByText(/sign in/i)
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("signs in by the printed link, once, and says what to do while there is no stock", async () => {
    await page.goto(system.loginUrl);
    await page.getByRole("heading", { name: "Nothing needs you" }).waitFor();
    await page.getByRole("link", { name: "Live stock" }).first().click();
    await page.getByText("No stock yet").waitFor();
    const again = await fetch(system.loginUrl, { redirect: "manual" });
    expect(again.status).toBe(401);
  });

  it("a published dock read of a known product appears as a number", async () => {
    await device.publish("rfid", "reader-1", read(1, 1));
    await untilAvailable(1);
  });

  it("and the number changes before your eyes", async () => {
    for (let serial = 2; serial <= 5; serial += 1) await device.publish("rfid", "reader-1", read(serial, 1));
    await untilAvailable(5);
  });

  it("finds a product by name, says so when there is none, and keeps the search in the address", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("no such thing");
    await page.waitForURL(/no(\+|%20)such/);
    await page.getByRole("row", { name: /Wool scarf/ }).waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toMatch(/such/);
    await page.goto(`${system.url}/stock`);
    await page.getByRole("row", { name: /Wool scarf, grey/ }).waitFor();
  });

  it("loads a page's script when the pointer comes to its link, before it is opened", async () => {
    const script = page.waitForResponse(/holds-page-.*\.js$/);
    await page.mouse.move(0, 0);
    const link = page.getByRole("link", { name: "Holds" }).first();
    await Promise.all([script, link.hover()]);
    expect(new URL(page.url()).pathname).toBe("/stock");
    await link.click();
    await page.getByRole("heading", { name: "Holds", level: 1 }).waitFor();
  });

  it("offers a reader that nobody assigned; once it has a zone its reads count", async () => {
    await device.publish("rfid", "surprise", read(77, 4));
    await page.getByRole("link", { name: "Readers" }).first().click();
    await page.getByText("surprise").first().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page
      .getByRole("button", { name: /Assign/ })
      .first()
      .click();
    await page.getByLabel("Antenna 4").selectOption("dock");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Live stock" }).first().click();
    await untilAvailable(6);
  });

  it.each(["light", "dark"] as const)("has no accessibility problem in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${system.url}/stock`);
    await page.getByRole("row", { name: /Wool scarf, grey/ }).waitFor();
    expect(await accessibilityProblems(page, colorScheme === "light" ? "all" : "colours")).toEqual([]);
  });

  it("works at the width of a phone, without scrolling sideways", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${system.url}/stock`);
    await page.getByRole("row", { name: /Wool scarf, grey/ }).waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("says when the system is gone, and comes back by itself with the right number", async () => {
    await page.goto(`${system.url}/stock`);
    await page.getByRole("row", { name: /Wool scarf, grey/ }).waitFor();
    const port = new URL(system.url).port;
    const before = browser.faults.length;
    await system.kill("SIGKILL");
    await page
      .getByText(/Reconnecting|Offline|Connecting/i)
      .first()
      .waitFor();
    system = await startSystem(dataDirectory, { env: { HTTP_LISTEN: `127.0.0.1:${port}` } });
    // Sessions live in memory: after a restart one signs in again.
    await page.goto(system.loginUrl);
    await page.getByRole("link", { name: "Live stock" }).first().click();
    await untilAvailable(6);
    browser.faults.splice(before);
  });

  it("has the documents of the API in the browser, from this host alone", async () => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${system.url}/docs`);
    await page.getByText("/v1/availability").first().waitFor();
    expect([...hosts]).toEqual([new URL(system.url).host]);
  });

  it("wrote no error to the console on the way", () => {
    // A browser reports the answer 401 itself, before anybody signed in.
    expect(browser.faults.filter((fault) => !fault.includes("401"))).toEqual([]);
  });
});

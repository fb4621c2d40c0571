import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Annotation } from "../../domain/api/annotations.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import { openDatabase } from "../../sql/client.ts";
import { type Api, createApi } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { importText } from "../support/import-text.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";

const CHART = "orders by period";
const DAYS = "/analyst/reports/sales-by-period?from=2026-01-01&to=2026-01-21&period=day";

/** Two orders a day of one customer and of many, from 2026-01-01. */
function orders(): string {
  const lines = ["orderId,code,quantity,orderedAt,unitPrice,customerId,channel"];
  for (let n = 0; n < 40; n += 1) {
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 2), 10)).toISOString();
    lines.push(`o${n},A1,1,${day},20,${n % 10 === 0 ? "regular" : `c${n}`},${n % 2 === 0 ? "web" : "store"}`);
  }
  return `${lines.join("\n")}\n`;
}

describe("what people write down, and whom they know", () => {
  let system: StartedSystem;
  let api: Api;
  let browser: DashboardBrowser;
  let page: Page;

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("notes-and-customers");
    const db = await openDatabase({ dataDirectory });
    await importText(db, "orders", orders(), { source: "shop", currency: "EUR", timeZone: "UTC" });
    await db.close();
    system = await startSystem(dataDirectory);
    api = createApi(system);
    await api("PUT", "/v1/locations/S01", { name: "Old Town", zones: [] });
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(system.loginUrl);
    await page.getByRole("heading", { level: 1 }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  const open = (path: string) => page.goto(`${system.url}${path}`);
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true }).first();
  const chart = () => page.getByRole("region", { name: CHART });
  const notes = () => chart().getByRole("list", { name: "What happened" });

  it("what is written down at a chart stands in its plot, under it, in its table, and is changed and taken back there", async () => {
    await open(DAYS);
    await chart().locator("svg.recharts-surface").first().waitFor();
    await button(/^Write down what happened/).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What happened").fill("Store flooded");
    await dialog.getByLabel("First day").fill("2026-01-08");
    await dialog.getByLabel("Last day").fill("2026-01-10");
    await dialog.getByLabel("Where").selectOption("S01");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => notes().textContent()).toMatch(/A.*Store flooded · Old Town/);
    await expect.poll(() => chart().locator("svg.recharts-surface text").allTextContents()).toContain("A");
    await expectAllLooks(page, "Store flooded");
    await button(/^As a table/).click();
    await expect.poll(() => chart().getByText("Store flooded (S01)").count()).toBe(3);

    await notes().getByRole("button").click();
    await dialog.getByLabel("What happened").fill("Store flooded, half open");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => notes().textContent()).toContain("half open");
    const kept = await api<{ items: Annotation[] }>("GET", "/v1/annotations");
    expect(kept.items.map(({ text, from, to, locationId }) => [text, from, to, locationId])).toEqual([
      ["Store flooded, half open", "2026-01-08", "2026-01-10", "S01"],
    ]);

    await open("/settings/notes");
    await button("Change the note Store flooded, half open").click();
    await button("Take the note back").click();
    await page.getByText("Nothing was written yet").waitFor();
  });

  it("a customer is found by a card without it standing in an address; a merge is taken back there", async () => {
    const identify = async (kind: string, value: string, source = "") =>
      await api<Customer>("POST", "/v1/customers", {
        identifiers: [{ kind, value, source }],
        consents: [{ purpose: "newsletter", isGranted: true, source: "web" }],
      });
    const bought = await identify("external", "regular", "shop");
    const card = await identify("loyalty", "9120004411");
    await api("POST", `/v1/customers/${bought.customerId}/merges`, {
      otherId: card.customerId,
      note: "showed both at the counter",
    });
    await open("/customers");
    await page.getByLabel("Known by").selectOption("loyalty");
    await page.getByLabel("Number of a card").fill("9120004411");
    await button("Find").click();
    await page.waitForURL(`${system.url}/customers/${bought.customerId}`);
    const known = page.getByTestId("customer");
    await known.getByText("€80.00").first().waitFor();
    const lines = known.getByRole("region", { name: "Orders and returns" }).last().locator("tbody tr");
    await expect.poll(() => lines.count()).toBe(4);
    await expectAllLooks(page, "showed both at the counter");
    await button("Take the merge back").click();
    await expect
      .poll(async () => (await api<Customer>("GET", `/v1/customers/${card.customerId}`)).recordIds)
      .toEqual([card.customerId]);
  });

  it("erasing says what it does, wants a part of the id typed, and leaves nobody", async () => {
    const { customerId } = await api<Customer>("POST", "/v1/customers", {
      identifiers: [{ kind: "loyalty", value: "to-be-forgotten" }],
    });
    await open(`/customers/${customerId}`);
    await button("Erase …").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Every figure stays").waitFor();
    const erase = dialog.getByRole("button", { name: "Erase for good" });
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill(customerId.slice(-6));
    await erase.click();
    await page.getByText("This customer was erased").waitFor();
  });

  it("returns that nobody took in are said to be none, with the figures of returns above", async () => {
    await open("/returns?state=flagged");
    await page.getByText("No such returns").waitFor();
    expect(await page.getByLabel("State").inputValue()).toBe("flagged");
    await expectAllLooks(page, "Exchanged for something else");
  });

  it("nothing of it breaks the content security policy", () => {
    expect(browser.faults.filter((fault) => !fault.startsWith("Failed to load resource"))).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { PNG } from "pngjs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadHistory } from "../../cli/roles/demo-history/load-history.ts";
import type { ReportAnswer, ReportRow } from "../../domain/reports/report.ts";
import { createChain } from "../../simulators/chain/create-chain.ts";
import { createHistory } from "../../simulators/history/create-history.ts";
import { demo } from "../../simulators/scenarios/demo.ts";
import { openDatabase } from "../../sql/client.ts";
import { type Api, createApi } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";
import { onSlowMachine } from "../support/slow-machine.ts";

const DAY_MS = 86_400_000;
const WINDOW = "from=90daysAgo&to=tomorrow";

const share = (cell: unknown) =>
  new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 }).format(Number(cell));
const whole = (cell: unknown) => new Intl.NumberFormat("en-US").format(Number(cell));
const euros = (cell: unknown) =>
  new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "EUR",
    maximumFractionDigits: Math.abs(Number(cell)) >= 100 ? 0 : 2,
  }).format(Number(cell));

/** What head office reads of customers and channels, on a simulated past of half a year. */
describe("the omnichannel page", () => {
  let system: StartedSystem;
  let api: Api;
  let browser: DashboardBrowser;
  let page: Page;
  let stores: string[] = [];

  async function writePast(dataDirectory: string): Promise<void> {
    const { products, locations } = createChain({ ...demo, products: 40, stores: 2 }, 1);
    stores = locations.map(({ locationId }) => locationId);
    const history = createHistory({
      seed: 11,
      endMs: Math.floor(Date.now() / DAY_MS) * DAY_MS,
      days: 200,
      shoppers: 400,
      guestsPerStoreDay: 1,
      products,
      locations,
    });
    const db = await openDatabase({ dataDirectory });
    const { signal } = new AbortController();
    await loadHistory({ db, history, nowMs: Date.now(), signal, onProgress() {} });
    await db.close();
  }

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("omnichannel");
    await writePast(dataDirectory);
    system = await startSystem(dataDirectory);
    api = createApi(system);
    for (const locationId of stores) {
      await api("PUT", `/v1/locations/${locationId}`, { locationId, name: locationId, zones: [] });
    }
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
  const card = (title: string) => page.getByRole("region", { name: title, exact: true });
  const figure = (title: string) => card(title).locator(".kpi-value");
  const rowsOf = async (report: string, query: string): Promise<ReportRow[]> => {
    const answer = await api<ReportAnswer>("GET", `/v1/reports/${report}?${query}`);
    return [...answer.rows];
  };
  const rowOf = async (report: string, query: string): Promise<ReportRow> =>
    (await rowsOf(report, query))[0]!;

  it("the figures of pickup are those of its reports, with how many they are of", async () => {
    const service = await rowOf("pickup-service", WINDOW);
    const broken = await rowOf("disappointment", WINDOW);
    await open(`/omnichannel/pickup?${WINDOW}`);
    await page.getByTestId("answer").waitFor();
    expect(await figure("Collected").textContent()).toBe(share(service["completion"]));
    expect(await card("Collected").textContent()).toContain(`n = ${whole(service["closed"])}`);
    expect(await figure("Ready when promised").textContent()).toBe(share(service["ready_on_time_rate"]));
    expect(await figure("Promised and not given").textContent()).toBe(share(broken["disappointment_rate"]));
    const stages = await rowsOf("pickup-funnel", WINDOW);
    const funnel = page.getByRole("list", { name: "From placed to collected" });
    for (const { pickups } of stages.slice(0, 4)) await funnel.getByText(whole(pickups)).first().waitFor();
    expect(await page.getByTestId("answer").textContent()).toContain(
      `${whole(service["collected"])} of ${whole(service["closed"])} pickups`,
    );
  });

  it("a filter is in the address, and changes the figures to those of the report with it", async () => {
    const [store = ""] = stores;
    const here = await rowOf("pickup-service", `${WINDOW}&location=${store}`);
    expect(here["closed"]).not.toBe((await rowOf("pickup-service", WINDOW))["closed"]);
    await open(`/omnichannel/pickup?${WINDOW}`);
    await figure("Collected").waitFor();
    await page.getByLabel("Location", { exact: true }).selectOption(store);
    await card("Collected")
      .getByText(`n = ${whole(here["closed"])}`, { exact: true })
      .waitFor();
    expect(await figure("Collected").textContent()).toBe(share(here["completion"]));
    expect(new URL(page.url()).searchParams.get("location")).toBe(store);
    await page.reload();
    await card("Collected")
      .getByText(`n = ${whole(here["closed"])}`, { exact: true })
      .waitFor();
  });

  it("historic value is the report's; matched and plain ratio stand with interval, n and the warning", async () => {
    const value = await rowOf("customer-value", "");
    const ratios = await rowsOf("omnichannel-value-matched", "");
    await open("/omnichannel/value");
    await page.getByTestId("answer").waitFor();
    const historic = page.getByRole("region", { name: "Historic value", exact: true }).first();
    await historic.getByText(euros(value["mean_revenue"]), { exact: true }).waitFor();
    await historic.getByText(euros(value["median_revenue"]), { exact: true }).waitFor();
    const panel = page.getByRole("region", { name: /^K3/ });
    // Both decimals stand, but for a whole number.
    const ratio = (cell: unknown) => (Number.isInteger(cell) ? String(cell) : Number(cell).toFixed(2));
    for (const row of ratios) {
      await panel.getByText(ratio(row["ratio"]), { exact: true }).waitFor();
      const ends = [row["ratio_lower"], row["ratio_upper"]].map(ratio);
      await panel.getByText(`95% interval: ${ends.join(" to ")}`).waitFor();
    }
    expect(await panel.getByText("Loyal shoppers select themselves").count()).toBe(1);
  });

  it("a figure opens its formula, window, currency and SQL", async () => {
    await open("/omnichannel/value");
    await page.getByRole("button", { name: "Where this figure comes from: Mean of a customer" }).click();
    const source = page.getByRole("dialog");
    await source.getByText("net revenue to date ÷ customers").waitFor();
    await source.getByText("EUR", { exact: true }).waitFor();
    expect(await source.getByLabel("SQL").textContent()).toContain("SELECT");
    await page.keyboard.press("Escape");
  });

  it("cohorts by month, or that month and later, as the switch in the address says", async () => {
    const cells = (await rowsOf("cohort-retention", "from=12monthsAgo&to=tomorrow")).filter(
      (row) => row["month_no"] === 1 && row["active_share"] !== null,
    );
    const written = (column: string) => cells.map((row) => `${Math.round(Number(row[column]) * 100)}%`);
    await open("/omnichannel/retention");
    const map = page.getByRole("group", { name: "Cohorts by months after the first purchase" });
    const firstMonth = () => map.locator("tbody tr td:nth-child(2)").allTextContents();
    await map.waitFor();
    await expect.poll(firstMonth).toEqual(written("active_share"));
    await page.getByLabel("Bought again").selectOption("in month k or later");
    await expect.poll(firstMonth).toEqual(written("active_or_later_share"));
    expect(new URL(page.url()).searchParams.get("cohorts")).toBe("later");
  });

  it("where nothing happened nothing is claimed: no figure is 0", async () => {
    await open("/omnichannel/pickup?from=2020-01-01&to=2020-02-01");
    await page.getByText("Nothing happened in this window that could be counted.").waitFor();
    await figure("Collected").waitFor();
    expect(await figure("Collected").textContent()).toBe("–");
    await page.getByText("No pickup was ordered in this window.").first().waitFor();
  });

  it("a report that fails says so in its place, and the others stand", async () => {
    await page.route("**/v1/reports/disappointment?*", (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/problem+json",
        body: JSON.stringify({
          title: "No",
          status: 400,
          detail: "It broke.",
          code: "report_parameter_invalid",
        }),
      }),
    );
    await open(`/omnichannel/pickup?${WINDOW}`);
    await figure("Collected").waitFor();
    await card("Promised and not given").getByText("It broke.").waitFor();
    expect(await figure("Collected").textContent()).toMatch(/%$/);
    await page.unroute("**/v1/reports/disappointment?*");
    await card("Promised and not given").getByRole("button", { name: "Try again" }).click();
    await figure("Promised and not given").waitFor();
  });

  it("looks right in light, dark and on a phone", { timeout: 90_000 }, async () => {
    const faultsBefore = browser.faults.length;
    await open("/omnichannel/value");
    await page.getByTestId("answer").waitFor();
    await expectAllLooks(page, "Does a second channel go with more?");
    await open("/omnichannel/pickup");
    await page.getByTestId("answer").waitFor();
    await expectAllLooks(page, "Store by store");
    expect(browser.faults.slice(faultsBefore)).toEqual([]);
  });

  it("is printed in light, whole, and without what paper cannot do; a chart is saved as a picture", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open(`/omnichannel/pickup?${WINDOW}`);
    await card("Week by week").locator(".recharts-surface").waitFor();
    const faultsBefore = browser.faults.length;
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as picture: Week by week" }).click(),
    ]);
    expect(browser.faults.slice(faultsBefore)).toEqual([]);
    expect(download.suggestedFilename()).toBe("week-by-week.png");
    const { width } = PNG.sync.read(readFileSync(await download.path()));
    expect(width).toBe(2 * Math.round((await card("Week by week").boundingBox())!.width));
    await page.emulateMedia({ media: "print" });
    await page.locator('html[data-theme="light"]').waitFor();
    expect(await page.locator("nav[aria-label=Pages], .chart-tools").filter({ visible: true }).count()).toBe(
      0,
    );
    const paper = await page.evaluate(() => document.querySelector(".page-scroll")!.getBoundingClientRect());
    expect(paper.height).toBeGreaterThan(page.viewportSize()!.height);
    await page.emulateMedia({ media: null, colorScheme: "light" });
  });

  it("an order that nobody has is said to be none; without open orders the page says so", async () => {
    await open("/orders");
    await page.getByText("No such orders").waitFor();
    await onSlowMachine(page, async () => {
      await page.getByLabel("State").selectOption("must_tell");
      await page.getByLabel("Method").selectOption("pickup");
      await page.waitForURL(/state=must_tell&method=pickup$/);
    });
    const number = page.getByLabel("Open an order by its number");
    await number.pressSequentially("no-such", { delay: 150 });
    expect(new URL(page.url()).pathname, "before Enter").toBe("/orders");
    await number.pressSequentially("-order\n");
    await page.getByText("No order has this number").waitFor();
    expect(new URL(page.url()).pathname).toBe("/orders/no-such-order");
  });
});

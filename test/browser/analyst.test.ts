import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { type Api, createApi } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { importText } from "../support/import-text.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";
import { onSlowMachine } from "../support/slow-machine.ts";
import { untilAsync } from "../support/until.ts";

const DAYS = 90;
const CHANNELS = ["web", "app", "store"] as const;
/** Takes minutes of a core: it is there to be stopped. */
const ENDLESS = "SELECT count() FROM numbers(9000000000) WHERE sipHash64(number) = 1";

/** Two orders a day in turning channels, from 2026-01-01. */
function orders(): string {
  const lines = ["orderId,code,quantity,orderedAt,unitPrice,customerId,channel"];
  for (let n = 0; n < DAYS * 2; n += 1) {
    const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(n / 2), 10)).toISOString();
    lines.push(`o${n},A${n % 5},${(n % 3) + 1},${day},${10 + (n % 7)},c${n % 40},${CHANNELS[n % 3]}`);
  }
  return `${lines.join("\n")}\n`;
}

describe("the analyst's pages", () => {
  let system: StartedSystem;
  let api: Api;
  let browser: DashboardBrowser;
  let page: Page;

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("dashboard-analyst");
    const db = await openDatabase({ dataDirectory });
    await importText(db, "orders", orders(), { source: "shop", currency: "EUR", timeZone: "UTC" });
    await db.close();
    system = await startSystem(dataDirectory);
    api = createApi(system);
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: system.url });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await signInAs("analyst");
  });
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  async function signInAs(role: "analyst" | "merchandiser"): Promise<void> {
    await page.context().clearCookies();
    const { token } = await api<{ token: string }>("POST", "/v1/keys", { role, name: role });
    await page.goto(system.url);
    await page.getByLabel("Key").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Pages" }).first().waitFor();
  }

  const open = (path: string) => page.goto(`${system.url}${path}`);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const rows = () => page.getByTestId("result-row");
  const untilRows = (count: number) => expect.poll(() => rows().count()).toBe(count);
  const editor = () => page.getByTestId("sql-text");

  /**
   * Types a query in place of what stands there. That is deleted first: where text replaces text, Chromium itself writes an inline style
   * (of the word that was there), which the policy refuses.
   */
  async function write(sql: string): Promise<void> {
    await editor().click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(sql);
  }
  async function run(sql: string): Promise<void> {
    await write(sql);
    // On a busy machine the page may still be on its way to showing what was typed, and the focus elsewhere.
    await expect.poll(() => editor().textContent()).toContain(sql.slice(0, 12));
    await editor().press("Control+Enter");
  }

  it("an analyst signs in with the key, and finds reports and SQL and nothing that is not open", async () => {
    await page.getByRole("heading", { name: "Reports", level: 1 }).waitFor();
    const nav = page.getByRole("navigation", { name: "Pages" }).first();
    expect(await nav.getByRole("link").allTextContents()).toEqual([
      "Customers, channels",
      "Accuracy",
      "Reports",
      "SQL",
    ]);
    await open("/stock");
    await page.waitForURL(`${system.url}/analyst/reports`);
    expect(browser.faults.filter((fault) => !fault.includes("401"))).toEqual([]);
  });

  it("a report is found by its KPI, asked by its form, and asked the same by its address", async () => {
    const { items } = await api<{ items: { kpis: string[] }[] }>("GET", "/v1/reports");
    const ofRetention = items.filter(({ kpis }) => kpis.includes("K7"));
    expect(ofRetention.length).toBeGreaterThan(0);
    await page.getByRole("searchbox").fill("K7");
    const cards = page.getByTestId("report-card");
    await expect.poll(() => cards.count()).toBe(ofRetention.length);
    expect(await cards.filter({ hasText: "K7" }).count()).toBe(ofRetention.length);
    // Each pause is long enough for what stands there to be searched for.
    await onSlowMachine(page, async () => {
      const search = page.getByRole("searchbox");
      await search.clear();
      await search.pressSequentially("retention by", { delay: 150 });
      await page.waitForURL(/q=retention\+by$/);
      expect(await search.inputValue()).toBe("retention by");
    });
    await open("/analyst/reports/sales-by-period");
    await page.getByRole("form", { name: "Parameters" }).waitFor();
    await page.getByLabel("from").fill("2026-01-01");
    await page.getByLabel("to", { exact: true }).fill("2026-04-01");
    await page.getByLabel("period").selectOption("month");
    await button("Ask").click();
    await page.waitForURL(/period=month/);
    await untilRows(3);
    const answer = await api<{ rows: { sales: string; orders: number }[] }>(
      "GET",
      "/v1/reports/sales-by-period?from=2026-01-01&to=2026-04-01&period=month",
    );
    const first = await rows().first().textContent();
    expect(first).toContain(
      Number(answer.rows[0]!.sales).toLocaleString("en-US", { maximumFractionDigits: 2 }),
    );
    await page
      .getByRole("region", { name: "orders by period" })
      .locator("svg.recharts-surface")
      .first()
      .waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    expect(csv.trimEnd().split("\n")).toHaveLength(4);
    await expectAllLooks(page, "The SQL that made these figures");
  });

  it("a report's SQL opens in the editor with its values, and is not run before somebody says so", async () => {
    await button("Open its SQL").click();
    await page.getByText("This query came with a link").waitFor();
    expect(await page.getByLabel("period", { exact: true }).inputValue()).toBe("month");
    expect(await rows().count()).toBe(0);
    await button("Run").click();
    await untilRows(3);
  });

  it("names are completed from what is open: tables, columns of the table at hand, functions", async () => {
    await open("/analyst/sql");
    await button("Tables").click();
    await page.getByText("sales_lines", { exact: true }).waitFor();
    await write("SELECT uniqEx");
    await page.keyboard.press("Control+Space");
    await page
      .getByRole("option", { name: /uniqExact/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("order_id) FROM all_order_l");
    await page.getByRole("option", { name: /all_order_lines/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type(" WHERE chan");
    await page
      .getByRole("option", { name: /channel/ })
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await run("SELECT uniqExact(order_id) AS orders FROM all_order_lines");
    await expect.poll(() => rows().allTextContents()).toEqual([String(DAYS * 2)]);
  });

  it("an error is told in ClickHouse's words, and marked at its place", async () => {
    await run("SELECT channel,\n  nope\nFROM all_order_lines");
    await page.getByRole("alert").getByText("UNKNOWN_IDENTIFIER").waitFor();
    expect(await page.locator(".cm-sql-error").textContent()).toBe("nope");
    await button("Line 2, column 3").click();
    await page.keyboard.type("quantity AS ");
    await run("SELECT * FROM api_keys");
    await page.getByText("Table api_keys is not open to analysts: it holds the hashes of keys").waitFor();
  });

  it("a query that goes on is cancelled, on the server too", async () => {
    await run(ENDLESS);
    await page.getByText("Runs, or waits for its turn").waitFor();
    const running = async () => await (await fetch(`${system.url}/metrics`)).text();
    await expect.poll(running).toMatch(/onhand_sql_running\{state="running"\} 1/);
    await button("Cancel").click();
    await page.getByText("The query was stopped, on the server too.").waitFor();
    await expect.poll(running).toMatch(/onhand_sql_running\{state="running"\} 0/);
  });

  it("of many rows the first are shown, and said to be; an export has all of them", async () => {
    await run("SELECT number AS n, toString(number) AS text FROM numbers(200000)");
    await page.getByText("The first 10,000 rows are shown; an export has all of them.").waitFor();
    expect(await rows().count()).toBeLessThan(80);
    // Pressed until it moves: Chromium drops the scroll of a key that comes before its compositor drew the table (`scrollend` comes, no
    // `scroll` before it), which is after the table is there and before anybody could see it.
    await untilAsync("the last row is shown", async () => {
      await page.getByRole("region", { name: "Rows of the result" }).press("End");
      return (await rows().last().textContent()) === "99999999";
    });
    const download = page.waitForEvent("download");
    await button("CSV").click();
    const csv = readFileSync(await (await download).path(), "utf8")
      .trimEnd()
      .split("\n");
    expect(csv).toHaveLength(200_001);
    expect(csv.at(-1)).toBe('199999,"199999"');
  });

  it("values become fields, a chart is drawn, and the link brings all of it back without running it", async () => {
    await run(
      "SELECT toDate(ordered_at) AS day, sum(quantity) AS units FROM all_order_lines WHERE channel = {channel:String} GROUP BY day ORDER BY day",
    );
    await page.getByText("Substitution `channel` is not set").waitFor();
    await page.getByLabel("channel", { exact: true }).fill("web");
    await button("Run").click();
    await rows().first().waitFor();
    await button("Chart").click();
    await page
      .getByRole("region", { name: "units by day" })
      .locator("svg.recharts-surface")
      .first()
      .waitFor();
    await page.getByLabel("Chart", { exact: true }).selectOption("bar");
    await button("Copy link").click();
    await page.getByText("The link is copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByText("This query came with a link").waitFor();
    expect(await page.getByLabel("channel", { exact: true }).inputValue()).toBe("web");
    expect(await editor().textContent()).toContain("sum(quantity) AS units");
    expect(sent.filter((each) => each.includes("param_channel"))).toEqual([]);
    expect(sent.filter((each) => each.includes("sum("))).toEqual([]);
    await button("Run").click();
    await page.getByRole("region", { name: "units by day" }).waitFor();
    expect(await page.getByLabel("Chart", { exact: true }).inputValue()).toBe("bar");
  });

  it("the history brings a query back, and samples are there to begin from", async () => {
    await run("SELECT 2 AS two");
    await untilRows(1);
    await write("SELECT 3");
    await button("History").click();
    await page.getByRole("button", { name: /SELECT 2 AS two/ }).click();
    await expect.poll(() => editor().textContent()).toContain("SELECT 2 AS two");
    await button("Samples").click();
    await page.locator(".sql-samples button").first().click();
    await expect.poll(() => editor().textContent()).toContain("FROM");
    await run("SELECT 1 AS one");
    await rows().first().waitFor();
    await expectAllLooks(page, "1 row");
  });

  it("a merchandiser reads the reports, and is told who may ask in SQL", async () => {
    await signInAs("merchandiser");
    await open("/analyst/sql");
    await page.getByText("SQL is for analysts").waitFor();
    await open("/analyst/reports");
    await page.getByTestId("report-card").first().waitFor();
    await expectAllLooks(page, "Customers and sales");
  });

  it("nothing of it breaks the content security policy", () => {
    expect(browser.faults.filter((fault) => !fault.startsWith("Failed to load resource"))).toEqual([]);
  });
});

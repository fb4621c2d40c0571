import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadHistory } from "../../cli/roles/demo-history/load-history.ts";
import { createChain } from "../../simulators/chain/create-chain.ts";
import { createHistory } from "../../simulators/history/create-history.ts";
import { demo } from "../../simulators/scenarios/demo.ts";
import { openDatabase } from "../../sql/client.ts";
import { createApi } from "../support/api.ts";
import { type DashboardBrowser, openDashboardBrowser } from "../support/dashboard-browser.ts";
import { GIVEN_CLOCK, GIVEN_NOW_MS, stopClock } from "../support/given-clock.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { figuresOfNoReport } from "../support/shown-figures.ts";
import { createPageWalk } from "../support/walk-pages.ts";
import { NOTHING_WRONG, REPORT_PAGES } from "../support/walked-pages.ts";

const DAY_MS = 86_400_000;

/** Light and dark on a phone, a tablet and a desk, with the customers and orders of a hundred days. */
describe("every page of reports", () => {
  let system: StartedSystem;
  let browser: DashboardBrowser;
  let walk: ReturnType<typeof createPageWalk>;

  async function writePast(dataDirectory: string): Promise<void> {
    const { products, locations } = createChain({ ...demo, products: 20, stores: 2 }, 1);
    const history = createHistory({
      seed: 11,
      endMs: Math.floor(GIVEN_NOW_MS / DAY_MS) * DAY_MS,
      days: 100,
      shoppers: 150,
      guestsPerStoreDay: 1,
      products,
      locations,
    });
    const db = await openDatabase({ dataDirectory });
    const { signal } = new AbortController();
    await loadHistory({ db, history, nowMs: GIVEN_NOW_MS, signal });
    await db.close();
  }

  beforeAll(async () => {
    const dataDirectory = migratedDirectory("page-walk-reports");
    await writePast(dataDirectory);
    system = await startSystem(dataDirectory, { env: GIVEN_CLOCK });
    browser = await openDashboardBrowser();
    await stopClock(browser.page);
    walk = createPageWalk(browser, { ask: createApi(system), isPictured: true });
    await browser.page.goto(system.loginUrl);
    await browser.page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  it.each(REPORT_PAGES)(`%s ${NOTHING_WRONG}`, { timeout: 120_000 }, async (address) => {
    expect(await walk.problemsOfAllParts(address)).toEqual([]);
  });

  it(`a report ${NOTHING_WRONG}`, async () => {
    expect(await walk.problemsAt("/analyst/reports/sales-by-period", { shows: "main form" })).toEqual([]);
  });

  it("figures by the hundred were compared with the reports' answers", () => {
    expect(walk.figures()).toBeGreaterThan(300);
  });

  it("a figure that is not its report's is found: in a card, a sentence, a table and a funnel", async () => {
    const { page } = browser;
    const problems = async () => (await figuresOfNoReport(page, createApi(system))).problems;
    await page.goto(`${system.url}/omnichannel/pickup?compare=previous`);
    await page.locator('[aria-label="Collected"] .kpi-change').waitFor();
    await page.locator('[aria-label="Pickups of each store"]').waitFor();
    await page.locator(".funnel").waitFor();
    expect(await problems()).toEqual([]);

    await page.evaluate(() => {
      const at = (selector: string) => document.querySelector(`main ${selector}`) as HTMLElement;
      // The figure of another column of the same report.
      at('[aria-label="Collected"] .kpi-value').textContent = at(
        '[aria-label="Never collected"] .kpi-value',
      ).textContent;
      for (const selector of [
        ".answer",
        '[aria-label="Ready when promised"] .kpi-change',
        '[aria-label="Online orders that are picked up"] .kpi-n',
        '[aria-label="Pickups of each store"] td.number',
        ".funnel strong",
      ]) {
        at(selector).textContent = "12,345";
      }
    });
    const found = (await problems()).join("\n");
    for (const title of [
      "Collected",
      "Ready when promised",
      "Online orders that are picked up",
      "Store by store, the least punctual first",
      "From placed to collected",
      "12,345",
    ]) {
      expect(found).toMatch(new RegExp(`^${title}: .* is not in /v1/reports/`, "m"));
    }
  });
});

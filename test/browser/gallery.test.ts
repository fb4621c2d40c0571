import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accessibilityProblems,
  type DashboardBrowser,
  openDashboardBrowser,
  overflow,
} from "../support/dashboard-browser.ts";
import { expectGolden, LOOKS, showIn } from "../support/goldens.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";

/** Every component in every state: the page that pictures are kept of. Its figures are fixtures; nothing is stored. */
describe("the gallery", () => {
  let system: StartedSystem;
  let browser: DashboardBrowser;

  beforeAll(async () => {
    system = await startSystem(migratedDirectory("gallery"));
    browser = await openDashboardBrowser();
    await browser.page.emulateMedia({ reducedMotion: "reduce" });
    await browser.page.goto(system.loginUrl);
    await browser.page.goto(`${system.url}/gallery`);
    await browser.page.getByRole("heading", { name: "Gallery" }).waitFor();
    await browser.page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    await browser.page.locator(".recharts-surface").nth(7).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  for (const look of LOOKS) {
    const name = `${look.theme}-${look.widthPx}`;
    it(`looks as it did, is accessible and no wider than its window: ${name}`, async () => {
      const { page } = browser;
      await showIn(page, look, { isWhole: true });
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityProblems(page, look.widthPx === 1024 ? "colours" : "all")).toEqual([]);
      await expectGolden(page, `gallery/${name}`);
    });
  }

  it("nothing was refused by the content security policy or thrown", () => {
    expect(browser.faults).toEqual([]);
  });
});

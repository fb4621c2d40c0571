import type { Page, Request } from "playwright-core";
import { accessibilityProblems, overflow } from "./dashboard-browser.ts";
import { LOOKS, showIn } from "./goldens.ts";
import { untilAsync } from "./until.ts";

/** What stands where something is on its way. */
const UNFINISHED = ".skeleton, .kpi-skeleton, .plot-skeleton, [aria-busy=true]";
const PARTS = "nav.tabs a, nav.list-tabs a";
/** One that is slower than this, on a machine that does other things too, hangs. */
const FINISHED_MS = 60_000;

/**
 * Goes from page to page of a dashboard that is loaded and signed in, without loading it anew, and says what is wrong with each
 * in all looks. `faults`: what the browser has complained of so far.
 */
export function createPageWalk({ page, faults }: { page: Page; faults: readonly string[] }) {
  const asked = new Set<Request>();
  const forget = (request: Request) => asked.delete(request);
  page.on("request", (request) => asked.add(request));
  page.on("requestfinished", forget);
  page.on("requestfailed", forget);

  async function open(address: string, shows: string | undefined): Promise<void> {
    await page.evaluate((to) => {
      if (location.pathname === to) return;
      // The last page stays until the next one's script is there: this mark goes with it.
      document.querySelector("main h1")?.toggleAttribute("data-left", true);
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
    // Between parts of a page its heading stays.
    const come = shows ?? `main:not(:has([data-left])) h1, :is(${PARTS})[aria-current][href="${address}"]`;
    await page.locator(come).first().waitFor();
    await untilAsync(
      `${address} has all that it asked for`,
      async () => asked.size === 0 && (await page.locator(UNFINISHED).count()) === 0,
      FINISHED_MS,
    );
  }

  async function problemsInLooks(): Promise<string[]> {
    const found: string[] = [];
    for (const look of LOOKS) {
      await showIn(page, look);
      const problems: string[] = [];
      const excess = await overflow(page);
      if (excess > 0) problems.push(`${excess} px wider than its window`);
      // All rules once, and then the colours of the other theme.
      if (look.widthPx === 1680) {
        problems.push(...(await accessibilityProblems(page, look.theme === "light" ? "all" : "colours")));
      }
      found.push(...problems.map((problem) => `${look.theme}, ${look.widthPx} px: ${problem}`));
    }
    return found;
  }

  /** `shows`: the selector of what stands there when the page has what it is about. */
  async function problemsAt(address: string, shows?: string): Promise<string[]> {
    const before = faults.length;
    await open(address, shows);
    const found = await problemsInLooks();
    const headings = await page.locator("h1").filter({ visible: true }).allTextContents();
    if (headings.length !== 1) found.push(`main headings: ${JSON.stringify(headings)}`);
    found.push(...faults.slice(before));
    return found.map((problem) => `${address}: ${problem}`);
  }

  const hrefs = (links: string): Promise<string[]> =>
    page.locator(links).evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));

  return {
    problemsAt,

    /** The same of a page and of each of its parts. */
    async problemsOfAllParts(address: string): Promise<string[]> {
      const found = await problemsAt(address);
      const shown = new URL(page.url()).pathname;
      for (const part of await hrefs(PARTS)) {
        if (part !== shown) found.push(...(await problemsAt(part)));
      }
      return found;
    },

    /** Where the navigation leads to. */
    offered: () => hrefs('nav[aria-label="Pages"] a'),
  };
}

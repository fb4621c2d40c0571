import type { Page, Request } from "playwright-core";
import type { Api } from "./api.ts";
import { accessibilityProblems, cutOff, cutTables, tooWide } from "./dashboard-browser.ts";
import { goldenProblem, LOOKS, type Look, showIn } from "./goldens.ts";
import { figuresNotOfApi } from "./live-figures.ts";
import { figuresOfNoReport } from "./shown-figures.ts";
import { OF_THE_MACHINE, withSteadyText } from "./steady-text.ts";
import { untilAsync } from "./until.ts";

/** What stands where something is on its way. */
const UNFINISHED = ".skeleton, .kpi-skeleton, .plot-skeleton, [aria-busy=true]";
const PARTS = "nav.tabs a, nav.list-tabs a";
/** One that is slower than this, on a machine that does other things too, hangs. */
const FINISHED_MS = 60_000;
/** Of a longer page the picture holds this much. */
const PICTURE_PX = 1600;

const nameOf = (address: string) =>
  address === "/" ? "home" : address.slice(1).replaceAll(/[^a-z0-9]+/gi, "-");

/**
 * Goes from page to page of a dashboard that is loaded and signed in, without loading it anew, and says what is wrong with each
 * in all looks. `faults`: what the browser has complained of so far. `ask`: the API, whose reports' answers the figures are compared
 * with; `isLive`: and its other answers, which tables and lists are compared with. `isPictured`: the clock is given, so that pages are compared with the pictures kept of them.
 */
export function createPageWalk(
  { page, faults }: { page: Page; faults: readonly string[] },
  { ask, isLive = false, isPictured = false }: { ask?: Api; isLive?: boolean; isPictured?: boolean } = {},
) {
  let figures = 0;
  let axeMs = 0;
  const asked = new Set<Request>();
  const forget = (request: Request) => asked.delete(request);
  page.on("request", (request) => asked.add(request));
  page.on("requestfinished", forget);
  page.on("requestfailed", forget);

  async function open(address: string, shows?: string): Promise<void> {
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

  async function problemsIn(look: Look, name: string): Promise<string[]> {
    await showIn(page, look, isPictured ? { isWhole: true, longestPx: PICTURE_PX } : {});
    const problems: string[] = [];
    problems.push(...(await tooWide(page)), ...(await cutOff(page)));
    // All rules at each width, as each shows other parts of a page; of the other theme its colours, once.
    if (look.theme === "light" || look.widthPx === 1680) {
      const begunMs = performance.now();
      problems.push(...(await accessibilityProblems(page, look.theme === "light" ? "all" : "colours")));
      axeMs += performance.now() - begunMs;
    }
    if (isPictured) {
      const picture = `pages/${name}/${look.theme}-${look.widthPx}`;
      const problem = await withSteadyText(page, () =>
        goldenProblem(page, picture, { isCoarse: true, mask: OF_THE_MACHINE }),
      );
      if (problem !== null) problems.push(problem);
    }
    return problems.map((problem) => `${look.theme}, ${look.widthPx} px: ${problem}`);
  }

  /** `shows`: the selector of what stands there when the page has what it is about. `name`: of its pictures, if not its address. */
  async function problemsAt(
    address: string,
    { shows, name = nameOf(address) }: { shows?: string; name?: string | undefined } = {},
  ): Promise<string[]> {
    const before = faults.length;
    await open(address, shows);
    const found = await cutTables(page);
    for (const look of LOOKS) found.push(...(await problemsIn(look, name)));
    for (const compare of isLive ? [figuresOfNoReport, figuresNotOfApi] : [figuresOfNoReport]) {
      if (ask === undefined) break;
      const { checked, problems } = await compare(page, ask);
      figures += checked;
      found.push(...problems);
    }
    const headings = await page.locator("h1").filter({ visible: true }).allTextContents();
    if (headings.length !== 1) found.push(`main headings: ${JSON.stringify(headings)}`);
    found.push(...faults.slice(before));
    return found.map((problem) => `${address}: ${problem}`);
  }

  const hrefs = (links: string): Promise<string[]> =>
    page.locator(links).evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));

  return {
    problemsAt,

    /** How many figures were compared with the API's answers so far. */
    figures: () => figures,

    /** How long axe has looked in all so far. */
    axeMs: () => Math.round(axeMs),

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

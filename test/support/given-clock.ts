import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";

const clock = pathToFileURL(resolve(import.meta.dirname, "slow-clock.mjs")).href;

/** The moment at which everything that pictures are kept of happens: a Thursday morning. */
export const GIVEN_NOW_MS = Date.UTC(2026, 2, 12, 10);

/** Settings for `startSystem`: the program believes that it is `GIVEN_NOW_MS`. */
export const GIVEN_CLOCK = { NODE_OPTIONS: `--import=${clock}`, GIVEN_START_MS: String(GIVEN_NOW_MS) };

/** The browser's clock stands still a minute later: no age changes while a page is looked at. Timers run. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.setFixedTime(GIVEN_NOW_MS + 60_000);
}

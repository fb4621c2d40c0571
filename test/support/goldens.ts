import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { coarsePicture } from "./coarse-picture.ts";
import { untilStill } from "./dashboard-browser.ts";

const root = resolve(import.meta.dirname, "../..");
const kept = (name: string) => resolve(root, "test/goldens", `${name}.png`);
const made = (name: string, what: "new" | "diff") => resolve(root, "dist/goldens", `${name}.${what}.png`);

/** `ONHAND_GOLDENS=write` keeps what is seen instead of comparing it: `npm run goldens`. */
const isWriting = process.env["ONHAND_GOLDENS"] === "write";

/** How far a pixel's colour may be off, 0 to 1: letters are smoothed a little differently from one machine to the next. */
const COLOUR_TOLERANCE = 0.12;
/** The share of pixels that may differ by more. A moved line of text is already more. */
const DIFFERING_SHARE = 0.001;

/** The looks that every page is seen in: phone, tablet and desk, light and dark. */
export const LOOKS = (["light", "dark"] as const).flatMap((theme) =>
  ([390, 1024, 1680] as const).map((widthPx) => ({ theme, widthPx })),
);
export type Look = (typeof LOOKS)[number];

const HEIGHT_PX = { 390: 844, 1024: 768, 1680: 1050 } as const;
/** A page that is longer is seen to here. */
const LONGEST_PX = 8_000;

/**
 * Shows the page at hand in a look. `isWhole`: the window grows until nothing scrolls up and down, so that the picture holds all of
 * the page, or `longestPx` of it.
 */
export async function showIn(
  page: Page,
  { theme, widthPx }: Look,
  { isWhole = false, longestPx = LONGEST_PX } = {},
): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.setViewportSize({ width: widthPx, height: HEIGHT_PX[widthPx] });
  await page.locator(`html[data-theme="${theme}"]`).waitFor();
  if (isWhole) {
    // What a chart or a table needs is known after it is drawn as wide as it now is.
    for (let hidden = await hiddenPx(page), step = 0; hidden > 0 && step < 4; step += 1) {
      const height = Math.min(longestPx, (page.viewportSize()?.height ?? 0) + hidden);
      await page.setViewportSize({ width: widthPx, height });
      hidden = await hiddenPx(page);
    }
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await untilStill(page);
}

/** By how many pixels the page's content is higher than what is seen of it. */
async function hiddenPx(page: Page): Promise<number> {
  await untilStill(page);
  return page.evaluate(() => {
    const scrolling = document.querySelector(".page-scroll") ?? document.documentElement;
    return scrolling.scrollHeight - scrolling.clientHeight;
  });
}

/**
 * Compares what the page shows with `test/goldens/{name}.png`, such as `gallery/dark-390`. Where it differs, what was seen and a
 * picture of the differences lie in `dist/goldens`. `mask`: selectors of what is never the same, such as ages.
 */
export async function expectGolden(page: Page, name: string, options: { mask?: string[] } = {}) {
  const problem = await goldenProblem(page, name, options);
  if (problem !== null) expect.fail(problem);
}

/** The same as a sentence; null when it is as it was. `isCoarse`: the picture is kept with fewer colours. */
export async function goldenProblem(
  page: Page,
  name: string,
  { mask = [], isCoarse = false }: { mask?: string[]; isCoarse?: boolean } = {},
): Promise<string | null> {
  const seen = await page.screenshot({
    animations: "disabled",
    caret: "hide",
    mask: mask.map((selector) => page.locator(selector)),
    maskColor: "#808080",
  });
  if (isWriting) {
    write(
      kept(name),
      isCoarse ? coarsePicture(seen) : PNG.sync.write(PNG.sync.read(seen), { deflateLevel: 9 }),
    );
    return null;
  }
  const problem = compare(name, seen);
  if (problem === null) {
    for (const what of ["new", "diff"] as const) rmSync(made(name, what), { force: true });
    return null;
  }
  write(made(name, "new"), seen);
  return `${name}: ${problem}. See dist/goldens/${name}.new.png; if it is as it should be: npm run goldens`;
}

function compare(name: string, seen: Buffer): string | null {
  if (!existsSync(kept(name))) return "there is no such picture in test/goldens";
  const golden = PNG.sync.read(readFileSync(kept(name)));
  const now = PNG.sync.read(seen);
  const { width, height } = golden;
  if (now.width !== width || now.height !== height) {
    return `it is ${now.width} × ${now.height} pixels, and was ${width} × ${height}`;
  }
  const allowed = DIFFERING_SHARE * width * height;
  if (pixelsNotNear(golden.data, now.data) <= allowed) return null;
  const diff = new PNG({ width, height });
  const differing = pixelmatch(golden.data, now.data, diff.data, width, height, {
    threshold: COLOUR_TOLERANCE,
  });
  if (differing <= allowed) return null;
  write(made(name, "diff"), PNG.sync.write(diff));
  return `${differing} pixels differ`;
}

/** When each of red, green and blue is off by no more, of 255, the colour is within `COLOUR_TOLERANCE` by pixelmatch's formula. */
const NEAR = 20;

/** How many pixels may differ at the most: in a tenth of the time in which pixelmatch says how many do. */
function pixelsNotNear(golden: Uint8Array, now: Uint8Array): number {
  const isNear = (at: number) => Math.abs((golden[at] ?? 0) - (now[at] ?? 0)) <= NEAR;
  let count = 0;
  for (let at = 0; at < golden.length; at += 4) {
    const isSure = isNear(at) && isNear(at + 1) && isNear(at + 2) && golden[at + 3] === now[at + 3];
    if (!isSure) count += 1;
  }
  return count;
}

function write(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export type DashboardBrowser = {
  page: Page;
  /** What the pages threw or wrote to the console as an error. */
  faults: string[];
  close(): Promise<void>;
};

/** A browser with one page of the width of a desk. */
export async function openDashboardBrowser(): Promise<DashboardBrowser> {
  const browser = await openBrowser({ width: 1440, height: 900 });
  const page = await browser.context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} ${message.location().url}`);
  });
  return { page, faults, close: browser.close };
}

/**
 * Resolves when no colour or place is on its way to another: what is measured before may be of neither end. The page has
 * to draw twice first: with the one it finds that the theme has changed, with the other it tells its scripts, which begin the
 * transitions. What runs without end is not waited for.
 */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const drawnTwice = async () => {
      await frame();
      await frame();
    };
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === "running" && Number.isFinite(Number(effect?.getComputedTiming().endTime)),
        );
    await drawnTwice();
    for (let running = moving(); running.length > 0; running = moving()) {
      // One that is cancelled rejects.
      await Promise.allSettled(running.map((animation) => animation.finished));
      await drawnTwice();
    }
  });
}

const ALL_RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** Those of them that look at colours: all that can tell one theme of a page from another. */
const COLOUR_RULES = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** Problems that axe finds against WCAG 2.2 A and AA, by rule and place, once the page is still. */
export async function accessibilityProblems(page: Page, which: "all" | "colours" = "all"): Promise<string[]> {
  await untilStill(page);
  // To load it takes as long as to run it.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(
    async (runOnly) => {
      type Axe = {
        run(options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
      };
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0]?.target)}`);
    },
    which === "all" ? ALL_RULES : COLOUR_RULES,
  );
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * What is wider than the window or the part of the page that it stands in, by how many pixels. Tables and tabs in a labelled place
 * that the keyboard reaches may be scrolled sideways, and what ends in an ellipsis says so.
 */
export async function tooWide(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const isMeant = (element: Element) =>
      !element.matches(".page-body, .page-scroll") &&
      element.closest("nav, [aria-label][tabindex='0'], section[aria-label] > [tabindex='0']") !== null;
    return [...document.querySelectorAll<HTMLElement>("html, body *")]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth)
      .filter((element) => {
        const { overflowX, textOverflow } = getComputedStyle(element);
        if (element === document.documentElement) return true;
        return overflowX !== "visible" && textOverflow !== "ellipsis" && !isMeant(element);
      })
      .map((element) => {
        const name = `${element.localName}${[...element.classList].map((each) => `.${each}`).join("")}`;
        return `${name} is ${element.scrollWidth - element.clientWidth} px wider than its place`;
      });
  });
  return [...new Set(found)];
}

/** Tables that would have to be scrolled sideways at widths between those of the pictures, where two panels stand in a row. */
export async function cutTables(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [960, 1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const cut = await page
      .locator(".data-panel")
      .evaluateAll((panels) =>
        panels
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(
            (panel) => `${panel.getAttribute("aria-label")} by ${panel.scrollWidth - panel.clientWidth} px`,
          ),
      );
    found.push(...cut.map((table) => `${width} px: a table is cut off: ${table}`));
  }
  return found;
}

/** Links to the page at hand that are cut off by the row that they stand in. */
export async function cutOff(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll("nav [aria-current]")].flatMap((link) => {
      const row = link.closest("nav")?.getBoundingClientRect();
      const { left, right, width } = link.getBoundingClientRect();
      const isWhole = row === undefined || width === 0 || (left >= row.left - 1 && right <= row.right + 1);
      return isWhole ? [] : [`the link to ${link.textContent} is cut off`];
    }),
  );
}

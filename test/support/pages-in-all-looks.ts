import { expect } from "vitest";
import type { Page } from "playwright-core";
import { accessibilityProblems, overflow } from "./dashboard-browser.ts";

/** Expects the page at hand, showing `words`, to be accessible in light and dark, and no wider than a phone. */
export async function expectAllLooks(page: Page, words: string): Promise<void> {
  await page.getByText(words).filter({ visible: true }).first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator('html[data-theme="dark"]').waitFor();
  const inDark = await accessibilityProblems(page, "colours");
  await page.emulateMedia({ colorScheme: "light" });
  expect(inDark).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

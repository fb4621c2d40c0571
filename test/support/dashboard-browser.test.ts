import { afterAll, beforeAll, expect, it } from "vitest";
import { accessibilityProblems, type DashboardBrowser, openDashboardBrowser } from "./dashboard-browser.ts";

let browser: DashboardBrowser;

beforeAll(async () => {
  browser = await openDashboardBrowser();
});
afterAll(() => browser?.close());

/** Follows the system's theme as the dashboard does, slowly. */
const page = (darkText: string) => `<!doctype html><html lang="en"><title>Test</title><style>
  body { background: white; color: #333 }
  body.dark { background: black; color: ${darkText} }
  body { transition: color 1s cubic-bezier(1, 0, 1, 0.1) }
  i { animation: turn 1s infinite } @keyframes turn { to { rotate: 1turn } }
  </style><main><h1>Test</h1><p>Readable <i></i></p></main><script>
  matchMedia("(prefers-color-scheme: dark)").onchange = ({ matches }) => document.body.classList.toggle("dark", matches);
  </script></html>`;

it("colours are judged when they have come to rest, and what moves without end is not waited for", async () => {
  await browser.page.setContent(page("white"));
  await browser.page.emulateMedia({ colorScheme: "dark" });
  await browser.page.locator("body.dark").waitFor();
  expect(await accessibilityProblems(browser.page, "colours")).toEqual([]);
});

it("text that cannot be read against its ground is found", async () => {
  await browser.page.emulateMedia({ colorScheme: "light" });
  await browser.page.setContent(page("#222"));
  await browser.page.emulateMedia({ colorScheme: "dark" });
  const found = [expect.stringContaining("color-contrast")];
  expect(await accessibilityProblems(browser.page)).toEqual(found);
  expect(await accessibilityProblems(browser.page, "colours")).toEqual(found);
});

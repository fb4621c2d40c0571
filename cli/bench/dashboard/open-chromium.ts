import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { MissingPartError } from "../benchmark.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
];

/** The machine's Chromium (`CHROMIUM`, else Debian's), driven by the development dependency playwright-core. */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new MissingPartError(
      `There is no Chromium at ${executablePath}. Install it (Debian, Ubuntu: apt-get install chromium), or name it in CHROMIUM.`,
    );
  }
  const playwright = await import("playwright-core").catch(() => null);
  if (playwright === null) {
    throw new MissingPartError("playwright-core, a development dependency, is not installed: npm install");
  }
  return playwright.chromium.launch({ executablePath, args: FLAGS });
}

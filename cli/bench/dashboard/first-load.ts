import type { Browser } from "playwright-core";
import { z } from "zod";

/** Compressed bytes of scripts, and when the largest thing was painted, from an empty cache. `shift`: the page's CLS. */
export type FirstLoad = { scriptBytes: number; allBytes: number; largestPaintMs: number; shift: number };

/** 4G as WebPageTest has it: 9 Mbit/s each way, 170 ms from question to answer. */
const BYTES_PER_SECOND = 9_000_000 / 8;
const LATENCY_MS = 170;
const SETTLE_MS = 3_000;

const OBSERVE = `
globalThis.benchPaint = { largestMs: 0, shift: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.benchPaint.largestMs = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.benchPaint.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
`;

/** Opens the first page as a new visitor who is signed in, over a simulated 4G. */
export async function measureFirstLoad(browser: Browser, url: string, key: string): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await context.request.post(`${url}/v1/session`, { data: { key } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    const types = new Map<string, string>();
    const bytes = { script: 0, all: 0 };
    devtools.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      bytes.all += encodedDataLength;
      if (types.get(requestId) === "Script") bytes.script += encodedDataLength;
    });
    await page.addInitScript(OBSERVE);
    await page.goto(url, { waitUntil: "load" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(SETTLE_MS);
    const paint = z
      .object({ largestMs: z.number(), shift: z.number() })
      .parse(await page.evaluate("globalThis.benchPaint"));
    return {
      scriptBytes: bytes.script,
      allBytes: bytes.all,
      largestPaintMs: paint.largestMs,
      shift: paint.shift,
    };
  } finally {
    await context.close();
  }
}

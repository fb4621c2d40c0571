import type { Page } from "playwright-core";
import { z } from "zod";
import { percentile } from "../statistics.ts";

/** `perSecond`: frames that the page had time for. `slowestMs`, `p95Ms`: from one frame to the next. */
export type Frames = { perSecond: number; p95Ms: number; slowestMs: number };

/** In the page: stamps of all frames of so many ms; with `stepPx` the table is scrolled by as much each frame, back at its end. */
const COUNT = `async ([durationMs, stepPx]) => {
  const table = document.querySelector(".stock-table");
  const stamps = [];
  const startMs = performance.now();
  let step = stepPx;
  return new Promise((resolve) => {
    const frame = (atMs) => {
      stamps.push(atMs);
      if (performance.now() - startMs >= durationMs) return resolve(stamps);
      if (stepPx > 0 && table !== null) {
        const before = table.scrollTop;
        table.scrollTop += step;
        if (table.scrollTop === before) step = -step;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}`;

/** Frames of a page while its table is scrolled by `stepPx` each frame; 0 leaves it alone. */
export async function countFrames(page: Page, seconds: number, stepPx: number): Promise<Frames> {
  const stamps = z.array(z.number()).parse(await page.evaluate(`(${COUNT})([${seconds * 1000}, ${stepPx}])`));
  const gapsMs = stamps.slice(1).map((atMs, index) => atMs - (stamps[index] ?? atMs));
  const lastMs = (stamps.at(-1) ?? 0) - (stamps[0] ?? 0);
  return {
    perSecond: (gapsMs.length / lastMs) * 1000,
    p95Ms: percentile(gapsMs, 95),
    slowestMs: Math.max(...gapsMs),
  };
}

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { z } from "zod";
import { connectPublisher } from "../../../simulators/connect-publisher.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "../benchmark.ts";
import type { Child } from "../harness/child.ts";
import { startMosquitto } from "../harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "../harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "../harness/start-serve.ts";
import { createWorkLoad } from "../harness/work-load.ts";
import { inTurns, seriesOf } from "../series.ts";
import { median, rounded } from "../statistics.ts";
import { countFrames, type Frames } from "./count-frames.ts";
import { type FirstLoad, measureFirstLoad } from "./first-load.ts";
import { openChromium } from "./open-chromium.ts";
import { createStockChanges } from "./stock-changes.ts";

const QUESTION =
  "How many frames a second does the stock table of 100,000 rows have while it is scrolled and 1,000 rows change a second, beside an empty page?";
const STOCK = { locations: 20, products: 5_000, unitsPerProduct: 5, isUntagged: true };
const ROWS = STOCK.locations * STOCK.products;
const CHANGES_PER_SECOND = 1_000;
/** 44 px is a row: at 60 frames a second 3,300 rows a second fly by. */
const SCROLL_PX = 2_400;
/** As when its scrollbar is dragged: each frame shows other rows. */
const DRAG_PX = 40_000;
const SECONDS = 8;
const AIM_RATIO = 0.95;
const MEMORY_MINUTES = process.env["ONHAND_LONG"] === "1" ? 60 : 1;

export const dashboard: Benchmark = { name: "dashboard", question: QUESTION, run: measureDashboard };

type Sides = { scroll: Frames; drag: Frames; changes: Frames; both: Frames };

async function measureDashboard(context: BenchContext): Promise<BenchmarkResult> {
  const browser = await openChromium();
  const mosquitto = await startMosquitto(context.folder);
  const children: Child[] = [];
  try {
    const dataDirectory = join(context.folder, "data");
    let key = "";
    context.log(`storing ${ROWS} rows`);
    await prepareDataDirectory(dataDirectory, createWorkLoad(STOCK.locations, STOCK.products), async (db) => {
      await insertStock(db, STOCK);
      key = await createStorefrontKey(db, "merchandiser");
    });
    const staticDirectory = fileURLToPath(new URL("../../../dashboard", import.meta.url));
    const server = await startServe(dataDirectory, mosquitto.url, { staticDirectory });
    children.push(server.child);
    const url = `http://127.0.0.1:${server.port}`;
    const publisher = await connectPublisher({ url: mosquitto.url });
    const changes = createStockChanges({ publisher, ...STOCK, perSecond: CHANGES_PER_SECOND });

    const loads: FirstLoad[] = [];
    for (let turn = 0; turn < context.repetitions; turn += 1) {
      context.log(`first load ${turn + 1} of ${context.repetitions}`);
      loads.push(await measureFirstLoad(browser, url, key));
    }
    const page = await openStock(browser, url, key);
    const empty = await (await browser.newContext()).newPage();
    const inFront = async <T>(which: Page, measure: () => Promise<T>): Promise<T> => {
      await which.bringToFront();
      await sleep(500);
      return measure();
    };
    const runs = await inTurns<Frames, Sides>(context, {
      reference: () => inFront(empty, () => countFrames(empty, SECONDS, 0)),
      subject: () =>
        inFront(page, async () => {
          const scroll = await countFrames(page, SECONDS, SCROLL_PX);
          const drag = await countFrames(page, SECONDS, DRAG_PX);
          changes.start();
          await sleep(1000);
          const still = await countFrames(page, SECONDS, 0);
          const both = await countFrames(page, SECONDS, SCROLL_PX);
          changes.stop();
          return { scroll, drag, changes: still, both };
        }),
    });
    context.log(`${MEMORY_MINUTES} min of live changes`);
    changes.start();
    const heapMiB = await followHeap(page, MEMORY_MINUTES);
    changes.stop();
    await publisher.close();
    return describe(context, { ...runs, loads, heapMiB });
  } finally {
    await browser.close();
    for (const child of children) await child.stop();
    await mosquitto.stop();
  }
}

/** The stock page with all rows there. */
async function openStock(browser: Browser, url: string, key: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${url}/v1/session`, { data: { key } });
  const page = await context.newPage();
  await page.goto(`${url}/stock`);
  await page.locator(`[role="grid"][aria-rowcount="${ROWS + 1}"]`).waitFor({ timeout: 120_000 });
  await page.getByText("Live", { exact: true }).first().waitFor({ timeout: 60_000 });
  return page;
}

/** The page's heap after a collection, in MiB, at the beginning and after each sixth of the time. */
async function followHeap(page: Page, minutes: number): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send("HeapProfiler.collectGarbage");
    const usage = z.object({ usedSize: z.number() }).parse(await devtools.send("Runtime.getHeapUsage"));
    return rounded(usage.usedSize / 2 ** 20);
  };
  // Until each row has changed once or the time is a sixth over, rows become objects of their own.
  const sizes = [await heap()];
  for (let part = 0; part < 6; part += 1) {
    await sleep((minutes * 60_000) / 6);
    sizes.push(await heap());
  }
  return sizes;
}

type Measured = { reference: Frames[]; subject: Sides[]; loads: readonly FirstLoad[]; heapMiB: number[] };

function describe(context: BenchContext, measured: Measured): BenchmarkResult {
  const { subject, reference, loads, heapMiB } = measured;
  const of = (side: keyof Sides, value: keyof Frames) =>
    rounded(median(subject.map((run) => run[side][value])));
  const speed = seriesOf(
    "frames/s",
    subject.map((run) => run.both.perSecond),
  );
  const bare = seriesOf(
    "frames/s",
    reference.map((run) => run.perSecond),
  );
  const ratio = rounded(speed.median / bare.median);
  const load = (value: keyof FirstLoad) => rounded(median(loads.map((one) => one[value])));
  return {
    name: "dashboard",
    question: QUESTION,
    subject: speed,
    reference: bare,
    ratio,
    aim: `ratio ≥ ${AIM_RATIO}; scriptBytes ≤ 200,000; largestPaintMs < 2,000; layoutShift 0`,
    isAimMet:
      ratio >= AIM_RATIO &&
      load("scriptBytes") <= 200_000 &&
      load("largestPaintMs") < 2_000 &&
      load("shift") < 0.001,
    n: {
      rows: ROWS,
      changesPerSecond: CHANGES_PER_SECOND,
      scrollPxPerFrame: SCROLL_PX,
      dragPxPerFrame: DRAG_PX,
      secondsEach: SECONDS,
    },
    warmUp: "all rows loaded",
    repetitions: context.repetitions,
    details: {
      scrollFramesPerSecond: of("scroll", "perSecond"),
      scrollP95Ms: of("scroll", "p95Ms"),
      dragFramesPerSecond: of("drag", "perSecond"),
      dragP95Ms: of("drag", "p95Ms"),
      changesFramesPerSecond: of("changes", "perSecond"),
      changesP95Ms: of("changes", "p95Ms"),
      bothP95Ms: of("both", "p95Ms"),
      bothSlowestMs: of("both", "slowestMs"),
      emptyP95Ms: rounded(median(reference.map((run) => run.p95Ms))),
      scriptBytes: load("scriptBytes"),
      allBytes: load("allBytes"),
      largestPaintMs: load("largestPaintMs"),
      layoutShift: load("shift"),
      heapMiB,
      heapMinutes: MEMORY_MINUTES,
    },
  };
}

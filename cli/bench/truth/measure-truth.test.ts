import { beforeAll, describe, expect, test } from "vitest";
import type { TruthScenario } from "../../../simulators/scenarios/truth/truth-scenarios.ts";
import { TRUTH_SCENARIOS } from "../../../simulators/scenarios/truth/truth-scenarios.ts";
import { measureTruth, type TruthRun } from "./measure-truth.ts";
import { summarize } from "./summarize.ts";
import { truthTable } from "./truth-table.ts";

const MINUTE_MS = 60_000;
const SEED = 1;

/** A shorter theft day in one small store: what the benchmark does, in seconds. */
function smallTheft(): TruthScenario {
  const theft = TRUTH_SCENARIOS.find(({ scenario }) => scenario.name === "theft");
  if (theft === undefined) throw new Error("there is a scenario of theft");
  const size = { stores: 1, products: 50, unitsPerStore: 150, unitsInWarehouse: 100, warehouseAntennas: 2 };
  const often = { shoppersPerStoreHour: 60, deliverEveryMs: 20 * MINUTE_MS, unitsPerDelivery: 15 };
  return {
    scenario: { ...theft.scenario, ...size, ...often },
    lastsMs: 45 * MINUTE_MS,
    sampleFromMs: 15 * MINUTE_MS,
    sampleEveryMs: 5 * MINUTE_MS,
  };
}

describe.each([0.65, 0.95])("the ledger of a small store with thieves, at a read rate of %d", (readRate) => {
  let run: TruthRun;
  beforeAll(async () => {
    run = await measureTruth(smallTheft(), SEED, readRate);
    console.log(truthTable([summarize([run])]));
  });

  test("stays above the floor of what it reached before, and above a ledger without RFID", () => {
    const figures = summarize([run]);
    expect(run.ledger.refusals).toEqual({});
    expect(figures.exactlyRight).toBeGreaterThan(0.95);
    expect(figures.unitAccuracy).toBeGreaterThan(0.98);
    expect(figures.exactlyRight).toBeGreaterThan(figures.withoutRfid.exactlyRight);
    expect(figures.noticedSecondsP50).toBeLessThan(120);
  });

  test("lists every SKU-location that it has wrong, with a reason", () => {
    const wrong = run.ledger.samples.reduce((sum, sample) => sum + sample.wrong, 0);
    expect(run.ledger.misses).toHaveLength(wrong);
    for (const miss of run.ledger.misses) {
      expect(miss.believed).not.toBe(miss.expected);
      expect(miss.why).not.toBe("");
    }
  });
});

test("a run is the same every time", async () => {
  const short = { ...smallTheft(), lastsMs: 8 * MINUTE_MS, sampleFromMs: 5 * MINUTE_MS };
  const [first, second] = [await measureTruth(short, 2, 0.65), await measureTruth(short, 2, 0.65)];
  expect(second).toEqual(first);
});

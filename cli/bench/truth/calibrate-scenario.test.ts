import { describe, expect, test } from "vitest";
import { TRUTH_SCENARIOS } from "../../../simulators/scenarios/truth/truth-scenarios.ts";
import { calibrateScenario } from "./calibrate-scenario.ts";

describe("a walk test in a store whose walls let reads through", () => {
  test.each([0.65, 0.95])("teaches portals near from stray, at a read rate of %d", (readRate) => {
    const open = TRUTH_SCENARIOS.find(({ scenario }) => scenario.name === "cross-read-walls")?.scenario;
    if (open?.radio == null) throw new Error("the scenario has readers");
    const points = calibrateScenario({ ...open, radio: { ...open.radio, readRate } }, 1);
    const portals = points.filter(({ readerId }) => !/^(floor|backroom|racks)/.test(readerId));
    expect(portals.length).toBeGreaterThan(10);
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const before = mean(portals.map(({ result }) => result.before.f1));
    const after = mean(portals.map(({ result }) => result.after.f1));
    console.log(
      `read rate ${readRate}: mean F1 of portals ${before.toFixed(3)} before, ${after.toFixed(3)} after`,
    );
    expect(before).toBeLessThan(0.7);
    expect(after).toBeGreaterThan(0.85);
    for (const { result } of points) expect(result.after.f1).toBeGreaterThanOrEqual(result.before.f1 - 0.011);
  });
});

import { createWriteStream, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../simulators/formats/encode-message.ts";
import { TRUTH_SCENARIOS } from "../../simulators/scenarios/truth/truth-scenarios.ts";
import { simulatedTimeline } from "../../simulators/timeline.ts";
import { createWalkTest } from "../../simulators/walk-test.ts";
import { runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const directory = temporaryDirectory("calibrate");
const readsFile = join(directory, "reads.ndjson");
const nearFile = join(directory, "near.csv");

type Learnt = {
  readPoints: { readerId: string; antenna: number; minReads: number; before: Score; after: Score }[];
};
type Score = { precision: number; recall: number; f1: number };

/** A walk through a store with open walls, as its readers sent it and as the person wrote it down. */
beforeAll(async () => {
  const open = TRUTH_SCENARIOS.find(({ scenario }) => scenario.name === "cross-read-walls")!.scenario;
  const { simulation, near } = createWalkTest({ ...open, stores: 1, unitsPerStore: 150 }, 3);
  const timeline = simulatedTimeline(open.startsAt);
  const file = createWriteStream(readsFile);
  for (const step of simulation.steps()) {
    if (step.kind === "truth" || step.body.kind !== "reads" || !step.locationId.startsWith("store")) continue;
    const payload: unknown = JSON.parse(encodeMessage(step.body, timeline, step.locationId));
    file.write(`${JSON.stringify({ topic: `onhand/${step.topic}`, payload })}\n`);
  }
  file.end();
  await once(file, "finish");
  const at = (ms: number): string => (ms === Infinity ? "" : new Date(timeline.toUnixMs(ms)).toISOString());
  const rows = near.flatMap(({ epcHex, locationId, zoneId, fromMs, toMs }) =>
    simulation.readers
      .filter((reader) => reader.locationId === locationId)
      .flatMap(({ readerId, antennas }) =>
        Object.entries(antennas)
          .filter(([, zone]) => zone === zoneId)
          .map(([antenna]) => `${epcHex},${readerId},${antenna},${at(fromMs)},${at(toMs)}`),
      ),
  );
  writeFileSync(nearFile, `epc,readerId,antenna,from,to\n${rows.join("\n")}\n`);
});

describe("onhand calibrate", () => {
  it("learns from the messages of a walk and the list of its tags how portals tell near from stray", async () => {
    const files = ["--near", nearFile, "--reads", readsFile];
    const { code, stdout, stderr } = await runCommand([
      "calibrate",
      ...files,
      "--windows",
      "5s,10s",
      "--json",
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { readPoints } = JSON.parse(stdout) as Learnt;
    const portals = readPoints.filter(({ readerId }) => /^(dock|front|exit)/.test(readerId));
    expect(portals).toHaveLength(8);
    const mean = (of: "before" | "after"): number =>
      portals.reduce((sum, point) => sum + point[of].f1, 0) / portals.length;
    expect(mean("after")).toBeGreaterThan(mean("before") + 0.1);
    expect(portals.some(({ minReads }) => minReads > 1)).toBe(true);
  });

  it("prints a table for people", async () => {
    const { code, stdout } = await runCommand(["calibrate", "--near", nearFile, "--reads", readsFile]);
    expect(code).toBe(0);
    expect(stdout).toContain("READ POINT");
    expect(stdout).toMatch(/store-\w+\/exit-1\/1 +\d+ +\d+ s/);
  });

  it("says what is missing, and which line of the list cannot be read", async () => {
    const without = await runCommand(["calibrate", "--reads", readsFile]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain("--near");
    const bad = join(directory, "bad.csv");
    writeFileSync(bad, "epc\nnonsense\n");
    const refused = await runCommand(["calibrate", "--near", bad, "--reads", readsFile]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Line 2 of the list of tags");
  });
});

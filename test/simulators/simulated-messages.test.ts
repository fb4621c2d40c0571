import { describe, expect, test } from "vitest";
import { parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";
import { dryRun } from "../../simulators/dry-run.ts";
import { small } from "../../simulators/scenarios/small.ts";
import { createSimulation } from "../../simulators/simulation.ts";

const HOUR_MS = 3_600_000;

describe("what the simulated chain publishes", () => {
  test("is understood whole by the adapters: every message, every read, with its tag, time and antenna", () => {
    const kinds = new Map<string, number>();
    const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const simulation = createSimulation({ scenario: small, seed: 9, durationMs: HOUR_MS });
    const epcs = new Set<string>();
    const unclear: unknown[] = [];
    for (const line of dryRun(simulation, "onhand")) {
      if (line.kind === "truth") continue;
      const topic = parseTopic("onhand", line.topic);
      if (topic === null) throw new Error(`not an in-topic: ${line.topic}`);
      const understood = understandMessage(topic, Buffer.from(line.payload), line.atUnixMs);
      if (understood.kind === "reads") {
        const { refused, signs, reads } = understood;
        for (const read of reads) epcs.add(read.epcHex);
        // A reader may have been cut off for a minute and its clock may be off by seconds.
        const isWhole = reads.every(
          ({ antenna, rssiDbm, observedAtMs }) =>
            antenna > 0 && rssiDbm < -20 && Math.abs(observedAtMs - line.atUnixMs) < 70_000,
        );
        if (!isWhole || reads.length === 0 || refused.length + signs.length > 0) unclear.push(line);
        count(understood.format);
      } else if (understood.kind === "till" || understood.kind === "stock") {
        if (understood.event.locationId !== topic.locationId) unclear.push(line);
        count(understood.event.type);
      } else {
        unclear.push({ line, understood });
      }
    }
    expect(unclear).toEqual([]);
    for (const kind of ["impinj", "zebra", "sale", "return", "void", "receipt"]) {
      expect([kind, (kinds.get(kind) ?? 0) > 0]).toEqual([kind, true]);
    }
    const known = new Set(simulation.units().map((unit) => unit.epcHex));
    expect([...epcs].filter((epc) => !known.has(epc))).toEqual([]);
  });
});

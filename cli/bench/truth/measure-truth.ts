import { identityOfEpc } from "../../../domain/epc/identity.ts";
import type { LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import { encodeMessage } from "../../../simulators/formats/encode-message.ts";
import type { MessageBody } from "../../../simulators/message.ts";
import type { TruthScenario } from "../../../simulators/scenarios/truth/truth-scenarios.ts";
import { type Simulation, createSimulation } from "../../../simulators/simulation.ts";
import { simulatedTimeline } from "../../../simulators/timeline.ts";
import { calibrateScenario } from "./calibrate-scenario.ts";
import { createBelievedStock } from "./believed-stock.ts";
import { type FalseChange, falseChangesOf } from "./false-changes.ts";
import { type Miss, type Sample, takeSample } from "./find-misses.ts";
import { createIngestInMemory } from "./in-memory-ingest.ts";
import { createNoticedMoves, type Delays } from "./noticed-moves.ts";
import { createTrueHistory } from "./true-history.ts";

export type LedgerMeasure = { samples: Sample[]; misses: Miss[]; refusals: Record<string, number> };

/** What one run of a scenario came to: the ledger, and one that was told the same events but no reads. */
export type TruthRun = {
  scenario: string;
  seed: number;
  readRate: number;
  reads: number;
  /** Mean number of items on hand at the samples. */
  items: number;
  ledger: LedgerMeasure;
  withoutRfid: LedgerMeasure;
  falseChanges: FalseChange[];
  delays: Delays;
};

/** Runs a scenario through ingest in memory at full speed and compares what is believed with what is. */
export async function measureTruth(
  truthScenario: TruthScenario,
  seed: number,
  readRate: number,
  /** Whether read points know near from stray by a walk test before the opening. */
  isCalibrated = true,
): Promise<TruthRun> {
  const { lastsMs, sampleFromMs, sampleEveryMs } = truthScenario;
  const { radio } = truthScenario.scenario;
  if (radio === null) throw new Error("a scenario without a read rate has no place in this benchmark");
  const scenario = { ...truthScenario.scenario, radio: { ...radio, readRate } };
  const timeline = simulatedTimeline(scenario.startsAt);
  const startMs = timeline.toUnixMs(0);
  const believed = createBelievedStock();
  const reference = createBelievedStock();
  const falseChanges: FalseChange[] = [];
  let simulation: Simulation | null = null;
  const history = createTrueHistory(() => {
    if (simulation === null) throw new Error("no unit is before its simulation");
    return simulation;
  });
  const moves = createNoticedMoves(history);
  const opening: [Parameters<typeof history.note>[0], number][] = [];
  const running = createSimulation({
    scenario,
    seed,
    durationMs: lastsMs,
    onUnitChanged(unit, nowMs) {
      if (simulation === null) {
        opening.push([unit, nowMs]);
        return;
      }
      const stay = history.note(unit, nowMs);
      if (stay === null || unit.epcHex === "") return;
      const identity = identityOfEpc(unit.epcHex);
      moves.moved(identity, stay, unit.status === "stolen", nowMs, believed.items.get(identity));
    },
  });
  simulation = running;
  for (const [unit, atMs] of opening) history.note(unit, atMs);

  const { locations, products, readers } = running;
  const readPoints = isCalibrated ? calibrateScenario(scenario, seed) : [];
  const masterData = { locations, products, readers, readPoints };
  const ingest = createIngestInMemory({
    ...masterData,
    onEvent(event: LedgerEvent, atUnixMs) {
      const nowMs = atUnixMs - startMs;
      believed.apply(event);
      moves.told(event, nowMs);
      // The opening book and its first sightings are no arrivals.
      const occurredMs = event.occurredAtMs - startMs;
      falseChanges.push(...falseChangesOf(event, history, nowMs, occurredMs));
    },
  });
  const withoutRfid = createIngestInMemory({ ...masterData, onEvent: (event) => reference.apply(event) });

  const ledger: LedgerMeasure = { samples: [], misses: [], refusals: {} };
  const other: LedgerMeasure = { samples: [], misses: [], refusals: {} };
  let nextSampleMs = sampleFromMs;
  let reads = 0;
  const sampleUpTo = (dueMs: number): void => {
    for (; nextSampleMs <= dueMs; nextSampleMs += sampleEveryMs) {
      for (const [measure, stock] of [
        [ledger, believed],
        [other, reference],
      ] as const) {
        const { sample, misses } = takeSample(running, stock, history, nextSampleMs);
        measure.samples.push(sample);
        measure.misses.push(...misses);
      }
    }
  };
  for (const step of running.steps()) {
    if (step.kind === "truth") continue;
    sampleUpTo(step.dueMs - 1);
    const payload = encodeMessage(step.body, timeline, step.locationId);
    const atUnixMs = timeline.toUnixMs(step.dueMs);
    if (step.body.kind === "reads") reads += step.body.reads.length;
    await ingest.take(`onhand/${step.topic}`, payload, atUnixMs);
    if (isKnownWithoutRfid(step.body)) await withoutRfid.take(`onhand/${step.topic}`, payload, atUnixMs);
  }
  sampleUpTo(lastsMs);
  ledger.refusals = Object.fromEntries(ingest.refusals());
  other.refusals = Object.fromEntries(withoutRfid.refusals());
  const items = ledger.samples.reduce((sum, { units }) => sum + units, 0) / ledger.samples.length;
  return {
    scenario: scenario.name,
    seed,
    readRate,
    reads,
    items,
    ledger,
    withoutRfid: other,
    falseChanges,
    delays: moves.end(lastsMs),
  };
}

/** What a shop without readers and hand-helds would tell its ledger too. */
function isKnownWithoutRfid(body: MessageBody): boolean {
  return body.kind !== "reads" && !body.kind.startsWith("count_");
}

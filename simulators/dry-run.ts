import { encodeMessage } from "./formats/encode-message.ts";
import type { Simulation } from "./simulation.ts";
import { simulatedTimeline } from "./timeline.ts";
import type { TruthRow } from "./world/world.ts";

export type DryRunLine =
  | { kind: "message"; atUnixMs: number; topic: string; payload: string }
  | { kind: "truth"; atUnixMs: number; rows: readonly TruthRow[] };

/** The whole simulation in its own time, at once: what would be published when, and what was really there. */
export function* dryRun(simulation: Simulation, root: string): Generator<DryRunLine, void, void> {
  const timeline = simulatedTimeline(simulation.scenario.startsAt);
  for (const step of simulation.steps()) {
    const atUnixMs = timeline.toUnixMs(step.dueMs);
    if (step.kind === "truth") yield { kind: "truth", atUnixMs, rows: step.rows };
    else {
      const payload = encodeMessage(step.body, timeline, step.locationId);
      yield { kind: "message", atUnixMs, topic: `${root}/${step.topic}`, payload };
    }
  }
}

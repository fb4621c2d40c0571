import type { LedgerMeasure, TruthRun } from "./measure-truth.ts";

/** The figures of one scenario at one read rate, over one seed or several. Shares are 0 to 1, times in seconds. */
export type TruthFigures = {
  scenario: string;
  readRate: number;
  seeds: number[];
  samples: number;
  positions: number;
  exactlyRight: number;
  unitAccuracy: number;
  falseArrivalsPer1000: number;
  falseDeparturesPer1000: number;
  /** Moves to another zone or location; null where it is not noticed at all. */
  moves: number;
  noticedSecondsP50: number | null;
  noticedSecondsP95: number | null;
  /** Stolen units out of stock, in the same way. */
  losses: number;
  lossSecondsP50: number | null;
  lossSecondsP95: number | null;
  withoutRfid: { exactlyRight: number; unitAccuracy: number };
};

/** Adds runs up: every SKU-location at every sample counts once, and so does every unit. */
export function summarize(runs: readonly TruthRun[]): TruthFigures {
  const [first] = runs;
  if (first === undefined) throw new Error("no run, no figures");
  const items = runs.reduce((sum, run) => sum + run.items, 0);
  const changes = (kind: "arrival" | "departure"): number =>
    (1000 * runs.reduce((sum, run) => sum + run.falseChanges.filter((one) => one.kind === kind).length, 0)) /
    items;
  const moves = runs.flatMap(({ delays }) => delays.moves);
  const losses = runs.flatMap(({ delays }) => delays.losses);
  const own = accuracyOf(runs.map(({ ledger }) => ledger));
  const { exactlyRight, unitAccuracy } = accuracyOf(runs.map(({ withoutRfid }) => withoutRfid));
  return {
    scenario: first.scenario,
    readRate: first.readRate,
    seeds: runs.map(({ seed }) => seed),
    samples: runs.reduce((sum, { ledger }) => sum + ledger.samples.length, 0),
    ...own,
    falseArrivalsPer1000: changes("arrival"),
    falseDeparturesPer1000: changes("departure"),
    moves: moves.length,
    noticedSecondsP50: secondsAt(moves, 0.5),
    noticedSecondsP95: secondsAt(moves, 0.95),
    losses: losses.length,
    lossSecondsP50: secondsAt(losses, 0.5),
    lossSecondsP95: secondsAt(losses, 0.95),
    withoutRfid: { exactlyRight, unitAccuracy },
  };
}

function accuracyOf(measures: readonly LedgerMeasure[]) {
  const sum = { positions: 0, wrong: 0, units: 0, unitErrors: 0 };
  for (const { samples } of measures) {
    for (const { positions, wrong, units, unitErrors } of samples) {
      sum.positions += positions;
      sum.wrong += wrong;
      sum.units += units;
      sum.unitErrors += unitErrors;
    }
  }
  return {
    positions: sum.positions,
    exactlyRight: 1 - sum.wrong / sum.positions,
    unitAccuracy: 1 - sum.unitErrors / sum.units,
  };
}

/** The smallest delay that the share of all delays does not exceed; what is never noticed takes for ever. */
function secondsAt(delaysMs: readonly number[], share: number): number | null {
  const sorted = [...delaysMs].sort((a, b) => a - b);
  const delayMs = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return delayMs === undefined || delayMs === Infinity ? null : delayMs / 1000;
}

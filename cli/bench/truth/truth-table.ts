import type { TruthFigures } from "./summarize.ts";

const HEADS = [
  "scenario",
  "read rate",
  "exactly right",
  "unit accuracy",
  "false arrivals / 1,000",
  "false departures / 1,000",
  "move noticed p50",
  "p95",
  "loss noticed p50",
  "p95",
  "without RFID: exactly right",
  "unit accuracy",
];

/** A Markdown table, a line for each scenario and read rate. */
export function truthTable(figures: readonly TruthFigures[]): string {
  const rows = figures.map((one) => [
    one.scenario,
    percent(one.readRate, 0),
    percent(one.exactlyRight),
    percent(one.unitAccuracy),
    one.falseArrivalsPer1000.toFixed(2),
    one.falseDeparturesPer1000.toFixed(2),
    seconds(one.noticedSecondsP50, one.moves),
    seconds(one.noticedSecondsP95, one.moves),
    seconds(one.lossSecondsP50, one.losses),
    seconds(one.lossSecondsP95, one.losses),
    percent(one.withoutRfid.exactlyRight),
    percent(one.withoutRfid.unitAccuracy),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(HEADS) + line(HEADS.map(() => "---")) + rows.map(line).join("");
}

function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function seconds(value: number | null, of: number): string {
  if (of === 0) return "none";
  return value === null ? "not" : `${Math.round(value)} s`;
}

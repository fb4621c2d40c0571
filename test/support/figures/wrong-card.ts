import { formatFigure, numberOf } from "../../../dashboard/src/format/figure.ts";
import { type CellPick, cellOf, columnOf } from "../../../dashboard/src/reports/cell-of.ts";
import type { ReportAnswer } from "../../../domain/reports/report.ts";
import type { Shown } from "./read-shown.ts";

type Cells = { value: CellPick; previous?: CellPick; n?: CellPick; interval?: [CellPick, CellPick] };

const number = (value: number, options: Intl.NumberFormatOptions = {}) =>
  new Intl.NumberFormat(undefined, options).format(value);

/**
 * What a card shows other than the cells that it says it shows: its figure, what it is compared with and by how much it differs,
 * its interval and its n. A figure is written by its column's unit or as a plain number; a ratio also as a share.
 */
export function wrongCard(card: NonNullable<Shown["card"]>, answer: ReportAnswer): string[] {
  const { value, previous, n, interval } = JSON.parse(card.cells) as Cells;
  const { report, rows, currency, comparison } = answer;
  const unit = report.columns.find(({ name }) => name === columnOf(value))?.unit;
  if (unit === undefined) return [`${columnOf(value)}, which is no column,`];
  const now = cellOf(value)(rows);
  const write = [unit, "count" as const, ...(unit === "ratio" ? ["share" as const] : [])]
    .map((each) => (figure: number) => formatFigure(figure, each, currency))
    .find((each) => (now === null ? card.value === "–" : each(now) === card.value));
  if (write === undefined) return [card.value];

  const before =
    previous === undefined
      ? comparison === null
        ? undefined
        : cellOf(value)(comparison.rows)
      : cellOf(previous)(rows);
  const [low, high] = (interval ?? []).map((pick) => cellOf(pick)(rows));
  const size = n === undefined ? null : cellOf(n)(rows);
  const isShare = card.value.endsWith("%");
  const expected = {
    change: now !== null && typeof before === "number" ? changeText(now, before, isShare, write) : "",
    interval:
      numberOf(low) === null || numberOf(high) === null
        ? ""
        : `${write(Number(low))} to ${write(Number(high))}`,
    n: size === null ? "" : `n = ${number(size)}`,
  };
  return (["change", "interval", "n"] as const)
    .filter((part) => plain(card[part]) !== plain(expected[part]))
    .map((part) => `${part} "${card[part]}" instead of "${expected[part]}"`);
}

function changeText(
  now: number,
  before: number,
  isShare: boolean,
  write: (figure: number) => string,
): string {
  const signed = { signDisplay: "exceptZero", maximumFractionDigits: 1 } as const;
  const change = isShare
    ? `${number((now - before) * 100, signed)} pp `
    : before === 0
      ? ""
      : now / before >= 10
        ? `× ${number(now / before, { maximumFractionDigits: 0 })} `
        : `${number((now - before) / Math.abs(before), { ...signed, style: "percent" })} `;
  return `${now === before ? "= " : ""}${change}before: ${write(before)}`;
}

const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();

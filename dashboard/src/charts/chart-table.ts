import type { ReportColumn, ReportUnit } from "../../../domain/reports/report.ts";
import type { Cell } from "../format/figure.ts";

/** What a chart shows, as a table: names, what they are, and rows of cells. */
export type ChartTable = {
  columns: readonly { name: string; label: string; unit: ReportUnit }[];
  rows: readonly Readonly<Record<string, Cell>>[];
  currency: string | null;
};

/** A report's columns, by `names` or all of them, under the names that the report gives. */
export function tableColumns(
  columns: readonly ReportColumn[],
  names: readonly string[] | undefined,
): ChartTable["columns"] {
  const chosen =
    names === undefined
      ? columns
      : names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return chosen.map(({ name, unit }) => ({ name, label: words(name), unit }));
}

/** `net_sales` is read as `net sales`. */
function words(name: string): string {
  return name.replaceAll("_", " ");
}

/**
 * CSV by RFC 4180, with the columns' names as the report has them and values as they were answered: not rounded, not grouped. A
 * text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function toCsv({ columns, rows }: ChartTable): string {
  const lines = [
    columns.map(({ name }) => quote(name)),
    ...rows.map((row) => columns.map(({ name, unit }) => writeCell(row[name], unit))),
  ];
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function writeCell(cell: Cell | undefined, unit: ReportUnit): string {
  if (cell === null || cell === undefined) return "";
  const text = String(cell);
  return quote(unit === "text" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One answer to one input. `ok` false is a refusal, with `code` and `detail`. */
export type AnswerRow = { input: string; ok: boolean } & Record<string, unknown>;

/**
 * Prints answers on standard output: with `json` one object a line as they come, else a table at the end. Sets exit
 * code 1 when one of them was refused.
 */
export async function printRows(
  rows: AsyncIterable<AnswerRow>,
  options: { json: boolean; headings: readonly string[]; cells: (row: AnswerRow) => string[] },
): Promise<void> {
  const table: string[][] = [];
  for await (const row of rows) {
    if (!row.ok) process.exitCode = 1;
    if (options.json) process.stdout.write(`${JSON.stringify(row)}\n`);
    else table.push(options.cells(row));
  }
  if (!options.json && table.length > 0) process.stdout.write(formatTable(options.headings, table));
}

/** Columns as wide as their widest cell; the last one is left open. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    rows.reduce((width, row) => Math.max(width, (row[column] ?? "").length), heading.length),
  );
  const lines = [headings, ...rows].map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  "),
  );
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** A value in a table's cell; a dash where there is none. */
export function cell(value: unknown): string {
  if (value === null || value === undefined || value === "") return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}

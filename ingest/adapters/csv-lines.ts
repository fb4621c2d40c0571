/** A header has at least two columns; what divides them is the first of these that stands in it outside of quotes. */
const DELIMITERS = [",", ";", "\t", "|"];
const MAX_COLUMNS = 200;

/** The rows of a CSV text with a header: an object a row, by column name as written; null for a row of another length. */
export type CsvRows = { columns: string[]; rows: { line: number; values: Record<string, string> | null }[] };

/** Null where the first line is no header: fewer than two columns, a column without name, or JSON. */
export function readCsvHeader(text: string): { columns: string[]; delimiter: string } | null {
  const end = text.indexOf("\n");
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  if (line === "" || line.length > 4_000 || line.startsWith("{") || line.startsWith("[")) return null;
  const delimiter = DELIMITERS.find((each) => splitCsvLine(line, each).length > 1);
  if (delimiter === undefined) return null;
  const columns = splitCsvLine(line, delimiter).map((column) => column.trim());
  const isHeader =
    columns.length <= MAX_COLUMNS &&
    columns.every((column) => /^[\p{L}_][\p{L}\p{N}_ ./()-]*$/u.test(column));
  return isHeader ? { columns, delimiter } : null;
}

/** All rows below the header. Values in quotes may hold delimiters and doubled quotes, no line breaks. */
export function readCsvRows(text: string, header: { columns: string[]; delimiter: string }): CsvRows {
  const { columns, delimiter } = header;
  const rows: CsvRows["rows"] = [];
  for (const [line, row] of text.split("\n").entries()) {
    if (line === 0 || row.trim() === "") continue;
    const cells = splitCsvLine(row.endsWith("\r") ? row.slice(0, -1) : row, delimiter);
    if (cells.length !== columns.length) {
      rows.push({ line, values: null });
      continue;
    }
    const values: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [index, column] of columns.entries()) values[column] = (cells[index] ?? "").trim();
    rows.push({ line, values });
  }
  return { columns, rows };
}

function splitCsvLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? "";
    if (character === '"') {
      if (isQuoted && line[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  cells.push(cell);
  return cells;
}

/** What can be drawn of rows. `ys` are drawn over `x`; of a scatter each point is a row. */
export const CHART_KINDS = ["line", "bar", "scatter"] as const;
export type ChartKind = (typeof CHART_KINDS)[number];
export type ChartChoice = { kind: ChartKind; x: string; ys: readonly string[] };

/** A column as far as a chart asks: what its values are, and what of, where that is known. */
export type ChartColumn = { name: string; is: "number" | "time" | "text"; unit?: string };

const MOST_BARS = 60;
const MOST_LINES = 3;

/** The chart that fits rows of this shape by itself; null where none does. One row is no chart; one axis has one unit. */
export function suggestChart(columns: readonly ChartColumn[], rowCount: number): ChartChoice | null {
  const numeric = columns.filter((column) => column.is === "number");
  const numbers = numeric.map(({ name }) => name);
  const alike = numeric.filter(({ unit }) => unit === numeric[0]?.unit).map(({ name }) => name);
  const time = columns.find((column) => column.is === "time");
  const text = columns.find((column) => column.is === "text");
  if (rowCount < 2 || numbers.length === 0) return null;
  if (time !== undefined) return { kind: "line", x: time.name, ys: alike.slice(0, MOST_LINES) };
  if (text !== undefined && rowCount <= MOST_BARS)
    return { kind: "bar", x: text.name, ys: numbers.slice(0, 1) };
  const [x, y] = numbers;
  return x === undefined || y === undefined ? null : { kind: "scatter", x, ys: [y] };
}

/** The choice without columns that are not there (a link may be older than the query); null when none of it is left. */
export function validChoice(choice: ChartChoice | null, columns: readonly ChartColumn[]): ChartChoice | null {
  if (choice === null) return null;
  const isNumber = (name: string) => columns.some((column) => column.name === name && column.is === "number");
  const ys = choice.ys.filter(isNumber);
  const hasX =
    columns.some(({ name }) => name === choice.x) && (choice.kind !== "scatter" || isNumber(choice.x));
  return hasX && ys.length > 0 ? { ...choice, ys } : null;
}

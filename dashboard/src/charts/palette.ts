/** How many series have a colour of their own; a chart with more is a table. */
const COLOURS = 7;

/** The colour of the series at this place: a token, so that it follows the theme. */
export function seriesColour(place: number): string {
  return `var(--chart-${(place % COLOURS) + 1})`;
}

/** Every second series is dashed once more, so that lines differ where colours do not: in print, and to the colour blind. */
export function seriesDashes(place: number): string {
  return ["0", "6 3", "2 3", "9 3 2 3", "4 2", "12 4", "1 3"][place % COLOURS] ?? "0";
}

/** How many series have a colour of their own; a chart with more is a table. */
const COLOURS = 6;

/** The colour of the series at this place: a token, so that it follows the theme. */
export function seriesColour(place: number): string {
  return `var(--chart-${(place % COLOURS) + 1})`;
}

/** All series but the first are dashed, so that lines differ where colours do not: in print, and to the colour blind. */
export function seriesDashes(place: number): string {
  return ["0", "7 3", "2 3", "10 3 2 3", "4 2", "13 4"][place % COLOURS] ?? "0";
}

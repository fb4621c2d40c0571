/** A cell as it is read: as the server sent it, lists and maps as JSON; null is nothing. */
export function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}

/** A cell as far as a chart asks. */
export function chartCell(cell: unknown): string | number | null {
  if (typeof cell === "number") return cell;
  return cellText(cell);
}
